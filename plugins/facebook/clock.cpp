#include "clock.hpp"

#include <charconv>

namespace facebook {
namespace {

constexpr std::int64_t kFirstMilliseconds = 100'000'000'000;      // as seconds: the year 5138
constexpr std::int64_t kFirstMicroseconds = 100'000'000'000'000;  // as milliseconds: the same
constexpr std::int64_t kLastMicroseconds = 100'000'000'000'000'000;

std::optional<std::int64_t> whole_number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// The number in the digits from `at`; -1 where another character stands there.
int digits_of(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

int days_of(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// Days since 1970-01-01 in the proleptic Gregorian calendar, counted from the March before.
std::int64_t days_since_1970(int year, int month, int day) {
  const std::int64_t y = month > 2 ? year : year - 1;
  const std::int64_t m = month > 2 ? month - 3 : month + 9;
  return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719'468;
}

}  // namespace

std::optional<std::int64_t> wall_of(int year, int month, int day, int hour, int minute,
                                    int second) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_of(year, month) ||
      hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return std::nullopt;
  return (days_since_1970(year, month, day) * 86'400 + hour * 3600 + minute * 60 + second) * 1000;
}

std::optional<Instant> instant_of(std::string_view digits) {
  if (digits.empty() || digits[0] == '-' || digits.size() > 18) return std::nullopt;
  const auto value = whole_number(digits);
  if (!value || *value == 0 || *value >= kLastMicroseconds) return std::nullopt;
  if (*value < kFirstMilliseconds) return Instant{*value * 1000, FX_CODEC_DECIMAL_SECONDS};
  if (*value < kFirstMicroseconds) return Instant{*value, FX_CODEC_DECIMAL_MILLISECONDS};
  return Instant{*value / 1000, FX_CODEC_DECIMAL_MICROSECONDS};
}

std::optional<fx_time> iso_time(std::string_view text) {
  const int year = digits_of(text, 0, 4);
  if (year < 0 || text.size() < 19 || text[4] != '-' || text[7] != '-' ||
      (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const auto wall = wall_of(year, digits_of(text, 5, 2), digits_of(text, 8, 2),
                            digits_of(text, 11, 2), digits_of(text, 14, 2), digits_of(text, 17, 2));
  if (!wall) return std::nullopt;
  std::string_view rest = text.substr(19);
  fx_time time{sizeof(fx_time), *wall, 0, FX_PRECISION_SECOND, FX_TIME_UNKNOWN};
  if (rest.size() > 1 && rest[0] == '.') {
    std::size_t count = 1;
    int thousandths = 0;
    for (; count < rest.size() && rest[count] >= '0' && rest[count] <= '9'; ++count)
      if (count <= 3) thousandths = thousandths * 10 + (rest[count] - '0');
    for (std::size_t i = count; i <= 3; ++i) thousandths *= 10;
    time.wall += thousandths;
    time.precision = FX_PRECISION_MILLISECOND;
    rest.remove_prefix(count);
  }
  if (rest.empty()) return time;
  time.basis = FX_TIME_OFFSET;
  if (rest == "Z") return time;
  const int hours = digits_of(rest, 1, 2);
  const int minutes = digits_of(rest, rest.size() == 6 ? 4 : 3, 2);
  if ((rest[0] != '+' && rest[0] != '-') || hours < 0 || hours > 14 || minutes < 0 ||
      minutes > 59 || rest.size() > 6 || (rest.size() == 6 && rest[3] != ':'))
    return std::nullopt;
  time.offset = (hours * 3600 + minutes * 60) * (rest[0] == '-' ? -1 : 1);
  return time;
}

}  // namespace facebook
