#include "report/times.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <array>

namespace forensics::report {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;
constexpr std::int64_t kFirst = -62'135'596'800'000;  // 0001-01-01T00:00:00
constexpr std::int64_t kLast = 253'402'300'799'999;   // 9999-12-31T23:59:59.999

constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
constexpr std::array<const char*, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};

}  // namespace

std::string wall_words(std::int64_t wall, model::Precision precision) {
  if (wall < kFirst || wall > kLast) return "outside the years 1 to 9999";
  std::string words = timeline::wall_text(wall, precision);
  if (const std::size_t t = words.find('T'); t != std::string::npos) words[t] = ' ';
  return words;
}

std::int64_t day_of(std::int64_t wall) {
  return wall / kDay - (wall % kDay < 0 ? 1 : 0);
}

std::string day_words(std::int64_t wall) {
  const date::sys_days day{date::days{static_cast<int>(day_of(wall))}};
  const date::year_month_day ymd{day};
  return fmt::format("{}, {} {} {}", kDays[date::weekday(day).c_encoding()],
                     static_cast<unsigned>(ymd.day()),
                     kMonths[static_cast<unsigned>(ymd.month()) - 1], static_cast<int>(ymd.year()));
}

std::string utc_words(const timeline::Moment& moment) {
  if (!moment.utc) return {};
  const std::string earliest = timeline::utc_text(moment.utc->earliest);
  const bool exact = moment.utc->latest - moment.utc->earliest < kMinute;
  if (exact) return earliest;
  return "between " + earliest + " and " + timeline::utc_text(moment.utc->latest);
}

}  // namespace forensics::report
