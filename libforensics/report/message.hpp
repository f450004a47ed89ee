#pragma once
// One message as blocks of a page: who, when (as written, and normalised), what, what hangs on it,
// and where it comes from.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/context.hpp"
#include "timeline/moment.hpp"

namespace forensics::report {

// What a conversation says about its own completeness.
struct Tally {
  std::int64_t shown = 0, system = 0, edited = 0, deleted = 0, view_once = 0, forwarded = 0,
               recovered = 0;
  std::int64_t untimed = 0, open_dates = 0;
  std::int64_t present = 0, omitted = 0, missing = 0, ambiguous = 0;  // attachments
  bool directed = false;  // the source states who exported it
};

// The readings of a message's time under what was asserted about its exhibit.
struct Readings {
  timeline::Moment first;  // the one that counts
  std::optional<timeline::Moment> other;
  bool asserted = false;  // `first` was chosen by an examiner, `other` excluded

  bool open() const { return other && other->wall && first.wall && !asserted; }
  static Readings of(const casefile::Message& message, const timeline::Assertions& assertions);
};

// Blocks of one message: one, unless it is too long for a page; then the number is repeated and
// each further block is marked as a continuation. The first block bears the anchor.
Result<std::vector<Html>> message_blocks(Context& context, const casefile::Message& message,
                                         const Readings& readings, Tally& tally);

// "edited", "deleted", ... as a list; nothing where there is no mark.
void write_badges(Html& out, const casefile::Message& message, const Readings& readings);

// "Alice", "+44 7700 900111"; for lines of the application its own words.
void write_sender(Html& out, const casefile::Message& message);

}  // namespace forensics::report
