#include "plugin/interval_set.hpp"

#include <algorithm>
#include <iterator>

namespace forensics::plugin {

void IntervalSet::add(std::uint64_t begin, std::uint64_t end) {
  if (begin == end) return;

  // The usual case: right behind, or past, everything there is.
  auto next = intervals_.end();
  if (!intervals_.empty() && begin < std::prev(next)->second) next = intervals_.upper_bound(begin);

  if (next != intervals_.begin()) {
    const auto before = std::prev(next);
    if (before->second >= end) return;
    if (before->second >= begin) {
      if (next == intervals_.end() || next->first > end) {
        size_ += end - before->second;
        before->second = end;
        return;
      }
      begin = before->first;
      size_ -= before->second - before->first;
      next = intervals_.erase(before);
    }
  }
  while (next != intervals_.end() && next->first <= end) {
    end = std::max(end, next->second);
    size_ -= next->second - next->first;
    next = intervals_.erase(next);
  }
  if (intervals_.size() >= most_) {
    saturated_ = true;
    return;
  }
  intervals_.emplace_hint(next, begin, end);
  size_ += end - begin;
}

void IntervalSet::add(const IntervalSet& other) {
  for (const auto& [begin, end] : other.intervals_) add(begin, end);
}

bool IntervalSet::contains(std::uint64_t number) const {
  const auto next = intervals_.upper_bound(number);
  return next != intervals_.begin() && std::prev(next)->second > number;
}

}  // namespace forensics::plugin
