#pragma once
// What a time means: the one place that turns a wall clock, an offset and an asserted zone into the
// interval of UTC in which the moment lies, and the one place that writes times as text.
//
// All times are milliseconds since 1970-01-01T00:00:00, of UTC or of a wall clock. Walls outside
// the years 1 to 9999 are nobody's clock and are treated as absent.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "casefile/reader.hpp"
#include "model/record.hpp"
#include "timeline/zone.hpp"

namespace forensics::timeline {

// Every instant between both, inclusive, is possible.
struct Interval {
  std::int64_t earliest = 0, latest = 0;
  bool operator==(const Interval&) const = default;
};

// How the offset of a time is known.
enum class Anchor : std::uint8_t {
  none,      // not at all: `utc` is absent
  stated,    // the source states an epoch or an offset
  asserted,  // an examiner asserted the zone of the exhibit
};
std::string_view name_of(Anchor anchor);

struct Moment {
  std::optional<std::int64_t> wall;
  model::Precision precision = model::Precision::none;
  std::optional<std::int32_t> offset;  // seconds east of UTC, where `utc` has just one
  Anchor anchor = Anchor::none;
  std::optional<Interval> utc;
  // Under an asserted zone: whether its clocks showed `wall` once, twice or never.
  Zone::Instants::Shown shown = Zone::Instants::Shown::once;

  // The place on the timeline's axis: UTC where known, else the wall clock as if it were UTC.
  std::optional<std::int64_t> axis() const;
};

// What a source says about one time.
struct Stated {
  std::optional<std::int64_t> wall;
  std::optional<std::int32_t> offset;
  model::Precision precision = model::Precision::none;
  model::TimeBasis basis = model::TimeBasis::unknown;
};

// `asserted` counts only where the source itself fixes no instant: neither an epoch nor the offset
// of that moment. nullptr: nothing asserted.
Moment place(const Stated& stated, const Zone* asserted);

// One reading of a message's time: 0 the chosen one, 1 the other.
Stated stated_time(const casefile::Message& message, int reading);

// "2024-03-09", "2024-03-09T16:05", "...:07", "...:07.123": as precise as the source, no offset.
std::string wall_text(std::int64_t wall, model::Precision precision);
// "2024-03-09T16:05:00Z"; milliseconds only where there are any.
std::string utc_text(std::int64_t utc);
// "2024-03-09T18:05+02:00": an instant on the clocks of a zone, as precise as the source.
std::string zone_text(std::int64_t utc, const Zone& zone, model::Precision precision);
// "+02:00"
std::string offset_text(std::int32_t offset);

// Reads "2024", "2024-03", "2024-03-09", "2024-03-09T16:05[:07]", the last two forms with "Z" or
// "+02:00" behind or without. Gives all of the year, month, day, minute or second named, on the
// timeline's axis. ErrorCode::usage.
Result<Interval> parse_period(std::string_view text);

}  // namespace forensics::timeline
