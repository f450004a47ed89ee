#include "row_marks.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace sqlite {

void RowMark::mix(std::uint64_t word) {
  state_ ^= word * kOdd;
  state_ = std::rotl(state_, 29) * 0xbf58476d1ce4e5b9;
}

std::uint64_t RowMark::value() const {
  std::uint64_t out = state_ ^ state_ >> 31;
  out *= 0x94d049bb133111eb;
  return out ^ out >> 29;
}

void RowMark::add(const Value& value) {
  mix(static_cast<std::uint64_t>(value.type) + 1);
  switch (value.type) {
    case Storage::null: break;
    case Storage::integer: mix(static_cast<std::uint64_t>(value.integer)); break;
    case Storage::real: mix(std::bit_cast<std::uint64_t>(value.real)); break;
    case Storage::text:
    case Storage::blob: {
      mix(value.bytes.size());
      std::string_view rest = value.bytes;
      for (std::uint64_t word = 0; !rest.empty();
           rest.remove_prefix(std::min<std::size_t>(rest.size(), 8))) {
        word = 0;
        std::memcpy(&word, rest.data(), std::min<std::size_t>(rest.size(), 8));
        mix(word);
      }
      break;
    }
  }
}

void LiveMarks::add(std::uint64_t mark) {
  if (!in_class(mark)) return;
  marks_.push_back(mark);
  if (marks_.size() < most_ || class_ != 0) return;
  // Too many for one round: half of them are left to a later one.
  classes_ *= 2;
  std::erase_if(marks_, [this](std::uint64_t one) { return !in_class(one); });
}

void LiveMarks::settle() {
  std::ranges::sort(marks_);
  buckets_.assign((std::size_t{1} << kBucketBits) + 1, 0);
  for (const std::uint64_t mark : marks_) ++buckets_[bucket_of(mark) + 1];
  std::partial_sum(buckets_.begin(), buckets_.end(), buckets_.begin());
}

bool LiveMarks::has(std::uint64_t mark) const {
  const std::size_t bucket = bucket_of(mark);
  return std::binary_search(marks_.begin() + buckets_[bucket],
                            marks_.begin() + buckets_[bucket + 1], mark);
}

bool LiveMarks::next_class() {
  if (class_ + 1 >= classes_) return false;
  ++class_;
  marks_.clear();
  return true;
}

bool SeenMarks::add(std::uint64_t mark) {
  std::uint64_t& slot = slots_[slot_of(mark)];
  if (slot == stored(mark)) return false;
  if (count_ >= most_ || slot != 0) return true;
  slot = stored(mark);
  if (++count_ * 3 > slots_.size() * 2) grow();
  return true;
}

void SeenMarks::clear() {
  count_ = 0;
  slots_.assign(kFirst, 0);
}

void SeenMarks::grow() {
  std::vector<std::uint64_t> old(slots_.size() * 2, 0);
  old.swap(slots_);
  for (const std::uint64_t mark : old)
    if (mark != 0) {
      std::uint64_t& slot = slots_[slot_of(mark)];
      if (slot == 0)
        slot = mark;
      else
        --count_;
    }
}

}  // namespace sqlite
