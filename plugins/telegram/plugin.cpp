// Telegram: what the desktop application exports, as JSON and as HTML, and saved pages of channels.
// docs/formats/telegram.md says what is read and how it is decided.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <string_view>

#include "channel_page.hpp"
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
  "formats": ["telegram-json", "telegram-html", "telegram-channel-page"],
  "kinds": ["conversation", "participant", "message", "attachment", "location", "call", "contact",
            "poll", "reading", "account", "membership", "reaction"],
  "options": [],
  "tested_with": ["exports of 1.3.8 to 6.1"],
  "references": ["docs/formats/telegram.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    if (!is_page(host)) return probe_json(host, name);
    return std::max(probe_page(host, name), probe_channel_page(host));
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    if (!is_page(host)) return parse_json(host);
    return probe_page(host, name) < probe_channel_page(host) ? parse_channel_page(host)
                                                             : parse_page(host, name);
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
