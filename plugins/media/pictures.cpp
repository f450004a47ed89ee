// JPEG, TIFF, PNG, WebP: where their metadata stands.

#include "pictures.hpp"

#include <algorithm>

#include "exif.hpp"
#include "text/charset.hpp"
#include "text/utf8.hpp"

namespace media {
namespace {

using namespace std::string_view_literals;

constexpr int kMostParts = 10'000;  // segments of a JPEG, chunks of a PNG or WebP

// APP1 and APP13 are shared by several uses, each with a name at its beginning.
void application_segment(Bytes& bytes, unsigned marker, const Range& segment, const Range& inside,
                         Facts& facts) {
  const std::string head(bytes.at(inside.offset, std::min<std::uint64_t>(inside.length, 40)));
  constexpr std::string_view kExif = "Exif\0\0"sv;
  constexpr std::string_view kXmp = "http://ns.adobe.com/xap/1.0/\0"sv;
  constexpr std::string_view kMoreXmp = "http://ns.adobe.com/xmp/extension/\0"sv;
  if (marker == 0xE1 && head.starts_with(kExif)) {
    facts.metadata(segment);
    Exif exif(bytes, facts);
    if (!exif.read(behind(inside, kExif.size()))) facts.damaged("EXIF without a header", segment);
  } else if (marker == 0xE1 && head.starts_with(kXmp)) {
    facts.metadata(segment);
    read_xmp(bytes, behind(inside, kXmp.size()), facts);
  } else if (marker == 0xE1 && head.starts_with(kMoreXmp)) {
    facts.metadata(segment);
    facts.opaque("jpeg.more-xmp", {}, inside);
  } else if (marker == 0xED && head.starts_with("Photoshop 3.0\0"sv)) {
    facts.metadata(segment);
    facts.opaque("jpeg.photoshop", {}, inside);
  } else if (marker == 0xFE) {
    facts.metadata(segment);
    read_words(bytes, "jpeg.comment", inside, facts);
  }
}

}  // namespace

void read_words(Bytes& bytes, std::string name, const Range& where, Facts& facts) {
  std::string_view text = bytes.at(where.offset, where.length);
  if (text.size() < where.length) return facts.opaque(std::move(name), {}, where);
  while (!text.empty() && text.back() == '\0') text.remove_suffix(1);
  if (text.empty()) return;
  if (!text::is_utf8(text)) return facts.opaque(std::move(name), text, where);
  std::string said(text);
  std::ranges::replace(said, '\0', ';');
  facts.value(std::move(name), std::move(said), where);
}

// Up to the first scan: behind it stands the picture.
void read_jpeg(Bytes& bytes, Facts& facts) {
  std::uint64_t at = 2;
  for (int i = 0; i < kMostParts && at < bytes.length(); ++i) {
    const std::string_view head = bytes.at(at, 4);
    const auto marker = static_cast<unsigned>(number(head, 1, 1));
    if (head.size() < 2 || number(head, 0, 1) != 0xFF)
      return facts.damaged("no marker where a segment would begin", {at, head.size()});
    if (marker == 0xFF) {  // fill
      ++at;
      continue;
    }
    if (marker == 0xDA || marker == 0xD9) return;
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
      at += 2;
      continue;
    }
    const std::uint64_t length = number(head, 2, 2);
    if (length < 2 || length > bytes.length() - at - 2)
      return facts.damaged("a segment longer than the file", {at, head.size()});
    application_segment(bytes, marker, {at, length + 2}, {at + 4, length - 2}, facts);
    at += length + 2;
  }
}

void read_tiff(Bytes& bytes, Facts& facts) {
  facts.metadata({0, std::min<std::uint64_t>(8, bytes.length())});
  Exif exif(bytes, facts);
  if (!exif.read({0, bytes.length()})) facts.damaged("no header", {0, 0});
}

void read_png(Bytes& bytes, Facts& facts) {
  std::uint64_t at = 8;
  for (int i = 0; i < kMostParts && at + 12 <= bytes.length(); ++i) {
    const std::string head(bytes.at(at, 8));
    const std::uint64_t length = number(head, 0, 4);
    const std::string_view type = std::string_view(head).substr(4);
    const Range inside{at + 8, length};
    if (length > bytes.length() - at - 12)
      return facts.damaged("a chunk longer than the file", {at, head.size()});
    const Range chunk{at, length + 12};
    at = chunk.end();
    if (type == "IEND") return;
    if (type == "eXIf") {
      facts.metadata(chunk);
      Exif exif(bytes, facts);
      if (!exif.read(inside)) facts.damaged("EXIF without a header", chunk);
    } else if (type == "tIME" && length == 7) {
      facts.metadata(chunk);
      const std::string value(bytes.at(inside.offset, 7));
      std::string text = std::to_string(number(value, 0, 2));
      for (std::size_t part = 2; part < 7; ++part)
        text += (part < 4 ? "-" : part == 4 ? " " : ":") + std::to_string(number(value, part, 1));
      facts.value("png.tIME", text + " UTC", inside);
    } else if (type == "tEXt" || type == "iTXt" || type == "zTXt") {
      facts.metadata(chunk);
      const std::string value(bytes.at(inside.offset, std::min<std::uint64_t>(length, 200)));
      const std::size_t name_end = value.find('\0');
      const std::string name = value.substr(0, std::min<std::size_t>(name_end, 79));
      const Range text = behind(inside, std::min<std::uint64_t>(length, name.size() + 1));
      if (type == "iTXt" && name == "XML:com.adobe.xmp" && value.size() >= name.size() + 5 &&
          value[name.size() + 1] == '\0')
        read_xmp(bytes, behind(text, 4), facts);  // its languages are empty
      else if (type == "tEXt")
        facts.value("png." + text::repaired(name),
                    text::Charset("iso-8859-1").to_utf8(bytes.at(text.offset, text.length)), text);
      else
        facts.opaque("png." + text::repaired(name), {}, text);
    }
  }
}

void read_webp(Bytes& bytes, Facts& facts) {
  std::uint64_t at = 12;
  for (int i = 0; i < kMostParts && at + 8 <= bytes.length(); ++i) {
    const std::string head(bytes.at(at, 8));
    const std::uint64_t length = number(head, 4, 4, Order::little);
    const std::string_view type = std::string_view(head).substr(0, 4);
    Range inside{at + 8, length};
    if (length > bytes.length() - inside.offset)
      return facts.damaged("a chunk longer than the file", {at, head.size()});
    const Range chunk{at, length + 8};
    at = chunk.end() + length % 2;
    if (type == "EXIF") {
      facts.metadata(chunk);
      if (bytes.at(inside.offset, 6) == "Exif\0\0"sv) inside = behind(inside, 6);
      Exif exif(bytes, facts);
      if (!exif.read(inside)) facts.damaged("EXIF without a header", chunk);
    } else if (type == "XMP ") {
      facts.metadata(chunk);
      read_xmp(bytes, inside, facts);
    }
  }
}

}  // namespace media
