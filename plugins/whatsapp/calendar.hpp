#pragma once
// Dates of the calendars that phones write, as day numbers of the Gregorian calendar.

#include <cstdint>
#include <optional>
#include <string_view>

namespace whatsapp {

enum class Calendar : std::uint8_t { gregorian, buddhist, persian, minguo, reiwa, heisei, showa };

std::string_view name_of(Calendar calendar);

// Days from 1970-01-01, or nothing where the calendar has no such day.
std::optional<std::int32_t> day_number(Calendar calendar, int year, int month, int day);

// The full year for a year written with `digits` digits: 24 is 2024, in the Buddhist era 2524, in
// the Persian calendar 1424 (90 is 1390). Eras and years of three or more digits stay.
int full_year(Calendar calendar, int year, int digits);

// 1 Monday .. 7 Sunday.
int weekday_of(std::int32_t day);

}  // namespace whatsapp
