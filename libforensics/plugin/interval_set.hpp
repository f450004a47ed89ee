#pragma once
// A set of 64-bit numbers kept as disjoint, non-adjacent intervals: the bytes of an artifact that
// are accounted for, or the reference numbers that records have taken. Numbers that arrive in
// ascending order cost O(1) and, where they are adjacent, no memory.

#include <cstdint>
#include <map>

namespace forensics::plugin {

class IntervalSet {
 public:
  // Numbers that would need more than `most` intervals are left out and saturated() becomes true:
  // the set never claims what was not added, so coverage errs towards "unexplained".
  explicit IntervalSet(std::size_t most = std::size_t{1} << 20) : most_(most) {}

  // Adds [begin, end). Precondition: begin <= end.
  void add(std::uint64_t begin, std::uint64_t end);
  void add(const IntervalSet& other);

  bool contains(std::uint64_t number) const;
  std::uint64_t size() const { return size_; }  // how many numbers
  bool saturated() const { return saturated_; }

  // begin -> end, ascending.
  const std::map<std::uint64_t, std::uint64_t>& intervals() const { return intervals_; }

 private:
  std::map<std::uint64_t, std::uint64_t> intervals_;
  std::size_t most_;
  std::uint64_t size_ = 0;
  bool saturated_ = false;
};

}  // namespace forensics::plugin
