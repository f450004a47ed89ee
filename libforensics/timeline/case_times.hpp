#pragma once
// The moments of a case's messages, with what examiners asserted about their exhibits.
//
//   CaseTimes times(reader);
//   const int reading = TRY(times.reading_of(message));
//   const Moment sent = TRY(times.moment(message, reading));
//
// Threads: as the reader.

#include <unordered_map>

#include "casefile/reader.hpp"
#include "timeline/events.hpp"
#include "timeline/moment.hpp"

namespace forensics::timeline {

class CaseTimes {
 public:
  explicit CaseTimes(const casefile::Reader& reader) : reader_(reader) {}  // which must outlive it

  // What counts for the messages of a run. Valid until the next call.
  Result<const Assertions*> of(std::int64_t run, std::int64_t exhibit);

  // The reading to show first: the asserted one where both are open, else 0.
  Result<int> reading_of(const casefile::Message& message);
  Result<Moment> moment(const casefile::Message& message, int reading);

  // True while both readings of the message stand on the timeline.
  Result<bool> is_open(const casefile::Message& message);

 private:
  const casefile::Reader& reader_;
  std::unordered_map<std::int64_t, casefile::Exhibit> exhibits_;
  std::unordered_map<std::int64_t, Assertions> runs_;
};

}  // namespace forensics::timeline
