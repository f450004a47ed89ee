#pragma once
// Rows by a 64-bit mark, for telling whether a record equals one that was seen before.

#include <cstdint>
#include <string_view>
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
  static constexpr unsigned kBucketBits = 16;
  static std::size_t bucket_of(std::uint64_t mark) { return mark >> (64 - kBucketBits); }

  std::size_t most_;
  std::uint64_t classes_ = 1;
  std::uint64_t class_ = 0;
  std::vector<std::uint64_t> marks_;  // sorted
  // Where the marks of each value of their first bits begin: a question touches few cache lines.
  std::vector<std::uint32_t> buckets_;
};

// A set that stops growing: behind its limit what was seen is taken for new.
// Open addressing: one look at memory for most questions, and 12 to 24 bytes a mark.
class SeenMarks {
 public:
  explicit SeenMarks(std::size_t most) : most_(most) { clear(); }
  bool has(std::uint64_t mark) const { return slots_[slot_of(mark)] == stored(mark); }
  // False where it was there before.
  bool add(std::uint64_t mark);
  void clear();

 private:
  static constexpr std::size_t kFirst = 1024;
  static constexpr std::size_t kLongest = 1024;  // way to a free slot; only made evidence is longer

  // Where the mark is, or the free slot that it belongs into, or one of another mark: then there is
  // no place for it. Marks are mixed well already.
  std::size_t slot_of(std::uint64_t mark) const {
    std::size_t at = mark & (slots_.size() - 1);
    for (std::size_t i = 0; i < kLongest && slots_[at] != 0 && slots_[at] != stored(mark); ++i)
      at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  // 0 says that a slot is free.
  static std::uint64_t stored(std::uint64_t mark) { return mark == 0 ? 1 : mark; }
  void grow();

  std::size_t most_;
  std::size_t count_ = 0;
  std::vector<std::uint64_t> slots_;
};

}  // namespace sqlite
