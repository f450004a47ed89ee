#pragma once
// The head of a message line, "[5/3/24, 2:03:04 PM] " or "05.03.24, 14:03 - ", read without knowing
// the locale: numbers, separators and known words in any script. What is left when the values are
// taken away is the shape: lines of one export share it, and that is how a template is found.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "words.hpp"

namespace whatsapp {

enum class Family : std::uint8_t { bracket, dash, colon };

// Where the year of a date stands, as far as its digits tell.
enum class YearAt : std::uint8_t {
  none,     // the date has no year
  first,    // three digits or more, or an era mark
  last,     //
  unknown,  // three fields of one or two digits
};

struct DateFields {
  std::array<int, 3> value{};  // in the order written; a named month is left out
  std::array<std::uint8_t, 3> digits{};
  std::uint8_t count = 0;
  std::uint8_t month = 0;    // 1..12 where the month is a word
  std::uint8_t weekday = 0;  // 1..7 where the line names it
  YearAt year_at = YearAt::none;
  std::optional<Calendar> era;
  bool persian_digits = false;
  bool year_first_hint = false;  // as eu, hu, ja, ko and zh write: "(14:03)" or the period first

  bool same_values(const DateFields& other) const {
    return value == other.value && month == other.month && era == other.era;
  }
};

struct Header {
  std::uint64_t shape = 0;
  Family family = Family::dash;
  DateFields date;
  int hour = 0;  // 0..23
  int minute = 0;
  int second = -1;  // -1: not stated
  bool twelve_hour = false;
  bool hour_known = true;         // false: a word after the time that no table has
  bool marked = false;            // a direction mark stands before the bracket
  std::uint32_t clock_begin = 0;  // the date-time text, offsets in the line
  std::uint32_t clock_end = 0;
  std::uint32_t rest = 0;  // behind the terminator: author and text, or a system text
};

// Reads the head of `line`; false where it has none. Never allocates in steady state.
bool read_header(std::string_view line, Header& header);

// The shape of the head of `line` in words for a reader: "[n/n/yyyy, n:n:n]".
std::string describe_shape(std::string_view line, const Header& header);

}  // namespace whatsapp
