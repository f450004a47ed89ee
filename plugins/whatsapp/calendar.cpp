#include "calendar.hpp"

#include <array>

namespace whatsapp {
namespace {

bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

std::optional<std::int32_t> gregorian_day(int year, int month, int day) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const int last =
      kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year) ? 1 : 0);
  if (day > last) return std::nullopt;
  // Years that begin in March make the leap day the last one.
  const int y = month <= 2 ? year - 1 : year;
  const int era = y / 400;
  const int year_of_era = y % 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

// The 33-year cycle agrees with the equinox, hence with the calendar in force, for 1244 to 1501.
bool is_persian_leap(int year) {
  switch (year % 33) {
    case 1:
    case 5:
    case 9:
    case 13:
    case 17:
    case 22:
    case 26:
    case 30: return true;
    default: return false;
  }
}

int persian_leaps_before(int year) {
  constexpr std::array<int, 8> kLeaps = {1, 5, 9, 13, 17, 22, 26, 30};
  int count = year / 33 * 8;
  for (const int leap : kLeaps)
    if (leap < year % 33) ++count;
  return count;
}

std::optional<std::int32_t> persian_day(int year, int month, int day) {
  constexpr int kFirst = 1244;
  constexpr int kLast = 1501;
  if (year < kFirst || year > kLast || month < 1 || month > 12 || day < 1) return std::nullopt;
  const int last = month <= 6 ? 31 : month <= 11 || is_persian_leap(year) ? 30 : 29;
  if (day > last) return std::nullopt;
  constexpr int kNowruz1403 = 19802;  // 2024-03-20
  const int days_before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  return kNowruz1403 + (year - 1403) * 365 + persian_leaps_before(year) -
         persian_leaps_before(1403) + days_before + day - 1;
}

}  // namespace

std::string_view name_of(Calendar calendar) {
  constexpr std::array<std::string_view, 7> kNames = {"gregorian", "buddhist", "persian", "minguo",
                                                      "reiwa",     "heisei",   "showa"};
  return kNames[static_cast<std::size_t>(calendar)];
}

std::optional<std::int32_t> day_number(Calendar calendar, int year, int month, int day) {
  switch (calendar) {
    case Calendar::gregorian: return gregorian_day(year, month, day);
    case Calendar::buddhist: return gregorian_day(year - 543, month, day);
    case Calendar::persian: return persian_day(year, month, day);
    case Calendar::minguo: return gregorian_day(year + 1911, month, day);
    case Calendar::reiwa: return gregorian_day(year + 2018, month, day);
    case Calendar::heisei: return gregorian_day(year + 1988, month, day);
    case Calendar::showa: return gregorian_day(year + 1925, month, day);
  }
  return std::nullopt;
}

int full_year(Calendar calendar, int year, int digits) {
  if (digits > 2) return year;
  switch (calendar) {
    case Calendar::gregorian: return 2000 + year;
    case Calendar::buddhist: return 2500 + year;
    case Calendar::persian: return year >= 80 ? 1300 + year : 1400 + year;
    default: return year;
  }
}

int weekday_of(std::int32_t day) {
  return ((day % 7) + 7 + 3) % 7 + 1;  // 1970-01-01 was a Thursday
}

}  // namespace whatsapp
