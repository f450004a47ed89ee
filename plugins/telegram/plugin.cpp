// Telegram: what the desktop application exports, as JSON and as HTML.
// docs/formats/telegram.md says what is read and how it is decided.

#include <forensics/plugin.hpp>

#include <string_view>

#include "export_json.hpp"
#include "page.hpp"

namespace telegram {
namespace {

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.telegram",
  "version": "1.0.0",
  "name": "Telegram Desktop",
  "formats": ["telegram-json", "telegram-html"],
  "kinds": ["conversation", "participant", "message", "attachment", "location", "call", "contact",
            "poll", "reading", "account", "membership", "reaction"],
  "options": [],
  "tested_with": ["exports of 1.3.8 to 6.1"],
  "references": ["docs/formats/telegram.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    return is_page(host) ? probe_page(host, name) : probe_json(host, name);
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    return is_page(host) ? parse_page(host, name) : parse_json(host);
  }

 private:
  // JSON never begins with "<".
  static bool is_page(const fx::Host& host) {
    char head[64];
    const std::size_t length = host.read(0, head, sizeof head);
    for (const char c : std::string_view(head, length))
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && static_cast<unsigned char>(c) < 0x80)
        return c == '<';
    return false;
  }
};

}  // namespace
}  // namespace telegram

FX_PLUGIN(telegram::Plugin)
