#pragma once
// Which rows of the timeline a message has, and how they follow again from what an examiner
// asserts.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "casefile/database.hpp"
#include "timeline/moment.hpp"
#include "timeline/zone.hpp"

namespace forensics::timeline {

// The times of one message as its row has them.
struct MessageTimes {
  std::optional<std::int64_t> wall{}, wall_other{};
  std::optional<std::int32_t> zone_offset{};
  model::Precision precision = model::Precision::none;
  model::TimeBasis basis = model::TimeBasis::unknown;
};

// What counts for the messages of one run.
struct Assertions {
  std::optional<Zone> zone;
  // The reading that an asserted date order leaves; nullopt: both stay where both are open.
  std::optional<int> reading;

  // `zone` and `date_order` as the exhibit has them ("day-month", "month-day"); `chosen_order` is
  // the value of the run's first undecided reading record on "date-order" (e.g.
  // "day-month-year"), empty where it has none.
  static Result<Assertions> of(const std::optional<std::string>& zone,
                               const std::optional<std::string>& date_order,
                               std::string_view chosen_order);
};

struct EventRow {
  std::int64_t at = 0;
  int reading = 0;
  bool operator==(const EventRow&) const = default;
};

// At most two rows; none for a message without a time.
std::vector<EventRow> events_of(const MessageTimes& times, const Assertions& assertions);

// The value of the reading that `sent` of a run's messages follows while the date order is open;
// empty where it is not open.
Result<std::string> open_date_order(const casefile::Reader& reader, std::int64_t run);

// Derives the events of all messages of an exhibit again, in one transaction. To be called after an
// assertion is written to the exhibit's row, by whoever holds the case's lock.
Status rebuild_events(const casefile::Database& database, std::int64_t exhibit);

}  // namespace forensics::timeline
