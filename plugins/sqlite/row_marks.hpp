#pragma once
// Rows by a 64-bit mark, for telling whether a record equals one that was seen before.

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "row.hpp"

namespace sqlite {

class RowMark {
 public:
  explicit RowMark(std::uint64_t seed) : state_(seed * kOdd + 1) {}

  void add(const Value& value);
  void add(std::int64_t number) { mix(static_cast<std::uint64_t>(number)); }
  std::uint64_t value() const;

 private:
  static constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;

  void mix(std::uint64_t word);

  std::uint64_t state_;
};

// The marks of all live rows, in bounded memory: where there are too many, those of one class of
// marks at a time. Fill, settle(), ask; then next_class() and fill again.
class LiveMarks {
 public:
  explicit LiveMarks(std::size_t most) : most_(most) {}

  void add(std::uint64_t mark);
  void settle();
  bool has(std::uint64_t mark) const;
  bool in_class(std::uint64_t mark) const { return mark % classes_ == class_; }
  // False after the last class.
  bool next_class();

 private:
  std::size_t most_;
  std::uint64_t classes_ = 1;
  std::uint64_t class_ = 0;
  std::vector<std::uint64_t> marks_;
};

// A set that stops growing: behind its limit what was seen is taken for new.
class SeenMarks {
 public:
  explicit SeenMarks(std::size_t most) : most_(most) {}
  bool has(std::uint64_t mark) const { return marks_.contains(mark); }
  bool add(std::uint64_t mark) {
    return marks_.size() < most_ ? marks_.insert(mark).second : !has(mark);
  }
  void clear() { marks_.clear(); }

 private:
  std::size_t most_;
  std::unordered_set<std::uint64_t> marks_;
};

}  // namespace sqlite
