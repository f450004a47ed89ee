#pragma once
// Time zones by their IANA names, from the system's tzdata. The zone of this machine is never
// asked. Threads: values; any number of readers.

#include <cstdint>
#include <string>

#include "base/error.hpp"

namespace date {
class time_zone;
}

namespace forensics::timeline {

class Zone {
 public:
  // ErrorCode::usage for a name that tzdata does not have.
  static Result<Zone> find(const std::string& name);

  const std::string& name() const { return name_; }

  // Seconds east of UTC at an instant (milliseconds since 1970, UTC).
  std::int32_t offset_at(std::int64_t utc) const;

  // The UTC instants at which clocks of the zone showed `wall`. `twice`: the hour that is repeated
  // when clocks go back; `never`: the hour that is left out when they go forward, bounded by what a
  // clock shows that was set too early or too late.
  struct Instants {
    enum class Shown : std::uint8_t { once, twice, never } shown = Shown::once;
    std::int64_t earliest = 0, latest = 0;
  };
  Instants instants_of(std::int64_t wall) const;

 private:
  Zone(const date::time_zone* zone, std::string name) : zone_(zone), name_(std::move(name)) {}

  const date::time_zone* zone_;  // lives as long as the process
  std::string name_;
};

}  // namespace forensics::timeline
