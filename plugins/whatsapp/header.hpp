#pragma once
// The head of a message line, "[5/3/24, 2:03:04 PM] " or "05.03.24, 14:03 - ", read without knowing
// the locale: numbers, separators and known words in any script. What is left when the values are
// taken away is the shape: lines of one export share it, and that is how a template is found.

#include <array>
#include <cstdint>
#include <optional>
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
  bool time_first = false;
  std::optional<DayPeriod> period;
  bool hour_known = true;         // false: a word after the time that no table has
  bool marked = false;            // a direction mark stands before the bracket
  std::uint32_t clock_begin = 0;  // the date-time text, offsets in the line
  std::uint32_t clock_end = 0;
  std::uint32_t rest = 0;  // behind the terminator: author and text, or a system text
};

// True where days and months are 1 to 31, whichever is which.
bool plausible(const DateFields& date);

// Reads the head of `line`; false where it has none.
bool read_header(std::string_view line, Header& header);

// read_header() for many lines: remembers the last heads byte by byte and reads a line that differs
// from one of them in its digits only without taking it apart again. The answers are the same.
class HeaderReader {
 public:
  bool read(std::string_view line, Header& header);

 private:
  static constexpr std::size_t kRemembered = 16;
  static constexpr std::size_t kBlocks = 8;
  static constexpr std::size_t kMaxBytes = kBlocks * 8;
  static constexpr std::size_t kMaxNumbers = 6;

  // Eight bytes of a remembered head.
  struct Block {
    std::uint64_t known = 0;   // '0' where any digit may stand
    std::uint64_t digits = 0;  // 0x0F at each digit
    std::uint64_t used = 0;    // 0xFF at each byte of the head
  };
  struct Number {
    std::uint8_t at = 0;
    std::uint8_t digits = 0;
  };
  struct Memory {
    std::array<Block, kBlocks> blocks{};
    std::uint8_t length = 0;   // 0: free
    std::uint8_t date_at = 0;  // index of the first number of the date and of the time
    std::uint8_t time_at = 0;
    std::uint8_t count = 0;  // of numbers
    std::array<Number, kMaxNumbers> numbers{};
    Header header;
  };
  // The first kMaxBytes of a line. Where a memory matches them, each digit becomes its value.
  using Bytes = std::array<char, kMaxBytes>;

  static bool matches(const Memory& memory, const char* head, Bytes& values);
  static bool fill(const Memory& memory, const Bytes& values, Header& header);
  void remember(std::string_view line, const Header& header);

  std::array<Memory, kRemembered> memories_;
  std::size_t next_ = 0;
  std::size_t recent_ = 0;
};

// The shape of the head of `line` in words for a reader: "[n/n/yyyy, n:n:n]".
std::string describe_shape(std::string_view line, const Header& header);

}  // namespace whatsapp
