// Places and tracks: GPX, KML (KMZ is an archive with a KML inside), GeoJSON.
// docs/formats/location.md says what is read.

#include <forensics/plugin.hpp>

#include "formats.hpp"
#include "text/utf8.hpp"
#include "xml/tokens.hpp"

namespace location {
namespace {

enum class Format { none, gpx, kml, geojson };

// The format that the root says.
Format format_of(const fx::Host& host) {
  fx::Window window(host, std::uint64_t{64} << 10);
  std::uint64_t begin = 0;
  if (window.at(0, 3).starts_with("\xEF\xBB\xBF")) begin = 3;
  if (text::trimmed(window.at(begin, 4096).substr(0, 4096)).starts_with('{'))
    return is_geojson(host) ? Format::geojson : Format::none;
  xml::Tokens tokens(window, begin);
  xml::Token token;
  for (int i = 0; i < 64 && tokens.next(token); ++i) {
    if (token.kind == xml::Token::text && text::trimmed(token.raw).empty()) continue;
    if (token.kind == xml::Token::other) continue;
    if (token.kind != xml::Token::start) return Format::none;
    if (xml::local_name(token.name) == "gpx") return Format::gpx;
    return xml::local_name(token.name) == "kml" ? Format::kml : Format::none;
  }
  return Format::none;
}

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.location",
  "version": "1.0.0",
  "name": "Places and tracks",
  "formats": ["gpx", "kml", "geojson"],
  "kinds": ["conversation", "message", "location"],
  "options": [],
  "tested_with": ["made files"],
  "references": ["docs/formats/location.md", "GPX 1.1", "OGC KML 2.2", "RFC 7946"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view) {
    return format_of(host) == Format::none ? 0 : 95;
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    switch (format_of(host)) {
      case Format::gpx: return read_gpx(host, name);
      case Format::kml: return read_kml(host, name);
      case Format::geojson: return read_geojson(host, name);
      case Format::none: break;
    }
    return FX_NOT_MINE;
  }
};

}  // namespace
}  // namespace location

FX_PLUGIN(location::Plugin)
