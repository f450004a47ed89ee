#pragma once
// Dates as text, as the contract wants them: a wall clock with its precision, and the offset where
// the text states one.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace text {

struct Date {
  int year = 0, month = 0, day = 0;
};
struct Clock {
  int hour = 0, minute = 0, second = 0, millisecond = 0;
};

// Days since 1970-01-01, or nothing where the Gregorian calendar has no such day (years 1 to 9999).
std::optional<std::int64_t> days_since_1970(const Date& date);

// Milliseconds of the wall clock; second 60 is the first of the next minute.
std::optional<std::int64_t> wall_of(const Date& date, const Clock& clock);

fx_time wall_time(std::int64_t wall, fx_precision precision);
fx_time time_with_offset(std::int64_t wall, std::int32_t seconds_east, fx_precision precision);
// A time that could not be read: its text stands under the span.
fx_time no_time();

// ISO 8601 and RFC 3339: "2024-05-17", "2024-05-17T07:30Z", "20240517T073000+0200",
// "2024-05-17 07:30:15.250". Without an offset the zone is unknown.
std::optional<fx_time> iso_time(std::string_view text);

// RFC 5322: "Fri, 17 May 2024 07:30:15 +0200 (CEST)". The obsolete zones of its section 4.3 count
// as the offsets that it gives them; "-0000" and any other word say nothing of the zone.
std::optional<fx_time> mail_time(std::string_view text);

// A count since 1970 in UTC.
fx_time epoch_seconds(std::int64_t seconds);

// 1 to 12 for an English month name or its first three letters; 0 for anything else.
int month_of(std::string_view word);

}  // namespace text
