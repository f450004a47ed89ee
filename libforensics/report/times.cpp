#include "report/times.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <array>

namespace forensics::report {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;

constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
constexpr std::array<const char*, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};

}  // namespace

std::string wall_words(std::int64_t wall, model::Precision precision) {
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
