// Telegram: what the desktop application exports, as JSON and as HTML.
// docs/formats/telegram.md says what is read and how it is decided.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <string_view>

#include "export_json.hpp"

namespace telegram {
namespace {

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.telegram",
  "version": "1.0.0",
  "name": "Telegram Desktop",
  "formats": ["telegram-json"],
  "kinds": ["conversation", "participant", "message", "attachment", "location", "call", "contact",
            "poll", "reading", "account", "membership", "reaction"],
  "options": [],
  "tested_with": ["exports of 1.3.8 to 6.1"],
  "references": ["docs/formats/telegram.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) { return probe_json(host, name); }

  static fx_status parse(fx::Host& host, std::string_view, std::string_view) {
    return parse_json(host);
  }
};

}  // namespace
}  // namespace telegram

FX_PLUGIN(telegram::Plugin)
