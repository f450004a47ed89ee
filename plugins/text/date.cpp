#include "text/date.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace text {
namespace {

int days_of(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// Takes digits and signs from the front of a text.
class Taker {
 public:
  explicit Taker(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool take(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool digit() const { return peek() >= '0' && peek() <= '9'; }
  // Exactly `n` digits.
  bool digits(int n, int& out) {
    int value = 0;
    for (int i = 0; i < n; ++i) {
      if (i >= static_cast<int>(rest_.size())) return false;
      const char c = rest_[static_cast<std::size_t>(i)];
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(static_cast<std::size_t>(n));
    out = value;
    return true;
  }
  // 1 to `most` digits; how many.
  int up_to(int most, int& out) {
    int count = 0;
    for (int value = 0; count < most && digit(); ++count) {
      value = value * 10 + (peek() - '0');
      out = value;
      rest_.remove_prefix(1);
    }
    return count;
  }
  void spaces() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n')
      rest_.remove_prefix(1);
  }
  std::string_view letters() {
    std::size_t n = 0;
    while (n < rest_.size() && ((rest_[n] | 0x20) >= 'a' && (rest_[n] | 0x20) <= 'z')) ++n;
    const std::string_view word = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return word;
  }

 private:
  std::string_view rest_;
};

// ":SS" and a fraction, after hours and minutes.
bool take_seconds(Taker& in, bool colons, Clock& clock, fx_precision& precision) {
  if (colons ? !in.take(':') : !in.digit()) return true;
  if (!in.digits(2, clock.second)) return false;
  precision = FX_PRECISION_SECOND;
  if (!in.take('.') && !in.take(',')) return true;
  int scale = 100;
  int count = 0;
  for (; in.digit(); ++count, scale /= 10) {
    clock.millisecond += (in.peek() - '0') * scale;
    in.take(in.peek());
  }
  precision = FX_PRECISION_MILLISECOND;
  return count > 0;
}

// "+02:00", "+0200", "+02".
bool take_offset(Taker& in, std::int32_t& seconds) {
  const bool west = in.peek() == '-';
  if (!in.take('+') && !in.take('-')) return false;
  int hours = 0;
  int minutes = 0;
  if (!in.digits(2, hours)) return false;
  if (in.take(':') || in.digit()) {
    if (!in.digits(2, minutes)) return false;
  }
  if (hours > 23 || minutes > 59) return false;
  seconds = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
  return true;
}

std::optional<std::int32_t> obsolete_zone(std::string_view word) {
  constexpr struct {
    std::string_view name;
    int hours;
  } kZones[] = {{"UT", 0},   {"GMT", 0},  {"UTC", 0},  {"Z", 0},    {"EST", -5}, {"EDT", -4},
                {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
  for (const auto& zone : kZones)
    if (same_word(zone.name, word)) return zone.hours * 3600;
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> days_since_1970(const Date& date) {
  if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1 ||
      date.day > days_of(date.year, date.month))
    return std::nullopt;
  // Counted from the March before.
  const std::int64_t y = date.month > 2 ? date.year : date.year - 1;
  const std::int64_t m = date.month > 2 ? date.month - 3 : date.month + 9;
  return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + date.day - 1 - 719'468;
}

std::optional<std::int64_t> wall_of(const Date& date, const Clock& clock) {
  const auto days = days_since_1970(date);
  if (!days || clock.hour > 24 || clock.minute > 59 || clock.second > 60) return std::nullopt;
  if (clock.hour == 24 && (clock.minute != 0 || clock.second != 0)) return std::nullopt;
  const std::int64_t seconds = clock.hour * 3600 + clock.minute * 60 + clock.second;
  return (*days * 86'400 + seconds) * 1000 + clock.millisecond;
}

fx_time wall_time(std::int64_t wall, fx_precision precision) {
  return {sizeof(fx_time), wall, 0, static_cast<std::uint32_t>(precision), FX_TIME_UNKNOWN};
}

fx_time time_with_offset(std::int64_t wall, std::int32_t seconds_east, fx_precision precision) {
  return {sizeof(fx_time), wall, seconds_east, static_cast<std::uint32_t>(precision),
          FX_TIME_OFFSET};
}

fx_time no_time() {
  return wall_time(0, FX_PRECISION_NONE);
}

fx_time epoch_seconds(std::int64_t seconds) {
  return fx::instant(seconds * 1000, FX_PRECISION_SECOND);
}

std::optional<fx_time> iso_time(std::string_view text) {
  Taker in(trimmed(text));
  Date date;
  if (!in.digits(4, date.year)) return std::nullopt;
  const bool dashes = in.take('-');
  if (!in.digits(2, date.month)) return std::nullopt;
  if (dashes && !in.take('-')) return std::nullopt;
  if (!in.digits(2, date.day)) return std::nullopt;
  Clock clock;
  fx_precision precision = FX_PRECISION_DAY;
  if (in.done()) {
    const auto wall = wall_of(date, clock);
    return wall ? std::optional(wall_time(*wall, precision)) : std::nullopt;
  }
  if (!in.take('T') && !in.take('t') && !in.take(' ')) return std::nullopt;
  if (!in.digits(2, clock.hour)) return std::nullopt;
  const bool colons = in.take(':');
  if (!in.digits(2, clock.minute)) return std::nullopt;
  precision = FX_PRECISION_MINUTE;
  if (!take_seconds(in, colons, clock, precision)) return std::nullopt;
  const auto wall = wall_of(date, clock);
  if (!wall) return std::nullopt;
  if (in.done()) return wall_time(*wall, precision);
  in.spaces();
  std::int32_t offset = 0;
  const bool zulu = in.take('Z') || in.take('z') || same_word(in.rest(), "UTC");
  if (!zulu && !take_offset(in, offset)) return std::nullopt;
  if (!in.done() && !same_word(in.rest(), "UTC")) return std::nullopt;
  return time_with_offset(*wall, offset, precision);
}

std::optional<fx_time> mail_time(std::string_view text) {
  Taker in(trimmed(text));
  if (!in.digit()) {
    in.letters();  // the day of the week
    in.take(',');
    in.spaces();
  }
  Date date;
  if (in.up_to(2, date.day) == 0) return std::nullopt;
  in.spaces();
  in.take('-');
  date.month = month_of(in.letters());
  in.take('-');
  in.spaces();
  const int digits = in.up_to(4, date.year);
  if (digits == 2) date.year += date.year < 50 ? 2000 : 1900;
  if (digits == 3) date.year += 1900;
  in.spaces();
  Clock clock;
  if (digits < 2 || in.up_to(2, clock.hour) == 0 || !in.take(':') || !in.digits(2, clock.minute))
    return std::nullopt;
  fx_precision precision = FX_PRECISION_MINUTE;
  if (!take_seconds(in, true, clock, precision)) return std::nullopt;
  const auto wall = wall_of(date, clock);
  if (!wall) return std::nullopt;
  in.spaces();
  const bool unknown = in.rest().starts_with("-0000");
  std::int32_t offset = 0;
  if (take_offset(in, offset))
    return unknown ? wall_time(*wall, precision) : time_with_offset(*wall, offset, precision);
  if (const auto zone = obsolete_zone(in.letters()))
    return time_with_offset(*wall, *zone, precision);
  return wall_time(*wall, precision);
}

int month_of(std::string_view word) {
  constexpr std::string_view kMonths[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};
  for (int i = 0; i < 12; ++i)
    if (same_word(word, kMonths[i]) || same_word(word, kMonths[i].substr(0, 3)) ||
        (i == 8 && same_word(word, "sept")))
      return i + 1;
  return 0;
}

}  // namespace text
