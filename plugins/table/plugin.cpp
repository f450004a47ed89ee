// Tables as delimited text: CSV, TSV. docs/formats/table.md says what is read and what a mapping
// is.

#include <forensics/plugin.hpp>

#include "dialect.hpp"
#include "mapped.hpp"
#include "mapping.hpp"
#include "reader.hpp"
#include "text/utf8.hpp"

namespace table {
namespace {

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.table",
  "version": "1.1.0",
  "name": "Tables",
  "formats": ["csv", "tsv"],
  "kinds": ["conversation", "participant", "message", "call", "contact", "reading"],
  "options": [],
  "companions": [{"input": 1, "suffix": ".mapping.json"}],
  "tested_with": ["made tables"],
  "references": ["docs/formats/table.md", "RFC 4180"],
  "licence": "Apache-2.0"
})";

  // A table has no signature: the name says that it is meant as one, the rows must agree.
  static int probe(fx::Host& host, std::string_view name) {
    const bool named = text::ends_with_word(name, ".csv") || text::ends_with_word(name, ".tsv");
    if (!named) return 0;
    const Found found = find_dialect(host);
    if (found.rows == 0 || found.columns < 2 || found.agreeing * 2 < found.rows) return 0;
    return 40;
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    const Found found = find_dialect(host);
    if (host.companion(kMappingInput) != nullptr) {
      Mapping mapping;
      Misfit misfit;
      if (read_mapping(host, found, mapping, misfit)) return read_mapped(host, name, mapping);
      if (found.columns < 2) return FX_NOT_MINE;
      refuse(host, mapping, misfit);
    }
    if (found.columns < 2) return FX_NOT_MINE;
    return read_rows(host, name, found);
  }

 private:
  static void refuse(const fx::Host& host, const Mapping& mapping, const Misfit& misfit) {
    host.note(FX_WARNING, misfit.where, "mapping-not-used",
              "the mapping file beside the table does not fit, the rows stay as they stand: " +
                  misfit.why);
    host.skip(fx::span(0, mapping.length, FX_CODEC_NONE, kMappingInput), "mapping-not-used",
              "a mapping file that does not fit the table");
  }
};

}  // namespace
}  // namespace table

FX_PLUGIN(table::Plugin)
