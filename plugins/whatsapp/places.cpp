#include "places.hpp"

#include <array>
#include <string>

#include "catalogue.hpp"
#include "unicode.hpp"

namespace whatsapp {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// An optional sign, digits, an optional fraction; the length, or 0.
std::size_t decimal_length(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t first = at;
  bool point = false;
  while (at < text.size() && at < 32) {
    if (text[at] >= '0' && text[at] <= '9') {
      ++at;
    } else if (text[at] == '.' && !point && at > first) {
      point = true;
      ++at;
    } else {
      break;
    }
  }
  return at > first ? at : 0;
}

struct Unit {
  std::string_view word;
  std::int64_t seconds;
};
constexpr Unit kUnits[] = {
    {"sec", 1},     {"secs", 1},    {"second", 1}, {"seconds", 1}, {"s", 1},
    {"sek", 1},     {"seg", 1},     {"с", 1},      {"сек", 1},     {"ث", 1},
    {"ثانية", 1},   {"sn", 1},      {"detik", 1},  {"秒", 1},      {"초", 1},
    {"ثانیه", 1},   {"min", 60},    {"mins", 60},  {"minute", 60}, {"minutes", 60},
    {"m", 60},      {"мин", 60},    {"хв", 60},    {"د", 60},      {"دقيقة", 60},
    {"دقیقه", 60},  {"dk", 60},     {"menit", 60}, {"分", 60},     {"분", 60},
    {"分钟", 60},   {"hr", 3600},   {"hrs", 3600}, {"hour", 3600}, {"hours", 3600},
    {"h", 3600},    {"std", 3600},  {"ч", 3600},   {"год", 3600},  {"س", 3600},
    {"ساعة", 3600}, {"ساعت", 3600}, {"sa", 3600},  {"jam", 3600},  {"時間", 3600},
    {"小时", 3600}, {"시간", 3600},
};

std::int64_t unit_seconds(std::string_view folded) {
  for (const Unit& unit : kUnits)
    if (unit.word == folded) return unit.seconds;
  return -1;
}

bool is_phone_sign(char32_t c) {
  return c == '-' || c == '(' || c == ')' || c == '.' || c == 0x2011 || c == 0x2010 ||
         is_space(c) || is_invisible(c);
}

// The next number of eight digits or more that begins with a plus sign.
Range find_phone(std::string_view body, std::size_t from) {
  for (std::size_t plus = body.find('+', from); plus != npos; plus = body.find('+', plus + 1)) {
    std::size_t digits = 0;
    std::size_t end = plus + 1;
    for (std::size_t at = plus + 1; at < body.size();) {
      const CodePoint c = decode(body, at);
      at += c.length;
      if (digit_of(c.value).value >= 0) {
        ++digits;
        end = at;
      } else if (!is_phone_sign(c.value)) {
        break;
      }
    }
    if (digits >= 7) return {plus, end};
  }
  return {};
}

}  // namespace

std::optional<MapPlace> read_place(std::string_view body, std::size_t marks, bool marked) {
  constexpr std::string_view kScheme = "https";
  const std::size_t colon = body.find("://");
  if (colon == npos || colon <= kScheme.size()) return std::nullopt;
  const std::size_t link = colon - kScheme.size();
  if (body.substr(link, kScheme.size()) != kScheme || body.find_first_of(" \r\n", link) != npos)
    return std::nullopt;
  const std::string_view url = body.substr(link);
  std::string_view label = body.substr(marks, link > marks ? link - marks : 0);
  while (!label.empty() && label.back() == ' ') label.remove_suffix(1);
  if (label.ends_with(':')) {
    label.remove_suffix(1);
  } else if (label.ends_with("：")) {
    label.remove_suffix(std::string_view("：").size());
  } else {
    return std::nullopt;
  }
  label = trim_display(label);
  MapPlace place;
  place.url = {link, body.size()};
  if (url.starts_with("https://foursquare.com/v/")) {
    if (label.empty()) return std::nullopt;
    const auto begin = static_cast<std::size_t>(label.data() - body.data());
    place.address = {begin, begin + label.size()};
    return place;
  }
  const std::size_t query = url.find("?q=");
  if (!url.starts_with("https://maps.google.com/") || query == npos) return std::nullopt;
  if (!marked && !is_phrase(label, Meaning::location_label)) return std::nullopt;
  const std::string_view point = url.substr(query + 3);
  const std::size_t first = decimal_length(point);
  if (first == 0 || first >= point.size() || point[first] != ',') return std::nullopt;
  const std::size_t second = decimal_length(point.substr(first + 1));
  if (second == 0) return std::nullopt;
  const std::size_t at = link + query + 3;
  place.latitude = {at, at + first};
  place.longitude = {at + first + 1, at + first + 1 + second};
  if (!label.empty() && !is_phrase(label, Meaning::location_label) && label.find('(') != npos) {
    const auto begin = static_cast<std::size_t>(label.data() - body.data());
    place.address = {begin, begin + label.size()};
  }
  return place;
}

std::int64_t read_duration(std::string_view text) {
  constexpr std::int64_t kLongest = 1'000'000;
  std::int64_t total = -1;
  std::string folded;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode(text, at);
    if (digit_of(c.value).value < 0) {
      at += c.length;
      continue;
    }
    std::int64_t value = 0;
    for (;;) {
      const CodePoint d = decode(text, at);
      const int digit = d.length == 0 ? -1 : digit_of(d.value).value;
      if (digit < 0) break;
      value = value * 10 + digit;
      if (value > kLongest) return -1;
      at += d.length;
    }
    std::size_t begin = at;
    while (begin < text.size() && is_space(decode(text, begin).value))
      begin += decode(text, begin).length;
    std::size_t end = begin;
    while (end < text.size()) {
      const CodePoint u = decode(text, end);
      if (is_space(u.value) || is_invisible(u.value) || digit_of(u.value).value >= 0 ||
          u.value == ',' || u.value == 0x60C)
        break;
      end += u.length;
    }
    fold_word(text.substr(begin, end - begin), folded);
    const std::int64_t unit = unit_seconds(folded);
    if (unit < 0) return -1;
    total = (total < 0 ? 0 : total) + value * unit;
    at = end;
  }
  return total;
}

void read_number_change(std::string_view body, std::size_t begin, Range& before, Range& after) {
  const Range first = find_phone(body, begin);
  const Range second = first.empty() ? Range{} : find_phone(body, first.end);
  if (!second.empty()) {
    before = first;
    after = second;
    return;
  }
  // "Alice changed their phone number to +1 202 ...": the name stands before the verb.
  constexpr std::array<std::string_view, 12> kVerbs = {
      " changed ", " hat ",    " a changé ", " cambió ", " ha cambiato ", " mudou ",
      " heeft ",   " изменил", " сменил",    " змінив",  " telefon ",     " mengubah "};
  for (const std::string_view verb : kVerbs) {
    const std::size_t at = body.find(verb, begin);
    if (at == npos) continue;
    const std::string_view name = trim_display(body.substr(begin, at - begin));
    if (name.empty()) continue;
    const auto start = static_cast<std::size_t>(name.data() - body.data());
    before = {start, start + name.size()};
    if (!first.empty() && first.begin >= before.end) after = first;
    return;
  }
  if (!first.empty()) after = first;
}

}  // namespace whatsapp
