#pragma once
// The words that may stand in the head of a line: day periods, months, weekdays, eras and the small
// words that join date and time. One table for all languages: a word means the same wherever it
// stands, and CLDR's older spellings stay beside the newer ones.

#include <cstdint>
#include <optional>
#include <string_view>

#include "calendar.hpp"

namespace whatsapp {

// The hours a day period may stand for: from <= hour < to, over midnight where from > to.
struct DayPeriod {
  std::uint8_t from = 0;
  std::uint8_t to = 24;
};

// Everything that a word can be; where it stands decides what it is.
struct Word {
  std::optional<DayPeriod> period;
  std::optional<Calendar> era;
  std::uint8_t month = 0;    // 1..12
  std::uint8_t weekday = 0;  // 1 Monday .. 7
  bool joiner = false;

  bool known() const { return period || era || month != 0 || weekday != 0 || joiner; }
};

// `folded` as fold_word() makes it.
Word find_word(std::string_view folded);

// The hour 0..23 that a clock hour with a day period means.
int hour_in(DayPeriod period, int hour);

}  // namespace whatsapp
