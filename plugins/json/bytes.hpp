#pragma once
// A window over a source that moves forward only and looks a byte up at no cost. What stands before
// the mark may be forgotten; from the mark on up to kLongest bytes are kept in one piece.

#include <memory>

#include "source.hpp"

namespace json {

class Bytes {
 public:
  static constexpr std::size_t kBlock = std::size_t{1} << 18;

  explicit Bytes(const Source& source)
      : source_(source), base_(source.begin()), buffer_(new char[kBlock]), capacity_(kBlock) {}

  std::uint64_t offset() const { return base_ + at_; }
  std::uint64_t end() const { return source_.end(); }

  // The byte at the cursor; -1 at the end of the source.
  int peek() {
    if (at_ == filled_ && !fill()) return -1;
    return static_cast<unsigned char>(buffer_[at_]);
  }
  // What is in memory from the cursor on, at least one byte; empty at the end of the source.
  std::string_view rest() {
    if (at_ == filled_ && !fill()) return {};
    return {buffer_.get() + at_, filled_ - at_};
  }
  // At least `n` bytes from the cursor on, unless the source ends before.
  std::string_view rest(std::size_t n) {
    while (filled_ - at_ < n && fill()) {
    }
    return {buffer_.get() + at_, filled_ - at_};
  }
  // `n` bytes that are in memory.
  void advance(std::size_t n) { at_ += n; }

  // Bytes from the cursor on stay in memory until release(), however far the cursor moves.
  void mark() {
    mark_ = at_;
    is_marked_ = true;
  }
  void release() { is_marked_ = false; }
  std::string_view since_mark() const { return {buffer_.get() + mark_, at_ - mark_}; }

 private:
  bool fill() {
    const std::size_t keep = is_marked_ ? mark_ : at_;
    if (keep != 0) {
      std::memmove(buffer_.get(), buffer_.get() + keep, filled_ - keep);
      base_ += keep;
      at_ -= keep;
      filled_ -= keep;
      mark_ = 0;
    }
    if (capacity_ - filled_ < kBlock / 2) grow();
    const std::size_t got =
        source_.read(base_ + filled_, buffer_.get() + filled_, capacity_ - filled_);
    filled_ += got;
    return got != 0;
  }

  void grow() {
    std::unique_ptr<char[]> larger(new char[capacity_ * 2]);
    std::memcpy(larger.get(), buffer_.get(), filled_);
    buffer_ = std::move(larger);
    capacity_ *= 2;
  }

  const Source& source_;
  std::uint64_t base_;  // offset of buffer_[0]
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_;
  std::size_t filled_ = 0;
  std::size_t at_ = 0;
  std::size_t mark_ = 0;
  bool is_marked_ = false;
};

}  // namespace json
