#include "page_time.hpp"

#include <algorithm>
#include <vector>

#include "months.hpp"
#include "text/date.hpp"
#include "text/utf8.hpp"

namespace youtube {
namespace {

constexpr std::size_t kLongest = 120;

struct Code {
  std::uint32_t value = 0;
  std::size_t length = 1;
};

// Of well-formed UTF-8; anything else is taken by the byte.
Code code_at(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t first = byte(0);
  const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (length == 1 || length > text.size()) return {first, 1};
  std::uint32_t value = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) value = (value << 6) | (byte(i) & 0x3FU);
  return {value, length};
}

std::uint32_t lower(std::uint32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if (c == 0x130) return 'i';
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c | 1U;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c + (c & 1U);
  if (c >= 0x391 && c <= 0x3A9) return c + 32;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  return c;
}

// The digits of other scripts as our own, one kind of space, no marks of direction.
std::string plain_of(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const Code code = code_at(text.substr(i));
    i += code.length;
    std::uint32_t c = code.value;
    for (const std::uint32_t zero : {0x660U, 0x6F0U, 0x966U, 0x9E6U, 0xE50U, 0xFF10U})
      if (c >= zero && c < zero + 10) c = '0' + (c - zero);
    if (c == 0x200E || c == 0x200F || c == 0x61C || (c >= 0x202A && c <= 0x202E) ||
        (c >= 0x2066 && c <= 0x2069))
      continue;
    if (c == 0xA0 || c == 0x202F || c == 0x2009 || c == '\n' || c == '\t' || c == '\r') c = ' ';
    if (c == 0x60C || c == 0xFF0C || c == 0x3001) c = ',';
    if (c == 0xFF1A) c = ':';
    text::append_utf8(out, c);
  }
  return out;
}

std::string lowered(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const Code code = code_at(text.substr(i));
    i += code.length;
    text::append_utf8(out, lower(code.value));
  }
  return out;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view without_edges(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == ',')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == ',')) text.remove_suffix(1);
  return text;
}

struct ClockText {
  std::size_t begin = 0, end = 0;
  text::Clock clock;
  fx_precision precision = FX_PRECISION_SECOND;
};

// Two or three numbers with `mark` between them; with points it takes all three.
std::optional<ClockText> clock_in(std::string_view text, char mark) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i]) || (i > 0 && (is_digit(text[i - 1]) || text[i - 1] == mark))) continue;
    int parts[3] = {0, 0, 0};
    std::size_t n = 0, at = i;
    while (n < 3) {
      const std::size_t begin = at;
      for (; at < text.size() && is_digit(text[at]) && at < begin + 3; ++at)
        parts[n] = parts[n] * 10 + (text[at] - '0');
      if (at == begin || at - begin > 2 || (n > 0 && at - begin != 2)) break;
      if (++n == 3 || at + 1 >= text.size() || text[at] != mark || !is_digit(text[at + 1])) break;
      ++at;
    }
    const bool ends = at >= text.size() || (!is_digit(text[at]) && text[at] != mark);
    if (!ends || n < (mark == ':' ? 2U : 3U)) continue;
    if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) continue;
    return ClockText{i,
                     at,
                     {parts[0], parts[1], parts[2], 0},
                     n == 3 ? FX_PRECISION_SECOND : FX_PRECISION_MINUTE};
  }
  return std::nullopt;
}

struct Number {
  int value = 0;
  std::size_t digits = 0;
};

struct Dates {
  text::Date date;
  std::optional<text::Date> other;
};

