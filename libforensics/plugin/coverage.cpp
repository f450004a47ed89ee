#include "plugin/coverage.hpp"

namespace forensics::plugin {

Coverage::Sum Coverage::sum() const {
  IntervalSet explained = covered_;
  explained.add(skipped_);

  Sum sum;
  sum.covered = covered_.size();
  sum.skipped = explained.size() - covered_.size();
  sum.unexplained = length_ - explained.size();
  sum.saturated = covered_.saturated() || skipped_.saturated() || explained.saturated();

  const auto list = [&](std::uint64_t begin, std::uint64_t end) {
    if (begin < end && sum.ranges.size() < kListed)
      sum.ranges.push_back({begin, end - begin, model::Codec::none, input_});
  };
  std::uint64_t at = 0;
  for (const auto& [begin, end] : explained.intervals()) {
    list(at, begin);
    at = end;
    if (sum.ranges.size() == kListed) return sum;
  }
  list(at, length_);
  return sum;
}

}  // namespace forensics::plugin
