#include "film.hpp"

#include <array>
#include <cstdio>

#include "pictures.hpp"
#include "text/charset.hpp"
#include "text/date.hpp"
#include "text/utf8.hpp"

namespace media {
namespace {

// "+45.1234-013.5678+012/": ISO 6709 in degrees with decimals; other forms stay as written.
bool split_place(std::string_view text, std::string_view& latitude, std::string_view& longitude) {
  const std::size_t second = text.find_first_of("+-", 1);
  if (second == std::string_view::npos || text.find_first_of("+-") != 0) return false;
  const std::size_t end = text.find_first_of("+-/", second + 1);
  if (end == std::string_view::npos) return false;
  latitude = text.substr(0, second);
  longitude = text.substr(second, end - second);
  const auto whole = [](std::string_view part) {
    return std::min(part.find('.'), part.size()) - 1;
  };
  return whole(latitude) <= 2 && whole(longitude) <= 3 && text::is_degrees(latitude, 90) &&
         text::is_degrees(longitude, 180);
}

// 16.16 fixed point as decimal digits.
std::string fixed_point(std::uint64_t raw) {
  const auto value = static_cast<std::int64_t>(static_cast<std::int32_t>(raw));
  const std::int64_t size = value < 0 ? -value : value;
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%s%lld.%06lld", value < 0 ? "-" : "",
                static_cast<long long>(size >> 16),
                static_cast<long long>((size & 0xFFFF) * 1'000'000 / 65'536));
  return out.data();
}

bool ends_with(std::string_view name, std::string_view end) {
  return name.ends_with(end);
}

}  // namespace

void Film::read(const Range& inside) {
  Boxes boxes(bytes_, inside);
  int tracks = 0;
  while (const auto box = boxes.next()) {
    if (is_enough()) break;
    if (box->type == "mvhd") header(box->inside, "film", true);
    if (box->type == "trak" && ++tracks <= 64)
      track(box->inside, "track/" + std::to_string(tracks));
    if (box->type == "udta") user_data(box->inside, "film");
    if (box->type == "meta") metadata(box->inside, "film");
  }
  if (boxes.is_damaged() || boxes_ > kMostBoxes)
    facts_.damaged("the boxes of a film", {boxes.at(), 0});
}

void Film::track(const Range& inside, const std::string& name) {
  Boxes boxes(bytes_, inside);
  while (const auto box = boxes.next()) {
    if (is_enough()) return;
    if (box->type == "tkhd") header(box->inside, name, false);
    if (box->type == "udta") user_data(box->inside, name);
    if (box->type == "meta") metadata(box->inside, name);
    if (box->type != "mdia") continue;
    Boxes media(bytes_, box->inside);
    while (const auto each = media.next()) {
      if (is_enough()) return;
      if (each->type == "mdhd") header(each->inside, name + "/media", false);
    }
  }
}

// Seconds since 1904 in UTC, says the standard; 0 says nothing.
void Film::header(const Range& inside, const std::string& name, bool of_film) {
  const std::string bytes(bytes_.at(inside.offset, std::min<std::uint64_t>(inside.length, 36)));
  const bool is_long = number(bytes, 0, 1) == 1;
  const std::size_t size = is_long ? 8 : 4;
  if (bytes.size() < 4 + 2 * size) return facts_.damaged("a header that is cut", inside);
  const std::uint64_t created = number(bytes, 4, size);
  const std::uint64_t changed = number(bytes, 4 + size, size);
  const Range created_at{inside.offset + 4, size};
  constexpr std::uint64_t kUntil1970 = 2'082'844'800;
  constexpr std::uint64_t kUntil9999 = kUntil1970 + 253'402'300'800;
  if (created != 0) {
    facts_.value(name + "/creation_time", std::to_string(created), created_at);
    if (of_film && created >= kUntil1970 && created < kUntil9999)
      facts_.time(Rank::container,
                  text::epoch_seconds(static_cast<std::int64_t>(created - kUntil1970)), created_at,
                  "iso-media.seconds-since-1904");
  }
  if (changed != 0)
    facts_.value(name + "/modification_time", std::to_string(changed),
                 {inside.offset + 4 + size, size});
}

void Film::user_data(const Range& inside, const std::string& name) {
  Boxes boxes(bytes_, inside);
  while (const auto box = boxes.next()) {
    if (is_enough()) return;
    if (box->type == "meta") {
      metadata(box->inside, name);
      continue;
    }
    user_value(*box, name + "/" + letters(box->type));
  }
}

void Film::user_value(const Box& box, const std::string& name) {
  const Range& inside = box.inside;
  if (inside.length == 0) return;
  if (box.type[0] == '\xA9') {  // QuickTime: a length, a language, words
    const std::uint64_t length = number(bytes_.at(inside.offset, 2), 0, 2);
    if (length <= inside.length && inside.length - length >= 4) {
      const Range where{inside.offset + 4, length};
      const std::string said(bytes_.at(where.offset, where.length));
      if (!said.empty() && text::is_utf8(said)) return known(name, said, where);
    }
    return facts_.opaque(name, bytes_.at(inside.offset, inside.length), inside);
  }
  if (box.type == "loci") return place_of_3gpp(inside, name);
  for (const std::string_view each : {"titl", "auth", "dscp", "perf", "gnre", "cprt", "albm"})
    if (box.type == each && inside.length > 6) return words(inside, name);
  if (box.type == "free" || box.type == "skip") return;
  facts_.opaque(name, bytes_.at(inside.offset, std::min<std::uint64_t>(inside.length, 64)), inside);
}

void Film::words(const Range& inside, const std::string& name) {
  const Range where = behind(inside, 6);
  const std::string_view bytes = bytes_.at(where.offset, where.length);
  if (bytes.starts_with("\xFE\xFF"))
    facts_.value(name, text::Charset("utf-16be").to_utf8(bytes.substr(2)), where);
  else
    read_words(bytes_, name, where, facts_);
}

void Film::place_of_3gpp(const Range& inside, const std::string& name) {
  const Range where = behind(inside, 6);
  const std::string bytes(bytes_.at(where.offset, where.length));
  const bool wide = bytes.starts_with("\xFE\xFF");
  std::size_t at = wide ? 2 : 0;  // behind the name of the place
  for (; at < bytes.size(); at += wide ? 2 : 1)
    if (bytes[at] == '\0' && (!wide || (at + 1 < bytes.size() && bytes[at + 1] == '\0'))) break;
  const std::size_t name_end = at;
  at += (wide ? 2 : 1) + 1;  // and the role
  if (at + 12 > bytes.size()) return facts_.opaque(name, bytes, inside);
  const std::string_view called = std::string_view(bytes).substr(0, name_end);
  Place place;
  place.longitude = fixed_point(number(bytes, at, 4));
  place.latitude = fixed_point(number(bytes, at + 4, 4));
  place.longitude_at = {where.offset + at, 4};
  place.latitude_at = {where.offset + at + 4, 4};
  place.rule = "iso-media.fixed-point";
  place.name = wide ? text::Charset("utf-16be").to_utf8(called.substr(2)) : text::repaired(called);
  place.name_at = {where.offset, name_end};
  facts_.value(name + "/altitude", fixed_point(number(bytes, at + 8, 4)),
               {where.offset + at + 8, 4});
  if (bytes.size() > at + 12)
    facts_.opaque(name + "/rest", std::string_view(bytes).substr(at + 12),
                  {where.offset + at + 12, where.length - at - 12});
  if (text::is_degrees(place.latitude, 90) && text::is_degrees(place.longitude, 180))
    return facts_.place(std::move(place));
  facts_.value(name + "/not-degrees", place.latitude + " " + place.longitude,
               {where.offset + at, 8});
}

// ISO has four bytes of version and flags here, QuickTime has none.
void Film::metadata(const Range& inside, const std::string& name) {
  const std::string head(bytes_.at(inside.offset, 8));
  const bool quicktime = head.size() == 8 && head.substr(4) == "hdlr";
  keys_.clear();
  Boxes boxes(bytes_, quicktime ? inside : behind(inside, 4));
  while (const auto box = boxes.next()) {
    if (is_enough()) return;
    if (box->type == "keys") keys(box->inside);
    if (box->type == "ilst") items(box->inside, name);
  }
}

void Film::keys(const Range& inside) {
  Boxes boxes(bytes_, behind(inside, 8));
  while (const auto box = boxes.next()) {
    if (is_enough() || keys_.size() >= 1000) return;
    keys_.push_back(text::repaired(
        bytes_.at(box->inside.offset, std::min<std::uint64_t>(box->inside.length, 200))));
  }
}

void Film::items(const Range& inside, const std::string& name) {
  Boxes boxes(bytes_, inside);
  while (const auto box = boxes.next()) {
    if (is_enough()) return;
    const std::uint64_t index = number(box->type, 0, 4);
    const std::string key =
        index >= 1 && index <= keys_.size() ? keys_[index - 1] : letters(box->type);
    Boxes values(bytes_, box->inside);
    while (const auto value = values.next()) {
      if (is_enough()) return;
      if (value->type == "data" && value->inside.length >= 8)
        item(value->inside, name + "/" + key);
      else
        facts_.opaque(
            name + "/" + key + "/" + letters(value->type),
            bytes_.at(value->inside.offset, std::min<std::uint64_t>(64, value->inside.length)),
            value->inside);
    }
  }
}

void Film::item(const Range& data, const std::string& name) {
  const std::uint64_t type = number(bytes_.at(data.offset, 4), 0, 4) & 0xFFFFFF;
  const Range where = behind(data, 8);
  if (where.length == 0) return;
  const std::string bytes(bytes_.at(where.offset, where.length));
  const bool is_whole = bytes.size() == where.length;
  if (type == 1 && is_whole && text::is_utf8(bytes)) return known(name, bytes, where);
  if (type == 2 && is_whole)
    return facts_.value(name, text::Charset("utf-16be").to_utf8(bytes), where);
  if (type == 13 && bytes.starts_with("\xFF\xD8")) {
    facts_.enclosed("cover.jpg", where);
    return facts_.opaque(name, {}, where);
  }
  if ((type == 21 || type == 22) && bytes.size() <= 8 && is_whole) {
    std::uint64_t value = number(bytes, 0, bytes.size());
    const std::size_t bits = 8 * bytes.size();
    const bool negative = type == 21 && (value >> (bits - 1U)) != 0;
    if (negative && bits < 64) value |= ~std::uint64_t{0} << bits;
    return facts_.value(
        name, negative ? std::to_string(static_cast<std::int64_t>(value)) : std::to_string(value),
        where);
  }
  facts_.opaque(name, bytes, where);
}

void Film::known(const std::string& name, const std::string& text, const Range& where) {
  if (ends_with(name, "creationdate"))
    if (const auto time = text::iso_time(text))
      facts_.time(Rank::taken, *time, where, "quicktime.creation-date");
  std::string_view latitude, longitude;
  if ((ends_with(name, "location.ISO6709") || ends_with(name, "\xC2\xA9xyz")) &&
      split_place(text, latitude, longitude)) {
    Place place;
    place.latitude = latitude;
    place.longitude = longitude;
    place.latitude_at = {where.offset, latitude.size()};
    place.longitude_at = {where.offset + latitude.size(), longitude.size()};
    place.rule = "iso-6709";
    facts_.place(std::move(place));
  }
  facts_.value(name, text, where);
}

}  // namespace media
