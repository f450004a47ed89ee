#pragma once
// Times as the exports write them.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace facebook {

// Milliseconds since 1970 of a count in seconds, milli- or microseconds. Which of them it is
// follows from its length: between 1973 and 5138 none can be taken for another. Facebook writes 0
// where it knows no time: that is none.
struct Instant {
  std::int64_t milliseconds = 0;
  fx_codec codec = FX_CODEC_NONE;
};
std::optional<Instant> instant_of(std::string_view digits);

// Of "2020-09-13T12:26:40.123456+00:00": a wall clock with its offset.
std::optional<fx_time> iso_time(std::string_view text);

// Milliseconds of a wall clock; nullopt where the calendar has no such moment.
std::optional<std::int64_t> wall_of(int year, int month, int day, int hour, int minute, int second);

}  // namespace facebook
