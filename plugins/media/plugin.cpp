// Pictures and films: what they say of themselves - when, where, with what.
// docs/formats/media.md says what is read.

#include <forensics/plugin.hpp>

#include "bytes.hpp"
#include "facts.hpp"
#include "pictures.hpp"

namespace media {
namespace {

using namespace std::string_view_literals;

struct Format {
  std::string_view name;  // empty: none of them
  std::string_view type;
  void (*read)(Bytes&, Facts&) = nullptr;
};

bool is_picture_brand(std::string_view brand) {
  for (const std::string_view each :
       {"heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif"})
    if (brand == each) return true;
  return false;
}

Format format_of(const fx::Host& host) {
  Bytes bytes(host);
  const std::string_view head = bytes.at(0, 16);
  if (head.starts_with("\xFF\xD8\xFF")) return {"jpeg", "picture", read_jpeg};
  if (head.starts_with("\x89PNG\r\n\x1A\n")) return {"png", "picture", read_png};
  if (head.starts_with("II*\0"sv) || head.starts_with("MM\0*"sv))
    return {"tiff", "picture", read_tiff};
  if (head.starts_with("RIFF") && head.size() >= 12 && head.substr(8, 4) == "WEBP")
    return {"webp", "picture", read_webp};
  if (head.size() < 12) return {};
  const std::string_view type = head.substr(4, 4);
  if (type == "ftyp") {
    const std::string_view brand = head.substr(8, 4);
    if (is_picture_brand(brand)) return {"heif", "picture", read_boxes};
    if (brand == "qt  ") return {"mov", "film", read_boxes};
    return {brand.starts_with("3g") ? "3gp"sv : "mp4"sv, "film", read_boxes};
  }
  // QuickTime before it had a type.
  if (type == "moov" || (type == "wide" && number(head, 0, 4) == 8))
    return {"mov", "film", read_boxes};
  return {};
}

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.media",
  "version": "1.0.0",
  "name": "Pictures and films",
  "formats": ["jpeg", "tiff", "png", "webp", "heif", "mp4", "mov", "3gp"],
  "kinds": ["conversation", "message", "location", "reading"],
  "options": [],
  "tested_with": ["made files"],
  "references": ["docs/formats/media.md", "CIPA DC-008, EXIF 2.32", "ISO/IEC 14496-12",
                 "ISO/IEC 23008-12", "ISO 16684-1, XMP", "3GPP TS 26.244", "ISO 6709"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view) {
    return format_of(host).read == nullptr ? 0 : 90;
  }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    const Format format = format_of(host);
    if (format.read == nullptr) return FX_NOT_MINE;
    Bytes bytes(host);
    Facts facts;
    format.read(bytes, facts);
    return facts.tell(host, format.name, format.type, name);
  }
};

}  // namespace
}  // namespace media

FX_PLUGIN(media::Plugin)
