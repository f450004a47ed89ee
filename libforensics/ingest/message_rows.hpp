#pragma once
// Which row the message of a reference number has become. A plugin numbers in sequence and rows do
// too, so that both go up together for long stretches: only the stretches are kept.

#include <cstdint>
#include <map>
#include <optional>

namespace forensics::ingest {

class MessageRows {
 public:
  // The messages of a run come in order of their rows. Beyond `most` stretches further messages are
  // not remembered: what belongs to them is kept, and not linked.
  explicit MessageRows(std::size_t most = std::size_t{1} << 20) : most_(most) {}

  void add(std::int64_t ref, std::int64_t row) {
    if (last_ != stretches_.end() && ref == last_->first + last_->second.count &&
        row == last_->second.row + last_->second.count) {
      ++last_->second.count;
      return;
    }
    if (stretches_.size() < most_) last_ = stretches_.insert_or_assign(ref, Stretch{row, 1}).first;
  }

  std::optional<std::int64_t> find(std::int64_t ref) const {
    auto next = stretches_.upper_bound(ref);
    if (next == stretches_.begin()) return std::nullopt;
    const auto& [first, stretch] = *--next;
    if (ref - first >= stretch.count) return std::nullopt;
    return stretch.row + (ref - first);
  }

 private:
  struct Stretch {
    std::int64_t row = 0;
    std::int64_t count = 0;
  };
  std::map<std::int64_t, Stretch> stretches_;  // by the first reference number
  std::map<std::int64_t, Stretch>::iterator last_ = stretches_.end();
  std::size_t most_;
};

}  // namespace forensics::ingest
