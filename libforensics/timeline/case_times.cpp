#include "timeline/case_times.hpp"

namespace forensics::timeline {
namespace {

constexpr std::size_t kRemembered = 65'536;

bool has_two_readings(const casefile::Message& message) {
  return message.wall && message.wall_other;
}

}  // namespace

Result<const Assertions*> CaseTimes::of(std::int64_t run, std::int64_t exhibit) {
  if (const auto found = runs_.find(run); found != runs_.end()) return &found->second;
  if (exhibits_.empty())
    for (casefile::Exhibit& each : TRY(reader_.exhibits())) exhibits_.emplace(each.id, each);
  Assertions assertions;
  if (const auto facts = exhibits_.find(exhibit); facts != exhibits_.end()) {
    const auto& [zone, order] = std::pair(facts->second.zone, facts->second.date_order);
    const std::string open = order ? TRY(open_date_order(reader_, run)) : std::string();
    assertions = TRY(Assertions::of(zone, order, open));
  }
  if (runs_.size() >= kRemembered) runs_.clear();
  return &runs_.insert_or_assign(run, std::move(assertions)).first->second;
}

Result<int> CaseTimes::reading_of(const casefile::Message& message) {
  if (!has_two_readings(message)) return 0;
  return TRY(of(message.run, message.exhibit_id))->reading.value_or(0);
}

Result<Moment> CaseTimes::moment(const casefile::Message& message, int reading) {
  const Assertions& assertions = *TRY(of(message.run, message.exhibit_id));
  return place(stated_time(message, reading), assertions.zone ? &*assertions.zone : nullptr);
}

Result<bool> CaseTimes::is_open(const casefile::Message& message) {
  if (!has_two_readings(message)) return false;
  return !TRY(of(message.run, message.exhibit_id))->reading;
}

}  // namespace forensics::timeline
