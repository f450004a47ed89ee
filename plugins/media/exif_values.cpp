// Times and places: what several tags say together.

#include <algorithm>
#include <array>
#include <cstdio>

#include "exif.hpp"
#include "text/date.hpp"
#include "text/utf8.hpp"

namespace media {
namespace {

// "2024:05:17 07:30:15"; some write other signs between the parts of the date.
std::optional<std::int64_t> wall_of(std::string_view text) {
  text = text::trimmed(text);
  if (text.size() != 19) return std::nullopt;
  std::array<int, 6> part{};
  constexpr std::array<std::size_t, 6> kAt = {0, 5, 8, 11, 14, 17};
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto number = text::decimal(text.substr(kAt[i], i == 0 ? 4 : 2));
    if (!number || *number < 0) return std::nullopt;
    part[i] = static_cast<int>(*number);
  }
  return text::wall_of({part[0], part[1], part[2]}, {part[3], part[4], part[5], 0});
}

// "+02:00"; blanks stand where the camera does not know.
std::optional<std::int32_t> offset_of(std::string_view text) {
  text = text::trimmed(text);
  if (text == "Z") return 0;
  if (text.size() != 6 || text[3] != ':' || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto hours = text::decimal(text.substr(1, 2));
  const auto minutes = text::decimal(text.substr(4, 2));
  if (!hours || !minutes || *hours < 0 || *hours > 14 || *minutes < 0 || *minutes > 59)
    return std::nullopt;
  const auto seconds = static_cast<std::int32_t>(*hours * 3600 + *minutes * 60);
  return text[0] == '-' ? -seconds : seconds;
}

// The first three digits of a fraction of a second.
std::optional<int> milliseconds_of(std::string_view text) {
  text = text::trimmed(text);
  if (text.empty()) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    if (i < text.size() && (text[i] < '0' || text[i] > '9')) return std::nullopt;
    value = value * 10 + (i < text.size() ? text[i] - '0' : 0);
  }
  return value;
}

}  // namespace

void Exif::finish_time(std::uint16_t date, std::uint16_t fraction, std::uint16_t offset,
                       Rank rank) {
  const Kept* written = kept(Group::exif, date);
  if (written == nullptr) return;
  auto wall = wall_of(written->text);
  if (!wall) return;
  fx_precision precision = FX_PRECISION_SECOND;
  const Kept* part = kept(Group::exif, fraction);
  if (const auto more = part != nullptr ? milliseconds_of(part->text) : std::nullopt) {
    *wall += *more;
    precision = FX_PRECISION_MILLISECOND;
  }
  const Kept* zone = kept(Group::exif, offset);
  if (const auto east = zone != nullptr ? offset_of(zone->text) : std::nullopt)
    return facts_.time(rank, text::time_with_offset(*wall, *east, precision), written->where,
                       "exif.date-and-offset");
  facts_.time(rank, text::wall_time(*wall, precision), written->where, "exif.date");
}

// Three fractions, as decimal digits; nothing where they are none.
std::optional<std::string> Exif::degrees(const Entry& entry, const Kept* hemisphere,
                                         unsigned most) {
  if (entry.type != 5 || entry.count != 3 || hemisphere == nullptr || hemisphere->text.empty())
    return std::nullopt;
  const std::string bytes(bytes_.at(entry.where.offset, 24));
  constexpr std::uint64_t kUnit = 1'000'000'000;
  std::uint64_t sum = 0;  // in billionths of a degree
  for (std::size_t i = 0; i < 3; ++i) {
    const std::uint64_t above = number(bytes, i * 8, 4, order_);
    const std::uint64_t below = number(bytes, i * 8 + 4, 4, order_);
    if (below == 0) {
      if (i == 0 || above != 0) return std::nullopt;
      continue;
    }
    constexpr std::array<std::uint64_t, 3> kParts = {1, 60, 3600};
    // Below 2^32 * 10^9: no overflow.
    sum += above * kUnit / (below * kParts[i]);
  }
  sum = (sum + 50) / 100;  // to seven digits, a centimetre
  if (sum > most * (kUnit / 100)) return std::nullopt;
  const char side = hemisphere->text[0];
  if (side != 'N' && side != 'S' && side != 'E' && side != 'W') return std::nullopt;
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%s%llu.%07llu",
                (side == 'S' || side == 'W') && sum != 0 ? "-" : "",
                static_cast<unsigned long long>(sum / (kUnit / 100)),
                static_cast<unsigned long long>(sum % (kUnit / 100)));
  return std::string(out.data());
}

void Exif::finish_place() {
  const auto latitude = gps_.find(2);
  const auto longitude = gps_.find(4);
  if (latitude == gps_.end() || longitude == gps_.end()) return;
  const auto north = degrees(latitude->second, kept(Group::gps, 1), 90);
  const auto east = degrees(longitude->second, kept(Group::gps, 3), 180);
  if (!north || !east) return;
  Place place;
  place.latitude = *north;
  place.longitude = *east;
  place.latitude_at = latitude->second.where;
  place.longitude_at = longitude->second.where;
  place.rule = "exif.degrees";
  place.time = satellite_time(place.time_at);
  facts_.place(std::move(place));
}

// GPS date and time are UTC.
std::optional<fx_time> Exif::satellite_time(Range& where) {
  const Kept* date = kept(Group::gps, 0x1D);
  const auto clock = gps_.find(7);
  if (date == nullptr || clock == gps_.end()) return std::nullopt;
  const Entry& entry = clock->second;
  if (entry.type != 5 || entry.count != 3) return std::nullopt;
  const auto day = wall_of(date->text.substr(0, 10) + " 00:00:00");
  if (!day) return std::nullopt;
  const std::string bytes(bytes_.at(entry.where.offset, 24));
  std::uint64_t milliseconds = 0;
  constexpr std::array<std::uint64_t, 3> kParts = {3'600'000, 60'000, 1000};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::uint64_t below = number(bytes, i * 8 + 4, 4, order_);
    if (below == 0) return std::nullopt;
    milliseconds += number(bytes, i * 8, 4, order_) * kParts[i] / below;
  }
  if (milliseconds >= 24ULL * 3'600'000) return std::nullopt;
  where = entry.where;
  return text::time_with_offset(*day + static_cast<std::int64_t>(milliseconds), 0,
                                FX_PRECISION_SECOND);
}

}  // namespace media
