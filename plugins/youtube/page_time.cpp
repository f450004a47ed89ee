#include "page_time.hpp"

#include <vector>

#include "text/date.hpp"
#include "text/utf8.hpp"

namespace youtube {
namespace {

// Words and numbers; spaces of any kind (U+00A0, U+202F) and commas are between them.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) out.push_back(word);
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\xC2\xA0")) {
      flush();
      i += 1;
    } else if (rest.starts_with("\xE2\x80\xAF")) {
      flush();
      i += 2;
    } else if (text[i] == ' ' || text[i] == ',' || text[i] == '\n' || text[i] == '\t') {
      flush();
    } else {
      word.push_back(text[i]);
    }
  }
  flush();
  return out;
}

bool clock_of(std::string_view word, text::Clock& clock, fx_precision& precision) {
  int parts[3] = {0, 0, 0};
  int n = 0;
  while (n < 3) {
    const std::size_t colon = std::min(word.find(':'), word.size());
    const auto part = text::decimal(word.substr(0, colon));
    if (!part || *part < 0 || *part > 59) return false;
    parts[n++] = static_cast<int>(*part);
    if (colon == word.size()) break;
    word.remove_prefix(colon + 1);
  }
  clock = {parts[0], parts[1], parts[2], 0};
  precision = n == 3 ? FX_PRECISION_SECOND : FX_PRECISION_MINUTE;
  return n >= 2;
}

}  // namespace

std::optional<PageTime> page_time(std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  if (words.size() < 4 || words.size() > 8) return std::nullopt;
  // "Jan 15 2021" or "15 Jan 2021".
  const bool month_first = text::month_of(words[0]) != 0;
  text::Date date;
  date.month = text::month_of(words[month_first ? 0 : 1]);
  const auto day = text::decimal(words[month_first ? 1 : 0]);
  const auto year = text::decimal(words[2]);
  if (!day || !year || *day < 1 || *day > 31 || *year < 1 || *year > 9999) return std::nullopt;
  date.day = static_cast<int>(*day);
  date.year = static_cast<int>(*year);
  text::Clock clock;
  fx_precision precision = FX_PRECISION_SECOND;
  if (!clock_of(words[3], clock, precision)) return std::nullopt;
  std::size_t next = 4;
  if (next < words.size() &&
      (text::same_word(words[next], "AM") || text::same_word(words[next], "PM"))) {
    if (clock.hour < 1 || clock.hour > 12) return std::nullopt;
    clock.hour = clock.hour % 12 + (text::same_word(words[next], "PM") ? 12 : 0);
    ++next;
  }
  const auto wall = text::wall_of(date, clock);
  if (!wall || clock.hour > 23) return std::nullopt;
  PageTime out{text::wall_time(*wall, precision), {}};
  for (; next < words.size(); ++next) out.zone += (out.zone.empty() ? "" : " ") + words[next];
  return out;
}

}  // namespace youtube
