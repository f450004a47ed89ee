#include "samples.hpp"

#include <algorithm>

using namespace std::string_literals;

namespace media_test {
namespace {

constexpr int kText = 2, kShort = 3, kLong = 4, kRatio = 5, kUndefined = 7;

class Tiff {
 public:
  explicit Tiff(bool little) : little_(little) {
    bytes_ = little ? "II*\0"s : "MM\0*"s;
    bytes_ += n(0, 4);
  }

  std::string n(std::uint64_t value, int size) const {
    std::string out = big(value, size);
    if (little_) std::reverse(out.begin(), out.end());
    return out;
  }
  std::string ratios(const std::vector<std::pair<unsigned, unsigned>>& all) const {
    std::string out;
    for (const auto& [above, below] : all) out += n(above, 4) + n(below, 4);
    return out;
  }
  struct Tag {
    int tag, type;
    unsigned count;
    std::string value;
  };
  static Tag words(int tag, const std::string& text) {
    return {tag, kText, static_cast<unsigned>(text.size() + 1), text + "\0"s};
  }
  Tag pointer(int tag, std::uint64_t to) const { return {tag, kLong, 1, n(to, 4)}; }

  std::uint64_t put(const std::string& bytes) {
    bytes_ += bytes;
    return bytes_.size() - bytes.size();
  }
  // A directory; its values stand behind it.
  std::uint64_t directory(const std::vector<Tag>& tags, std::uint64_t next = 0) {
    const std::uint64_t at = bytes_.size();
    std::uint64_t values_at = at + 2 + tags.size() * 12 + 4;
    std::string values;
    bytes_ += n(tags.size(), 2);
    for (const Tag& tag : tags) {
      bytes_ += n(static_cast<std::uint64_t>(tag.tag), 2) +
                n(static_cast<std::uint64_t>(tag.type), 2) + n(tag.count, 4);
      if (tag.value.size() <= 4) {
        bytes_ += tag.value + std::string(4 - tag.value.size(), '\0');
      } else {
        bytes_ += n(values_at + values.size(), 4);
        values += tag.value;
      }
    }
    bytes_ += n(next, 4) + values;
    return at;
  }
  std::string finish(std::uint64_t first) {
    bytes_.replace(4, 4, n(first, 4));
    return bytes_;
  }

 private:
  bool little_;
  std::string bytes_;
};

std::string chunk(const std::string& type, const std::string& content) {
  return big(content.size(), 4) + type + content + "\0\0\0\0"s;
}

const std::string kPacket =
    "<?xpacket begin=\"\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description "
    "rdf:about=\"\" xmp:CreatorTool=\"Darkroom &amp; "
    "Co\"><dc:subject><rdf:Bag><rdf:li>pier</rdf:li>"
    "</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>";

std::string movie_header(std::uint64_t created) {
  return box("mvhd", big(0, 4) + big(created, 4) + big(created + 9, 4) + big(1000, 4) +
                         big(9000, 4) + std::string(80, '\0'));
}

}  // namespace

std::string big(std::uint64_t value, int n) {
  std::string out;
  for (int i = n - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i));
  return out;
}

std::string box(std::string_view type, std::string_view content) {
  return big(content.size() + 8, 4) + std::string(type) + std::string(content);
}

std::string exif(const Camera& camera) {
  Tiff tiff(camera.little);
  std::vector<Tiff::Tag> taken = {{0x9000, kUndefined, 4, "0232"},
                                  Tiff::words(0x9003, camera.taken)};
  if (!camera.offset.empty()) taken.push_back(Tiff::words(0x9011, camera.offset));
  taken.push_back({0x927C, kUndefined, 200, std::string(200, '\x01')});
  taken.push_back({0x9286, kUndefined, 12, "ASCII\0\0\0pier"s});
  if (!camera.fraction.empty()) taken.push_back(Tiff::words(0x9291, camera.fraction));
  const std::uint64_t exif_at = tiff.directory(taken);
  std::vector<Tiff::Tag> place;
  if (camera.has_place) {
    place = {Tiff::words(1, "N"),
             {2, kRatio, 3, tiff.ratios({{45, 1}, {30, 1}, {1800, 100}})},
             Tiff::words(3, "W"),
             {4, kRatio, 3, tiff.ratios({{13, 1}, {15, 1}, {0, 1}})}};
  }
  if (!camera.satellites.empty()) {
    place.push_back({7, kRatio, 3, tiff.ratios({{20, 1}, {10, 1}, {1, 1}})});
    place.push_back(Tiff::words(0x1D, camera.satellites));
  }
  const std::uint64_t place_at = tiff.directory(place);
  std::uint64_t preview_at = 0;
  if (camera.preview) {
    const std::string small = "\xFF\xD8\xFF\xD9"s;
    const std::uint64_t at = tiff.put(small);
    preview_at = tiff.directory({tiff.pointer(0x0201, at), tiff.pointer(0x0202, small.size())});
  }
  return tiff.finish(tiff.directory({Tiff::words(0x010F, "Lantern"),
                                     Tiff::words(0x0110, "Pocket 7"),
                                     {0x0112, kShort, 1, tiff.n(6, 2)},
                                     Tiff::words(0x0132, "2024:05:18 09:00:00"),
                                     tiff.pointer(0x8769, exif_at),
                                     tiff.pointer(0x8825, place_at)},
                                    preview_at));
}

