#include "exif.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "text/charset.hpp"
#include "text/utf8.hpp"

namespace media {
namespace {

constexpr std::array<std::size_t, 14> kSizes = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
constexpr std::uint32_t kText = 2, kUndefined = 7, kRational = 5, kSignedRational = 10;
constexpr std::size_t kMostNumbers = 64;
constexpr std::size_t kMostKept = 64;  // of what dates and offsets are put together from

// Without the NULs behind it; those inside stand between parts of the value.
std::string text_without_nuls(std::string_view bytes) {
  while (!bytes.empty() && bytes.back() == '\0') bytes.remove_suffix(1);
  std::string out = text::repaired(bytes);
  std::ranges::replace(out, '\0', ';');
  return out;
}

bool is_signed(std::uint32_t type) {
  return type == 6 || type == 8 || type == 9 || type == kSignedRational;
}

std::string digits(std::uint64_t value, std::size_t size, bool with_sign) {
  const std::uint64_t sign = std::uint64_t{1} << (8 * size - 1);
  if (!with_sign || (value & sign) == 0) return std::to_string(value);
  return "-" + std::to_string((sign << 1U) - value);
}

}  // namespace

std::uint64_t Exif::number_at(std::uint64_t offset, std::size_t n) {
  if (offset > where_.length || n > where_.length - offset) return 0;
  return number(bytes_.at(where_.offset + offset, n), 0, n, order_);
}

bool Exif::read(const Range& where) {
  const std::string head(bytes_.at(where.offset, std::min<std::uint64_t>(8, where.length)));
  if (head.size() < 8) return false;
  if (head.starts_with("II*") && head[3] == '\0')
    order_ = Order::little;
  else if (!head.starts_with(std::string_view("MM\0*", 4)))
    return false;
  where_ = where;
  add(number(head, 4, 4, order_), Group::picture);
  for (std::size_t i = 0; i < directories_.size(); ++i) directory(Directory(directories_[i]));
  finish();
  return true;
}

// Each directory once, whatever leads to it.
void Exif::add(std::uint64_t offset, Group group) {
  if (offset < 8 || directories_.size() >= kMostDirectories) return;
  const auto same = [&](const Directory& each) { return each.offset == offset; };
  if (std::ranges::any_of(directories_, same)) return;
  directories_.push_back({offset, group});
}

void Exif::directory(const Directory& directory) {
  const std::uint64_t count = number_at(directory.offset, 2);
  const Range here{where_.offset + directory.offset, 2};
  if (count == 0 || directory.offset + 2 > where_.length)
    return facts_.damaged("a directory of tags that is not there", here);
  const std::uint64_t fit = (where_.length - directory.offset - 2) / 12;
  const std::uint64_t read = std::min({count, fit, std::uint64_t{kMostEntries}});
  if (read < count) facts_.damaged("a directory of more tags than there are", here);
  for (std::uint64_t i = 0; i < read && facts_.may_read(12); ++i) {
    const std::uint64_t at = directory.offset + 2 + i * 12;
    const auto tag = static_cast<std::uint32_t>(number_at(at, 2));
    const auto type = static_cast<std::uint32_t>(number_at(at + 2, 2));
    const std::uint64_t values = number_at(at + 4, 4);
    const std::size_t size = type < kSizes.size() ? kSizes[type] : 0;
    const Range entry_at{where_.offset + at, 12};
    if (size == 0) {
      facts_.damaged("a tag of a type that does not exist", entry_at);
      continue;
    }
    const std::uint64_t length = values * size;
    const std::uint64_t offset = length <= 4 ? at + 8 : number_at(at + 8, 4);
    if (offset > where_.length || length > where_.length - offset) {
      facts_.damaged("a tag whose value would lie outside", entry_at);
      continue;
    }
    entry({tag, type, values, {where_.offset + offset, length}}, directory.group);
  }
  if (read == count && directory.group == Group::picture)
    add(number_at(directory.offset + 2 + count * 12, 4), Group::preview);
}

void Exif::entry(const Entry& entry, Group group) {
  if (!facts_.may_read(std::min<std::uint64_t>(entry.where.length, Bytes::kMost))) return;
  const std::string bytes(bytes_.at(entry.where.offset, entry.where.length));
  const auto first = [&] { return number(bytes, 0, kSizes[entry.type], order_); };
  const bool leads = entry.count >= 1 && (entry.type == 4 || entry.type == 13);
  if (leads && group != Group::gps) {
    if (entry.tag == 0x8769) return add(first(), Group::exif);
    if (entry.tag == 0x8825) return add(first(), Group::gps);
    if (entry.tag == 0xA005) return add(first(), Group::other);
    if (entry.tag == 0x0201 && group == Group::preview) preview_at_ = first();
    if (entry.tag == 0x0202 && group == Group::preview) preview_length_ = first();
  }
  if (entry.where.length == 0) return;
  std::string name = group == Group::gps ? "gps." : group == Group::preview ? "preview." : "exif.";
  const std::string_view known =
      group == Group::other ? std::string_view{} : exif_tag(entry.tag, group == Group::gps);
  if (known.empty()) {
    std::array<char, 16> number{};
    std::snprintf(number.data(), number.size(), "0x%04x", static_cast<unsigned>(entry.tag));
    name += number.data();
  } else {
    name += known;
  }
  if (group == Group::gps) gps_.emplace(entry.tag, entry);
  std::string text = text_of(entry, bytes);
  if (entry.type == kText && text.size() <= kMostKept)
    kept_.emplace(std::pair(group, entry.tag), Kept{text, entry.where});
  if (text.empty() && (entry.type != kText || bytes.size() < entry.where.length))
    return facts_.opaque(std::move(name), bytes, entry.where);
  facts_.value(std::move(name), std::move(text), entry.where);
}

// Empty where the value is no text and no numbers.
std::string Exif::text_of(const Entry& entry, std::string_view bytes) {
  if (bytes.size() < entry.where.length) return {};
  if (entry.type == kText) return text_without_nuls(bytes);
  if (entry.tag >= 0x9C9B && entry.tag <= 0x9C9F)
    return text_without_nuls(text::Charset("utf-16le").to_utf8(bytes));
  if (entry.type == kUndefined) {
    if (entry.tag == 0x9000 || entry.tag == 0xA000) return text_without_nuls(bytes);
    const std::string_view inside = bytes.substr(std::min<std::size_t>(8, bytes.size()));
    if (bytes.starts_with(std::string_view("ASCII\0\0\0", 8))) return text_without_nuls(inside);
    if (bytes.starts_with(std::string_view("UNICODE\0", 8)))
      return text_without_nuls(
          text::Charset(order_ == Order::little ? "utf-16le" : "utf-16be").to_utf8(inside));
    return {};
  }
  if (entry.type >= 11 && entry.type <= 12) return {};
  if (entry.count > kMostNumbers) return {};
  const bool with_sign = is_signed(entry.type);
  const bool ratio = entry.type == kRational || entry.type == kSignedRational;
  const std::size_t size = ratio ? 4 : kSizes[entry.type];
  std::string out;
  for (std::size_t at = 0; at + size <= bytes.size(); at += size) {
    if (at != 0) out += ratio && at % 8 == 4 ? '/' : ' ';
    out += digits(number(bytes, at, size, order_), size, with_sign);
  }
  return out;
}

const Exif::Kept* Exif::kept(Group group, std::uint32_t tag) const {
  const auto found = kept_.find(std::pair(group, tag));
  return found == kept_.end() ? nullptr : &found->second;
}

void Exif::finish() {
  finish_time(0x9003, 0x9291, 0x9011, Rank::taken);
  finish_time(0x9004, 0x9292, 0x9012, Rank::digitised);
  finish_place();
  if (preview_length_ == 0 || preview_at_ > where_.length ||
      preview_length_ > where_.length - preview_at_)
    return;
  const Range preview{where_.offset + preview_at_, preview_length_};
  if (bytes_.at(preview.offset, 2) == "\xFF\xD8") facts_.enclosed("preview.jpg", preview);
}

}  // namespace media
