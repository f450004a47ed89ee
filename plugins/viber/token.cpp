#include "token.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace viber {
namespace {

constexpr std::int64_t kEpoch = 292'057'776'050;    // ms since 1970 at token 0
constexpr std::int64_t kFirst = 1'262'304'000'000;  // 2010: Viber was released in December
constexpr std::int64_t kLast = 2'429'913'600'000;   // 2047
constexpr std::int64_t kDay = 86'400'000;

std::string seconds(std::int64_t milliseconds) {
  return std::to_string(milliseconds / 1000) + "." + std::to_string(milliseconds % 1000 / 100) +
         " s";
}

}  // namespace

std::optional<std::int64_t> token_time(std::int64_t token) {
  if (token <= 0) return std::nullopt;
  const std::int64_t time = (token >> 22) + kEpoch;
  return time >= kFirst && time < kLast ? std::optional(time) : std::nullopt;
}

std::string iso_time(std::int64_t milliseconds) {
  std::int64_t days = milliseconds / kDay;
  std::int64_t rest = milliseconds % kDay;
  if (rest < 0) {
    rest += kDay;
    --days;
  }
  // Eras of 400 years that begin in March, so that the leap day is the last of its year.
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
  const std::int64_t day_of_era = shifted - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  std::array<char, 64> out{};
  std::snprintf(out.data(), out.size(), "%04lld-%02lld-%02lldT%02lld:%02lld:%02lld.%03lldZ",
                static_cast<long long>(year), static_cast<long long>(month),
                static_cast<long long>(day), static_cast<long long>(rest / 3'600'000),
                static_cast<long long>(rest / 60'000 % 60),
                static_cast<long long>(rest / 1000 % 60), static_cast<long long>(rest % 1000));
  return out.data();
}

void TokenClock::compare(std::int64_t token, std::int64_t sent, const fx_span& where) {
  const auto server = token_time(token);
  if (!server) return;
  ++compared_;
  const std::int64_t difference = sent > *server ? sent - *server : *server - sent;
  largest_ = std::max(largest_, difference);
  if (difference <= kTolerance) return;
  if (++disagree_ > kMaxNotes) return;
  host_.note(FX_WARNING, fx::span(where.offset, where.length, FX_CODEC_NONE, where.input),
             "token-clock",
             "the message says " + iso_time(sent) + ", its token " + std::to_string(token) +
                 " says " + iso_time(*server) + ": " + seconds(difference) + " apart");
}

void TokenClock::finish() {
  const fx_span nowhere = fx::span(0, 0);
  if (compared_ != 0)
    host_.note(disagree_ == 0 ? FX_INFO : FX_WARNING, nowhere, "token-clock",
               std::to_string(compared_) +
                   " times compared with the clock of their tokens: " + std::to_string(disagree_) +
                   " differ by more than 60 s; the largest difference is " + seconds(largest_));
  if (without_clock_ != 0)
    host_.note(FX_INFO, nowhere, "token-without-clock",
               std::to_string(without_clock_) +
                   " tokens count to no time between 2010 and 2047: they are ids and no clocks");
}

}  // namespace viber
