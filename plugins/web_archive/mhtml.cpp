// MHTML: a page and its parts as an e-mail of multipart/related (RFC 2557).
#include "formats.hpp"

namespace web_archive {
namespace {

constexpr std::uint64_t kMostParts = 100'000;

std::string_view ending_of(std::string_view type) {
  if (type.starts_with("text/html")) return ".html";
  if (type.starts_with("text/css")) return ".css";
  if (type.starts_with("image/jpeg")) return ".jpg";
  if (type.starts_with("image/png")) return ".png";
  if (type.starts_with("image/gif")) return ".gif";
  if (type.starts_with("image/webp")) return ".webp";
  if (type.starts_with("image/svg")) return ".svg";
  return {};
}

// "--boundary", or with "--" behind it the last one.
bool is_boundary(std::string_view line, std::string_view boundary, bool& last) {
  if (!line.starts_with("--") || !line.substr(2).starts_with(boundary)) return false;
  const std::string_view rest = line.substr(2 + boundary.size());
  last = rest.starts_with("--");
  return last || rest.find_first_not_of(" \t") == rest.npos;
}

}  // namespace

int probe_mhtml(std::string_view head) {
  const std::string_view start = head.substr(0, 8192);
  const auto says = [&](std::string_view words) { return start.find(words) != start.npos; };
  if (!says("multipart/related") && !says("Multipart/Related")) return 0;
  if (says("Snapshot-Content-Location:") || says("<Saved by ")) return 95;
  return says("type=\"text/html\"") && says("Content-Location:") ? 70 : 0;
}

fx_status parse_mhtml(const fx::Host& host) {
  Lines lines(host);
  fx::Window window(host);
  Headers headers;
  if (!headers.read(lines)) return FX_NOT_MINE;
  const std::string boundary = parameter(headers.value("Content-Type"), "boundary");
  if (boundary.empty()) return FX_NOT_MINE;
  const Header* address = headers.find("Snapshot-Content-Location");
  if (address == nullptr) address = headers.find("Content-Location");
  tell_headers(host, "saved-page", headers, address, fx::span(0, lines.offset()));

  std::uint64_t covered = lines.offset();
  std::uint64_t part = 0;  // where its body begins; 0: before the first
  std::uint64_t number = 0;
  bool last = false;
  Headers of_part;
  Line line;
  const auto end_part = [&](std::uint64_t end) {
    if (part == 0) return;
    // The line end in front of a boundary belongs to the boundary.
    std::uint64_t stop = end;
    for (const char c : {'\n', '\r'})
      if (stop > part && window.at(stop - 1, 1).front() == c) --stop;
    const std::string_view where = of_part.value("Content-Location");
    make_child(host, window, ++number, where.empty() ? of_part.value("Content-ID") : where,
               ending_of(of_part.value("Content-Type")), fx::span(part, stop - part),
               transfer_of(of_part.value("Content-Transfer-Encoding")));
    covered = stop;
    part = 0;
  };
  while (!last && lines.next(line)) {
    const std::uint64_t begin = line.offset;
    if (!is_boundary(line.text, boundary, last)) continue;
    end_part(begin);
    host.check_cancelled();
    if (last) break;
    if (number == kMostParts) return FX_LIMIT;
    of_part.read(lines);
    tell_headers(host, "part-of-page", of_part, of_part.find("Content-Location"),
                 fx::span(covered, lines.offset() - covered));
    covered = part = lines.offset();
  }
  end_part(host.length());
  if (covered < host.length())
    host.skip(fx::span(covered, host.length() - covered), "end-of-parts",
              "the last boundary and what stands behind it");
  return last ? FX_OK : FX_TRUNCATED;
}

}  // namespace web_archive