std::optional<Dates> dates_of(std::string_view text) {
  std::vector<Number> numbers;
  const MonthName* month = nullptr;
  std::string marks;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    if (is_digit(text[i])) {
      Number number;
      for (; i < text.size() && is_digit(text[i]); ++i)
        if (i - begin < 6) number.value = number.value * 10 + (text[i] - '0');
      number.digits = i - begin;
      numbers.push_back(number);
    } else if (is_letter(text[i])) {
      // A point between letters is one of an abbreviation.
      while (i < text.size() && (is_letter(text[i]) ||
                                 (text[i] == '.' && i + 1 < text.size() && is_letter(text[i + 1]))))
        ++i;
      std::string word(text.substr(begin, i - begin));
      if (is_filler(word)) continue;
      if ((word == "كانون" || word == "تشرين") &&
          text.substr(i).starts_with(" ال")) {  // of two words
        const std::size_t second = i + 1;
        for (i = second; i < text.size() && is_letter(text[i]);) ++i;
        word += text.substr(second, i - second);
      }
      if (month != nullptr) return std::nullopt;
      month = month_named(word);
      if (month == nullptr) return std::nullopt;
    } else {
      if (text[i] != ' ' && text[i] != ',') marks += text[i];
      ++i;
    }
  }
  if (marks.find_first_not_of("./-'") != std::string::npos) return std::nullopt;
  if (numbers.size() != (month != nullptr ? 2U : 3U)) return std::nullopt;
  const bool year_first = numbers.front().digits == 4;
  const Number year = year_first ? numbers.front() : numbers.back();
  numbers.erase(year_first ? numbers.begin() : numbers.end() - 1);
  if (year.digits != 4 || numbers.front().digits > 2 || numbers.back().digits > 2)
    return std::nullopt;
  const int of_thailand = month != nullptr && month->buddhist && year.value > 2400 ? 543 : 0;
  const int then = year.value - of_thailand;
  if (then < 1990 || then > 2100) return std::nullopt;
  if (month != nullptr) {
    Dates out{{then, month->number, numbers[0].value}, std::nullopt};
    if (month->other != 0) out.other = text::Date{then, month->other, numbers[0].value};
    return out;
  }
  if (year_first) return Dates{{then, numbers[0].value, numbers[1].value}, std::nullopt};
  Dates out{{then, numbers[1].value, numbers[0].value}, std::nullopt};
  // Strokes stand in dates that begin with the month, too.
  if (marks.find('/') != std::string::npos)
    out.other = text::Date{then, numbers[0].value, numbers[1].value};
  return out;
}

// Whether what follows a clock of up to twelve hours can be a zone, and is no mark that is not
// known.
bool is_zone(std::string_view zone) {
  const std::size_t space = zone.find(' ');
  if (space == std::string_view::npos || zone.front() == '(' || zone.front() == '[') return true;
  const std::string_view first = zone.substr(0, space);
  return first.size() > 2 && std::none_of(first.begin(), first.end(), [](char c) {
           return static_cast<unsigned char>(c) >= 0x80;
         });
}

}  // namespace

std::optional<PageTime> page_time(std::string_view text) {
  if (text.size() > kLongest || !text::is_utf8(text)) return std::nullopt;
  const std::string plain = plain_of(text);
  auto clock = clock_in(plain, ':');
  if (!clock) clock = clock_in(plain, '.');
  if (!clock) return std::nullopt;
  const std::string_view whole = plain;
  std::string before = lowered(without_edges(whole.substr(0, clock->begin)));
  std::string_view behind = without_edges(whole.substr(clock->end));
  const NoonMark* mark = noon_before(before);
  if (mark != nullptr) {
    before.resize(before.size() - mark->letters.size());
  } else {
    // Letters change their length with their case: the mark's end is found by its characters.
    const std::string low = lowered(behind);
    mark = noon_behind(low);
    std::size_t taken = 0;
    for (std::size_t low_taken = 0; mark != nullptr && low_taken < mark->letters.size();) {
      const Code code = code_at(behind.substr(taken));
      std::string one;
      text::append_utf8(one, lower(code.value));
      taken += code.length;
      low_taken += one.size();
    }
    behind.remove_prefix(taken);
    if (mark != nullptr && behind.starts_with('.')) behind.remove_prefix(1);
  }
  behind = without_edges(behind);
  if (mark != nullptr) {
    if (clock->clock.hour < 1 || clock->clock.hour > 12) return std::nullopt;
    clock->clock.hour = clock->clock.hour % 12 + (mark->after ? 12 : 0);
  }
  std::string_view zone = behind;
  if (std::none_of(before.begin(), before.end(), is_digit)) {
    // The time in front of the date, and the zone between them.
    std::size_t at = 0;
    while (at < behind.size() && !is_digit(behind[at])) {
      const std::size_t space = behind.find(' ', at);
      at = space == std::string_view::npos ? behind.size() : space + 1;
    }
    zone = without_edges(behind.substr(0, at));
    before = lowered(behind.substr(at));
  }
  if (mark == nullptr && clock->clock.hour >= 1 && clock->clock.hour <= 12 && !zone.empty() &&
      !is_zone(zone))
    return std::nullopt;
  const auto dates = dates_of(before);
  if (!dates) return std::nullopt;
  const auto wall = text::wall_of(dates->date, clock->clock);
  const auto other =
      dates->other ? text::wall_of(*dates->other, clock->clock) : std::optional<std::int64_t>();
  if (!wall && !other) return std::nullopt;
  PageTime out{text::wall_time(wall ? *wall : *other, clock->precision), std::nullopt,
               std::string(zone)};
  if (wall && other && *wall != *other) out.other = text::wall_time(*other, clock->precision);
  return out;
}

}  // namespace youtube
