#include "parts.hpp"

#include <algorithm>

#include "text/charset.hpp"
#include "text/transfer.hpp"
#include "text/utf8.hpp"

namespace mail {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;

std::string with_line_feeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out.push_back(text[i]);
  return out;
}

}  // namespace

std::string PartBytes::raw(const Range& range, std::size_t most) {
  const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(range.length(), most));
  return std::string(window_.at(range.begin, n).substr(0, n));
}

std::string PartBytes::write(const Part& part) {
  text::Base64 base64;
  const bool is_base64 = part.encoding == "base64";
  const bool quoted = part.encoding == "quoted-printable";
  std::string bytes;
  for (std::uint64_t at = part.body.begin; at < part.body.end;) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, part.body.end - at));
    std::string_view piece = window_.at(at, want).substr(0, want);
    if (piece.empty()) break;
    bytes.clear();
    if (is_base64) {
      base64.add(piece, bytes);
    } else if (quoted) {
      // Not between the letters of an escape.
      const std::size_t line = piece.rfind('\n');
      if (at + piece.size() < part.body.end && line != std::string_view::npos)
        piece = piece.substr(0, line + 1);
      bytes = text::from_quoted_printable(piece);
    } else {
      bytes = piece;
    }
    host_.write_child(bytes.data(), bytes.size());
    at += piece.size();
  }
  if (!is_base64) return {};
  bytes.clear();
  const bool sound = base64.finish(bytes);
  host_.write_child(bytes.data(), bytes.size());
  return sound ? ""
               : "the base64 of this part is damaged: letters outside of its alphabet are passed "
                 "over";
}

PartBytes::Text PartBytes::text(const Part& part, std::size_t most) {
  const std::string bytes = raw(part.body, most);
  std::string decoded;
  const char* rule = nullptr;
  if (part.encoding == "base64") {
    text::Base64 base64;
    base64.add(bytes, decoded);
    base64.finish(decoded);
    rule = "mail.base64";
  } else if (part.encoding == "quoted-printable") {
    decoded = text::from_quoted_printable(bytes);
    rule = "mail.quoted-printable";
  } else {
    decoded = bytes;
  }
  const text::Charset charset(part.charset.empty() ? "utf-8" : std::string_view(part.charset));
  if (charset && !charset.utf8()) {
    decoded = charset.to_utf8(decoded);
    rule = "mail.charset";
  } else if (!text::is_utf8(decoded)) {
    // Of a character set that is not known or not the one that is stated.
    decoded = text::repaired(decoded);
    rule = rule == nullptr ? "mail.ill-formed" : rule;
  }
  return {with_line_feeds(decoded), rule};
}

std::string child_name(const Part& part, std::size_t number) {
  std::string_view name = part.file_name;
  if (const std::size_t slash = name.find_last_of("/\\"); slash != std::string_view::npos)
    name.remove_prefix(slash + 1);
  std::string out;
  for (const char c : text::cut(name, 200))
    out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '_' : c);
  if (!out.empty() && out != "." && out != "..") return out;
  out = "part-" + std::to_string(number);
  if (part.type == "text/html") return out + ".html";
  if (part.type == "text/plain") return out + ".txt";
  if (part.type == "message/rfc822") return out + ".eml";
  if (part.type == "text/calendar") return out + ".ics";
  if (part.type == "text/vcard" || part.type == "text/x-vcard") return out + ".vcf";
  if (part.type == "image/jpeg") return out + ".jpg";
  if (part.type == "image/png") return out + ".png";
  return out + ".bin";
}

}  // namespace mail
