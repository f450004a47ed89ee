// Facebook, Messenger and Instagram: what people download of their accounts, saved pages, and what
// the company returns to courts. docs/formats/facebook.md says what is read and how it is decided.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <string>
#include <string_view>

#include "archive.hpp"
#include "capture.hpp"
#include "page.hpp"
#include "returns.hpp"

namespace facebook {
namespace {

constexpr std::size_t kProbed = std::size_t{64} << 10;

// The first bytes behind a byte order mark and white space.
std::string head_of(const fx::Host& host) {
  std::string head(kProbed, '\0');
  head.resize(host.read(0, head.data(), head.size()));
  std::size_t begin = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  begin = std::min(head.find_first_not_of(" \t\r\n", begin), head.size());
  return head.substr(begin);
}

bool is_markup(std::string_view head) {
  return head.starts_with('<');
}

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.facebook",
  "version": "1.0.0",
  "name": "Facebook, Messenger, Instagram",
  "formats": ["facebook-export-json", "facebook-export-html", "facebook-saved-page",
              "meta-return-html"],
  "kinds": ["conversation", "participant", "message", "attachment", "location", "call", "contact",
            "poll", "identity", "reading", "account", "membership", "reaction"],
  "options": [],
  "tested_with": ["exports of 2020 to 2024 and made ones"],
  "references": ["docs/formats/facebook.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) {
    const std::string head = head_of(host);
    if (!is_markup(head)) return probe_json(host, name);
    return std::max({probe_page(name, head), probe_return(head), probe_capture(head)});
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    const std::string head = head_of(host);
    if (!is_markup(head)) return parse_json(host, name);
    const int page = probe_page(name, head);
    const int returned = probe_return(head);
    const int captured = probe_capture(head);
    if (page >= std::max(returned, captured)) return parse_page(host, name, head);
    return returned >= captured ? parse_return(host) : parse_capture(host);
  }
};

}  // namespace
}  // namespace facebook

FX_PLUGIN(facebook::Plugin)
