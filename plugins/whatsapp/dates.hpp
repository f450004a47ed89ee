#pragma once
// Which field is the day, which the month, which the year, and in which calendar: decided by what
// the whole file says, never by a locale. Every candidate reading collects what speaks against it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files.hpp"
#include "header.hpp"

namespace whatsapp {

enum class Order : std::uint8_t { day_month_year, month_day_year, year_month_day };

struct Reading {
  Order order = Order::day_month_year;
  Calendar calendar = Calendar::gregorian;

  bool operator==(const Reading&) const = default;
};

std::string_view name_of(Order order);

// The day that `date` means under `reading`; nothing where there is no such day.
std::optional<std::int32_t> day_of(const DateFields& date, Reading reading);

// A part of the input.
struct Place {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// What can speak against a reading, the strongest first.
enum class Cause : std::uint8_t {
  impossible,    // no such day in the calendar
  out_of_range,  // before WhatsApp existed or far in the future
  file_name,     // a media name states another day
  weekday,       // the line names another weekday
  sibling_days,  // no message on any day that the files beside state, another reading has some
  after_files,   // later than every file beside the export
  backward,      // the chat would run backwards
  uncommon,      // no sign of it, and another reading explains the file
};
inline constexpr std::size_t kCauses = 8;

enum class Verdict : std::uint8_t { chosen, undecided, refuted };

struct Candidate {
  Reading reading;
  int prior = 0;
  std::array<std::uint64_t, kCauses> against{};
  std::array<Place, kCauses> first{};  // the first line that says so
  std::uint64_t sibling_days = 0;      // how many days of sibling names have a message
  std::optional<std::int32_t> day;     // of the current date
  std::int32_t earliest = 0;
  std::int32_t latest = 0;
  bool any = false;
  Verdict verdict = Verdict::refuted;

  std::int64_t score() const;
  Cause strongest() const;
};

struct Decision {
  std::vector<Candidate> candidates;  // best first
  std::optional<Reading> chosen;      // none: the dates have no year
  std::optional<Reading> other;       // the runner-up, while it is not refuted
};

// Collects evidence for the dates of one shape; in constant memory.
class DateEvidence {
 public:
  DateEvidence(const DateFields& sample, const Siblings& siblings);

  // A head of the shape, standing at `place`; `rest` is what follows it on the line.
  void add(const DateFields& date, Place place, std::string_view rest);

  Decision decide() const;

 private:
  void add_candidates(Order order, const DateFields& sample);
  void enter_day(const DateFields& date, Place place);
  void compare_with_name(std::int32_t named, Place place);

  const Siblings* siblings_;
  std::vector<Candidate> candidates_;
  std::vector<std::vector<bool>> seen_days_;  // per candidate: which sibling days have a message
  std::optional<DateFields> last_;
  std::uint64_t changes_ = 0;
};

// In words for the reading record: why the candidate was refuted.
std::string explain(const Candidate& candidate);

}  // namespace whatsapp
