#include "items.hpp"

#include "exif.hpp"
#include "pictures.hpp"

namespace media {
namespace {

// Numbers one after the other.
class Cursor {
 public:
  Cursor(Bytes& bytes, const Range& in) : bytes_(bytes), at_(in.offset), end_(in.end()) {}

  std::uint64_t take(std::uint64_t size) {
    if (size > 8 || size > end_ - at_) {
      is_over_ = true;
      return 0;
    }
    const std::uint64_t value = number(bytes_.at(at_, size), 0, static_cast<std::size_t>(size));
    at_ += size;
    return value;
  }
  bool is_over() const { return is_over_; }

 private:
  Bytes& bytes_;
  std::uint64_t at_, end_;
  bool is_over_ = false;
};

}  // namespace

void Items::read(const Range& inside) {
  // What an item is may stand behind where it is.
  const Range boxes_at = behind(inside, 4);
  Boxes first(bytes_, boxes_at);
  while (const auto box = first.next())
    if (box->type == "iinf") names(box->inside);
  Boxes second(bytes_, boxes_at);
  while (const auto box = second.next())
    if (box->type == "iloc" && !uses_.empty()) places(box->inside);
  if (second.is_damaged()) facts_.damaged("the boxes of a picture", {second.at(), 0});
}

void Items::names(const Range& inside) {
  const std::uint64_t version = number(bytes_.at(inside.offset, 1), 0, 1);
  Boxes boxes(bytes_, behind(inside, version == 0 ? 6 : 8));
  for (std::uint64_t i = 0; i < kMostItems; ++i) {
    const auto box = boxes.next();
    if (!box) return;
    if (box->type == "infe") name(box->inside);
  }
}

void Items::name(const Range& inside) {
  const std::string bytes(bytes_.at(inside.offset, std::min<std::uint64_t>(inside.length, 300)));
  const std::uint64_t version = number(bytes, 0, 1);
  if (version != 2 && version != 3) return;
  const std::size_t size = version == 2 ? 2 : 4;
  const std::uint64_t id = number(bytes, 4, size);
  const std::size_t type = 4 + size + 2;
  if (bytes.size() < type + 4 || uses_.size() >= kMostUses) return;
  const std::string_view rest = std::string_view(bytes).substr(type);
  if (rest.starts_with("Exif"))
    uses_.emplace(id, Use::exif);
  else if (rest.starts_with("mime") && rest.find("application/rdf+xml") != std::string_view::npos)
    uses_.emplace(id, Use::xmp);
}

void Items::places(const Range& inside) {
  Cursor in(bytes_, inside);
  const std::uint64_t version = in.take(1);
  in.take(3);
  const std::uint64_t sizes = in.take(2);
  const std::uint64_t offset_size = sizes >> 12U, length_size = sizes >> 8U & 15U,
                      base_size = sizes >> 4U & 15U,
                      index_size = version == 1 || version == 2 ? sizes & 15U : 0;
  // Places of no size would be many in no bytes.
  if (offset_size + length_size == 0) return facts_.damaged("items without places", inside);
  const std::uint64_t id_size = version < 2 ? 2 : 4;
  const std::uint64_t count = std::min(in.take(id_size), kMostItems);
  for (std::uint64_t i = 0; i < count && !in.is_over(); ++i) {
    const std::uint64_t id = in.take(id_size);
    const std::uint64_t method = version == 1 || version == 2 ? in.take(2) & 15U : 0;
    in.take(2);
    const std::uint64_t base = in.take(base_size);
    const std::uint64_t extents = in.take(2);
    const auto use = uses_.find(id);
    for (std::uint64_t j = 0; j < extents && !in.is_over(); ++j) {
      in.take(index_size);
      const std::uint64_t offset = in.take(offset_size);
      const std::uint64_t length = in.take(length_size);
      if (use == uses_.end()) continue;
      const std::uint64_t size = bytes_.length();
      const bool is_whole = extents == 1 && method == 0 && base <= size && offset <= size - base &&
                            length <= size - base - offset;
      if (!is_whole || in.is_over()) {
        facts_.damaged("metadata in pieces, or outside of the file", inside);
        continue;
      }
      const Range where{base + offset, length};
      const Use what = use->second;
      uses_.erase(use);  // once
      facts_.metadata(where);
      if (what == Use::xmp) {
        read_xmp(bytes_, where, facts_);
        break;
      }
      // How far the TIFF header is stands in front.
      const std::uint64_t before = number(bytes_.at(where.offset, 4), 0, 4);
      Exif exif(bytes_, facts_);
      if (length < 4 || before > length - 4 || !exif.read(behind(where, before + 4)))
        facts_.damaged("EXIF without a header", where);
      break;  // its only extent
    }
  }
  if (in.is_over()) facts_.damaged("the list of items is cut", inside);
}

}  // namespace media
