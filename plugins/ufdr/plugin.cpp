// The report.xml of a UFDR, as Cellebrite's Physical Analyzer writes it: chats, messages, calls,
// contacts, places. docs/formats/ufdr.md says what is read.

#include <forensics/plugin.hpp>

#include "report.hpp"

namespace ufdr {
namespace {

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.ufdr",
  "version": "1.0.0",
  "name": "UFDR report",
  "formats": ["ufdr-report-xml"],
  "kinds": ["conversation", "participant", "message", "attachment", "location", "call", "contact",
            "account", "membership"],
  "options": [],
  "tested_with": ["a chat of a report of 2024"],
  "references": ["docs/formats/ufdr.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view) { return probe_report(host); }
  static fx_status parse(fx::Host& host, std::string_view, std::string_view) {
    return read_report(host);
  }
};

}  // namespace
}  // namespace ufdr

FX_PLUGIN(ufdr::Plugin)
