#include "clock.hpp"

#include <array>

namespace telegram {
namespace {

// The number in exactly `count` digits at `at`; -1 where they are not there.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
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

std::optional<std::int64_t> wall_of(int year, int month, int day, int hour, int minute,
                                    int second) {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_of(year, month) || hour < 0 ||
      hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return std::nullopt;
  const std::int64_t seconds = hour * 3600 + minute * 60 + second;
  return (days_since_1970(year, month, day) * 86'400 + seconds) * 1000;
}

bool has(std::string_view text, std::size_t at, char c) {
  return at < text.size() && text[at] == c;
}

}  // namespace

std::optional<std::int64_t> iso_wall(std::string_view text) {
  if (text.size() != 19 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':')
    return std::nullopt;
  return wall_of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2), digits(text, 11, 2),
                 digits(text, 14, 2), digits(text, 17, 2));
}

std::optional<Title> title_clock(std::string_view text) {
  if (text.size() < 19 || text[2] != '.' || text[5] != '.' || text[10] != ' ' || text[13] != ':' ||
      text[16] != ':')
    return std::nullopt;
  const auto wall = wall_of(digits(text, 6, 4), digits(text, 3, 2), digits(text, 0, 2),
                            digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2));
  if (!wall) return std::nullopt;
  Title title{*wall};
  const std::string_view rest = text.substr(19);
  if (rest.empty()) return title;
  if (rest == " UTC") {  // how a zone at the meridian is written
    title.has_offset = true;
    return title;
  }
  if (!rest.starts_with(" UTC") || rest.size() != 10 || !has(rest, 7, ':')) return std::nullopt;
  const int hours = digits(rest, 5, 2);
  const int minutes = digits(rest, 8, 2);
  if ((rest[4] != '+' && rest[4] != '-') || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return std::nullopt;
  title.has_offset = true;
  title.offset = (hours * 3600 + minutes * 60) * (rest[4] == '-' ? -1 : 1);
  return title;
}

std::optional<Title> iso_clock(std::string_view text) {
  const auto wall = iso_wall(text.substr(0, 19));
  if (!wall || text.size() < 20) return std::nullopt;
  Title clock{*wall, true, 0};
  const std::string_view zone = text.substr(19);
  if (zone == "Z") return clock;
  if (zone.size() != 6 || zone[3] != ':' || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const int hours = digits(zone, 1, 2);
  const int minutes = digits(zone, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  clock.offset = (hours * 3600 + minutes * 60) * (zone[0] == '-' ? -1 : 1);
  return clock;
}

std::optional<std::int64_t> day_wall(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::size_t first = text.find(' ');
  const std::size_t last = text.rfind(' ');
  if (first == std::string_view::npos || last <= first || first > 2) return std::nullopt;
  const int day = digits(text, 0, first);
  const int year = digits(text, last + 1, 4);
  if (text.size() != last + 5) return std::nullopt;
  for (int month = 1; month <= 12; ++month)
    if (kMonths[static_cast<std::size_t>(month - 1)] == text.substr(first + 1, last - first - 1))
      return wall_of(year, month, day, 0, 0, 0);
  return std::nullopt;
}

std::optional<std::int64_t> unix_seconds(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 12) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  // Years 1 to 9999: what the codec takes.
  if (value > 253'402'300'799 || (is_negative && value > 62'135'596'800)) return std::nullopt;
  return is_negative ? -value : value;
}

std::string offset_words(std::int64_t seconds) {
  const std::int64_t size = seconds < 0 ? -seconds : seconds;
  const auto two = [](std::int64_t number) { return std::to_string(number + 100).substr(1); };
  std::string out = (seconds < 0 ? "-" : "+") + two(size / 3600) + ":" + two(size / 60 % 60);
  if (size % 60 != 0) out += ":" + two(size % 60);
  return out;
}

}  // namespace telegram