Sample jpeg(const Camera& camera) {
  const std::string tags = "Exif\0\0"s + exif(camera);
  const std::string packet = "http://ns.adobe.com/xap/1.0/\0"s + kPacket;
  return {"IMG_1.jpg", "\xFF\xD8\xFF\xE1"s + big(tags.size() + 2, 2) + tags + "\xFF\xE1"s +
                           big(packet.size() + 2, 2) + packet + "\xFF\xFE"s + big(6, 2) +
                           "boat\xFF\xDA"s + big(2, 2) + "\x12\x34\x56\xFF\xD9"s};
}

Sample png(const Camera& camera) {
  return {"shot.png", "\x89PNG\r\n\x1A\n"s + chunk("IHDR", std::string(13, '\1')) +
                          chunk("tEXt", "Software\0Caf\xE9"s) +
                          chunk("tIME", big(2024, 2) + "\5\x11\x14\x0A\5"s) +
                          chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0"s + kPacket) +
                          chunk("eXIf", exif(camera)) + chunk("IDAT", "xyz") + chunk("IEND", "")};
}

Sample webp(const Camera& camera) {
  const auto part = [](const std::string& type, const std::string& content) {
    std::string size = big(content.size(), 4);
    std::reverse(size.begin(), size.end());
    return type + size + content + std::string(content.size() % 2, '\0');
  };
  return {"a.webp", part("RIFF", "WEBP" + part("VP8 ", "abc") + part("EXIF", exif(camera)) +
                                     part("XMP ", kPacket))};
}

Sample heif(const Camera& camera) {
  const std::string item = big(6, 4) + "Exif\0\0"s + exif(camera);
  const std::string infe = box("infe", big(0x02000000, 4) + big(7, 2) + big(0, 2) + "Exif\0"s);
  const std::string iinf = box("iinf", big(0, 4) + big(1, 2) + infe);
  const auto iloc = [&](std::uint64_t at) {
    return box("iloc", big(0, 4) + big(0x4400, 2) + big(1, 2) + big(7, 2) + big(0, 2) + big(1, 2) +
                           big(at, 4) + big(item.size(), 4));
  };
  const std::string start = box("ftyp", "heic" + big(0, 4) + "mif1");
  const std::uint64_t size = box("meta", big(0, 4) + iloc(0) + iinf).size();
  return {"a.heic", start + box("meta", big(0, 4) + iloc(start.size() + size + 8) + iinf) +
                        box("mdat", item)};
}

Sample phone_film(std::uint64_t created) {
  const std::string place = "+45.5050-013.2500/";
  const std::string track =
      box("trak", box("tkhd", big(0, 4) + big(created, 4) + big(0, 4) + std::string(72, '\0')) +
                      box("mdia", box("mdhd", big(0x01000000, 4) + big(created, 8) + big(0, 8) +
                                                  std::string(16, '\0'))));
  return {"VID_1.mp4",
          box("ftyp", "isom" + big(0, 4)) +
              box("moov",
                  movie_header(created) + track +
                      box("udta", box("\xA9xyz", big(place.size(), 2) + big(0x15C7, 2) + place))) +
              box("mdat", "frames")};
}

Sample apple_film() {
  const auto key = [](const std::string& name) { return box("mdta", name); };
  const auto value = [](unsigned index, const std::string& text) {
    return box(big(index, 4), box("data", big(1, 4) + big(0, 4) + text));
  };
  return {
      "IMG_2.MOV",
      box("ftyp", "qt  " + big(0, 4)) + box("wide", "") + box("mdat", "frames") +
          box("moov",
              movie_header(3'798'828'605) +
                  box("meta",
                      box("hdlr", std::string(24, '\0')) +
                          box("keys", big(0, 4) + big(3, 4) + key("com.apple.quicktime.make") +
                                          key("com.apple.quicktime.location.ISO6709") +
                                          key("com.apple.quicktime.creationdate")) +
                          box("ilst", value(1, "Lantern") + value(2, "+45.5050-013.2500+002.000/") +
                                          value(3, "2024-05-17T22:10:05+0200"))))};
}

Sample film_of_3gpp() {
  const std::string place = big(0, 4) + big(0x15C7, 2) + "Pier\0"s + big(0, 1) +
                            big(0xFFF2C000, 4) + big(0x002D8000, 4) + big(0x00020000, 4) +
                            "earth\0\0"s;
  return {"a.3gp",
          box("ftyp", "3gp5" + big(0, 4)) +
              box("moov", movie_header(0) +
                              box("udta", box("loci", place) +
                                              box("titl", big(0, 4) + big(0, 2) + "Night\0"s)))};
}

std::vector<Sample> samples() {
  Camera big_one;
  big_one.little = false;
  big_one.satellites = "2024:05:17";
  big_one.preview = true;
  return {jpeg(big_one),
          png({}),
          webp({}),
          heif({}),
          {"a.tif", exif(big_one)},
          phone_film(3'798'828'605),
          apple_film(),
          film_of_3gpp()};
}

}  // namespace media_test
