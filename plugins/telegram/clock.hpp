#pragma once
// The clocks of Telegram Desktop's exports: the exporter's local time, with and without an offset.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace telegram {

// "2023-08-23T13:11:23" as milliseconds of that wall clock since 1970-01-01T00:00:00.
std::optional<std::int64_t> iso_wall(std::string_view text);

struct Title {
  std::int64_t wall = 0;
  bool has_offset = false;
  std::int32_t offset = 0;  // seconds east of UTC: the zone's standard time, also in summer
};
// "23.08.2023 13:11:23", "23.08.2023 13:11:23 UTC-08:00".
std::optional<Title> title_clock(std::string_view text);

// "2026-05-16T13:57:49+00:00", as the site has it: the wall clock and its offset of that moment.
std::optional<Title> iso_clock(std::string_view text);

// "9 October 2016", as the separator of a day has it: midnight of that day.
std::optional<std::int64_t> day_wall(std::string_view text);

// Seconds since 1970 in digits with an optional minus.
std::optional<std::int64_t> unix_seconds(std::string_view text);

inline fx_time wall_time(std::int64_t wall, fx_precision precision = FX_PRECISION_SECOND) {
  return {sizeof(fx_time), wall, 0, static_cast<std::uint32_t>(precision), FX_TIME_UNKNOWN};
}

// "+02:00"
std::string offset_words(std::int64_t seconds);

}  // namespace telegram
