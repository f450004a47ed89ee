#pragma once
// Which bytes of one input were turned into records, which were skipped with a reason, and which
// nobody explained. The three add up to the whole input.

#include <cstdint>
#include <vector>

#include "model/record.hpp"
#include "plugin/interval_set.hpp"

namespace forensics::plugin {

class Coverage {
 public:
  // At most this many ranges are listed; unexplained_bytes() counts all.
  static constexpr std::size_t kListed = 1000;

  explicit Coverage(std::uint64_t length, std::uint8_t input = 0)
      : length_(length), input_(input) {}

  // Precondition: the span lies inside the input.
  void cover(const model::Span& span) { covered_.add(span.offset, span.end()); }
  void skip(const model::Span& span) { skipped_.add(span.offset, span.end()); }

  struct Sum {
    std::uint64_t covered = 0;
    std::uint64_t skipped = 0;  // and not covered
    std::uint64_t unexplained = 0;
    std::vector<model::Span> ranges;  // the unexplained ones, ascending
    bool saturated = false;           // too scattered: some explained bytes count as unexplained
  };
  Sum sum() const;

 private:
  std::uint64_t length_;
  std::uint8_t input_;
  IntervalSet covered_;
  IntervalSet skipped_;
};

}  // namespace forensics::plugin
