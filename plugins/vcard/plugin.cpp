// vCard 2.1, 3.0 and 4.0: address books and contact cards. docs/formats/vcard.md says what is read.

#include <forensics/plugin.hpp>

#include "reader.hpp"

namespace vcard {
namespace {

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.vcard",
  "version": "1.0.0",
  "name": "vCard",
  "formats": ["vcard-2.1", "vcard-3.0", "vcard-4.0"],
  "kinds": ["contact"],
  "options": [],
  "tested_with": ["cards of Android, iOS and made ones"],
  "references": ["docs/formats/vcard.md", "RFC 2425", "RFC 2426", "RFC 6350"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) { return probe_cards(host, name); }
  static fx_status parse(fx::Host& host, std::string_view, std::string_view) {
    return read_cards(host);
  }
};

}  // namespace
}  // namespace vcard

FX_PLUGIN(vcard::Plugin)
