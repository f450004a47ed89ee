#pragma once
// Small parts of the input at any place, through one block of it in memory, and the numbers in
// them. What lies beyond the end is not there; a number of too few bytes is 0.

#include <forensics/plugin.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace media {

struct Range {
  std::uint64_t offset = 0, length = 0;
  std::uint64_t end() const { return offset + length; }
};

// What is left of it behind its first `n` bytes.
inline Range behind(const Range& where, std::uint64_t n) {
  const std::uint64_t cut = std::min(n, where.length);
  return {where.offset + cut, where.length - cut};
}

class Bytes {
 public:
  static constexpr std::size_t kMost = std::size_t{64} << 10;

  explicit Bytes(const fx::Host& host) : host_(host), length_(host.length()) {}

  const fx::Host& host() const { return host_; }
  std::uint64_t length() const { return length_; }

  // Up to `n` bytes, at most kMost; fewer where the input ends. Valid until the next call.
  std::string_view at(std::uint64_t offset, std::uint64_t n) {
    if (offset >= length_) return {};
    const auto want = static_cast<std::size_t>(
        std::min({n, static_cast<std::uint64_t>(kMost), length_ - offset}));
    if (offset < begin_ || offset + want > begin_ + block_.size()) {
      host_.check_cancelled();
      block_.resize(std::max(want, std::size_t{4096}));
      block_.resize(host_.read(offset, block_.data(), block_.size()));
      begin_ = offset;
    }
    return std::string_view(block_).substr(static_cast<std::size_t>(offset - begin_), want);
  }

 private:
  const fx::Host& host_;
  std::uint64_t length_;
  std::uint64_t begin_ = 0;
  std::string block_;
};

enum class Order : std::uint8_t { big, little };

inline std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t n,
                            Order order = Order::big) {
  if (at > bytes.size() || n > bytes.size() - at) return 0;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t from = order == Order::big ? at + i : at + n - 1 - i;
    value = value << 8U | static_cast<std::uint8_t>(bytes[from]);
  }
  return value;
}

}  // namespace media
