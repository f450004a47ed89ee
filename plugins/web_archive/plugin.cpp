// Archives of web pages: MHTML and WARC. Each page and picture becomes an artifact of its own,
// which the other plugins read; what the archive says about where and when it was taken stays with
// it. docs/formats/web-archive.md says what is read.

#include <string>

#include "formats.hpp"

namespace web_archive {

void tell_headers(const fx::Host& host, std::string_view subject, const Headers& headers,
                  const Header* address, fx_span extent) {
  constexpr const char* kRule = "web-archive.headers";
  std::vector<std::string> extras;
  extras.reserve(headers.all().size());
  for (const Header& each : headers.all()) extras.push_back(repaired(each.name + "=" + each.value));
  const std::string value =
      address == nullptr ? std::string("no address") : repaired(address->value);
  fx::Record record;
  record.start(FX_KIND_READING, 0, extent)
      .derived("subject", subject, kRule, extent)
      .derived("value", value, kRule, address == nullptr ? extent : address->where)
      .derived("verdict", "chosen", kRule, extent)
      .derived("reason", "as the headers say", kRule, extent);
  for (std::size_t i = 0; i < extras.size(); ++i)
    record.derived("extra", extras[i], kRule, headers.all()[i].where);
  host.emit(record);
}

void make_child(const fx::Host& host, fx::Window& window, std::uint64_t number,
                std::string_view address, std::string_view ending, fx_span body,
                Transfer transfer) {
  if (!host.can_make_children()) {
    host.skip(body, "not-taken-out", "a part of the archive that was not taken out in this run");
    return;
  }
  std::string digits = std::to_string(number);
  if (digits.size() < 5) digits.insert(0, 5 - digits.size(), '0');
  std::string name = digits + "-" + file_name_of(address);
  if (!ending.empty() && !name.ends_with(ending)) name += ending;
  host.begin_child(name, body, word_of(transfer));
  const Outcome outcome = write_child(host, window, body.offset, body.length, transfer);
  std::string why;
  if (outcome.odd != 0)
    why = std::to_string(outcome.odd) + " characters that the encoding does not know";
  if (outcome.cut) why += why.empty() ? "the part ends too early" : "; the part ends too early";
  host.end_child(false, why);
  host.skip(body, "taken-out", "a part of the archive that is an artifact of its own");
}

std::string repaired(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80)
      out += c;
    else
      out += "\xEF\xBF\xBD";  // headers are ASCII; the bytes stay where the span points
  }
  return out;
}

namespace {

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.web-archive",
  "version": "1.0.0",
  "name": "Archives of web pages",
  "formats": ["mhtml", "warc"],
  "kinds": ["reading"],
  "options": [],
  "tested_with": ["WARC of Webrecorder 3.7; MHTML of Chromium"],
  "references": ["docs/formats/web-archive.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view) {
    const std::string head = head_of(host);
    return std::max(probe_mhtml(head), probe_warc(head));
  }
  static fx_status parse(fx::Host& host, std::string_view, std::string_view) {
    const std::string head = head_of(host);
    return probe_warc(head) != 0 ? parse_warc(host) : parse_mhtml(host);
  }

 private:
  static std::string head_of(const fx::Host& host) {
    std::string head(std::size_t{16} << 10, '\0');
    head.resize(host.read(0, head.data(), head.size()));
    return head;
  }
};

}  // namespace
}  // namespace web_archive

FX_PLUGIN(web_archive::Plugin)
