// ISO 14496-12: MP4, MOV, 3GP; HEIC, HEIF, AVIF.

#include "boxes.hpp"
#include "film.hpp"
#include "items.hpp"
#include "pictures.hpp"

namespace media {

void read_boxes(Bytes& bytes, Facts& facts) {
  using namespace std::string_view_literals;
  // The kind of box that Adobe keeps XMP in.
  constexpr std::string_view kXmp =
      "\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC"sv;
  Boxes boxes(bytes, {0, bytes.length()});
  // A film that was recorded in fragments has two boxes for each.
  for (int i = 0; i < Film::kMostBoxes; ++i) {
    const auto box = boxes.next();
    if (!box) break;
    if (box->type == "moov") {
      facts.metadata(box->whole);
      Film(bytes, facts).read(box->inside);
    } else if (box->type == "meta") {
      facts.metadata(box->whole);
      Items(bytes, facts).read(box->inside);
    } else if (box->type == "uuid" && box->inside.length > 16 &&
               bytes.at(box->inside.offset, 16) == kXmp) {
      facts.metadata(box->whole);
      read_xmp(bytes, behind(box->inside, 16), facts);
    }
  }
  if (boxes.is_damaged()) facts.damaged("the boxes of the file", {boxes.at(), 0});
}

}  // namespace media
