#pragma once
// Names of months and marks of the twelve hour clock, as browsers' and Google's pages write them.

#include <string>
#include <string_view>

namespace youtube {

struct MonthName {
  std::string_view start;  // in lower case
  int number = 0;
  int other = 0;  // the month that it is in another language
  bool buddhist = false;
};

// The entry that is the longest beginning of the word (in lower case); nullptr for none.
const MonthName* month_named(std::string_view word);

struct NoonMark {
  std::string_view letters;  // in lower case
  bool after = false;
};

// A mark at the beginning or at the end of a text in lower case; nullptr for none.
const NoonMark* noon_before(std::string_view text);
const NoonMark* noon_behind(std::string_view text);

// Words between the numbers of a date and in front of its time that say nothing of their own.
bool is_filler(std::string_view word);

}  // namespace youtube
