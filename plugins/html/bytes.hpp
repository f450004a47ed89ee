#pragma once
// Where the bytes of a page come from, and a cursor that walks over them piece by piece.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace html {

// A part of the input.
struct Range {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::uint64_t end() const { return offset + length; }
  bool operator==(const Range&) const = default;
};

inline fx_span span_of(const Range& range, fx_codec codec = FX_CODEC_NONE) {
  return fx::span(range.offset, range.length, codec);
}

class Bytes {
 public:
  virtual ~Bytes() = default;
  // The bytes from `offset`, at least `want` of them unless they end before, which is where the
  // view is shorter. Valid until the next call. Callers move forward.
  virtual std::string_view at(std::uint64_t offset, std::size_t want) = 0;
};

// Of the input of a plugin, in bounded memory.
class InputBytes final : public Bytes {
 public:
  explicit InputBytes(const fx::Host& host) : window_(host) {}
  std::string_view at(std::uint64_t offset, std::size_t want) override {
    return window_.at(offset, want);
  }

 private:
  fx::Window window_;
};

// Of a text that is there already.
class HeldBytes final : public Bytes {
 public:
  explicit HeldBytes(std::string_view held) : held_(held) {}
  std::string_view at(std::uint64_t offset, std::size_t) override {
    return held_.substr(std::min<std::uint64_t>(offset, held_.size()));
  }

 private:
  std::string_view held_;
};

// Walks forward over bytes up to an end.
class Cursor {
 public:
  explicit Cursor(Bytes& bytes, std::uint64_t offset = 0, std::uint64_t end = ~std::uint64_t{0})
      : bytes_(&bytes), offset_(offset), end_(end) {}

  std::uint64_t offset() const { return offset_; }
  bool done() { return ahead_.empty() && look(1).empty(); }

  // What is at hand; empty only at the end.
  std::string_view at_hand() {
    if (ahead_.empty()) look(1);
    return ahead_;
  }
  // At least `want` bytes unless the end is nearer.
  std::string_view look(std::size_t want) {
    if (ahead_.size() < want && offset_ < end_) {
      ahead_ = bytes_->at(offset_, want);
      if (ahead_.size() > end_ - offset_)
        ahead_ = ahead_.substr(0, static_cast<std::size_t>(end_ - offset_));
    }
    return ahead_;
  }
  void advance(std::size_t n) {
    ahead_.remove_prefix(n);
    offset_ += n;
  }
  // To the next `c`, or to the end.
  bool find(char c) {
    while (!done()) {
      const std::size_t at = ahead_.find(c);
      if (at != std::string_view::npos) {
        advance(at);
        return true;
      }
      advance(ahead_.size());
    }
    return false;
  }

 private:
  Bytes* bytes_;
  std::uint64_t offset_;
  std::uint64_t end_;
  std::string_view ahead_;
};

}  // namespace html
