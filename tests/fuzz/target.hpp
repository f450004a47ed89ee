#pragma once
// What the fuzz targets share: a promise that is checked, and values taken from an input's front.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "base/bytes.hpp"

namespace forensics::fuzz {

// Ends the process where a promise does not hold: that is how a fuzz target fails.
inline void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

// The bytes of one input as a script: each call takes something off the front. Behind the end
// numbers are zero and texts empty.
class Script {
 public:
  Script(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  bool done() const { return rest_.empty(); }

  template <typename Number>
  Number number() {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Number) && !rest_.empty(); ++i) {
      value |= std::uint64_t{static_cast<unsigned char>(rest_.front())} << (8 * i);
      rest_.remove_prefix(1);
    }
    return static_cast<Number>(value);
  }

  // A place in something of `size` parts; 0 where it has none.
  template <typename Number = std::uint8_t>
  std::size_t place(std::size_t size) {
    const auto value = number<Number>();
    return size == 0 ? 0 : static_cast<std::size_t>(value) % size;
  }

  ByteView text(std::size_t length) {
    const ByteView taken = rest_.substr(0, std::min(length, rest_.size()));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  ByteView short_text() { return text(number<std::uint8_t>()); }
  ByteView all() { return text(rest_.size()); }

 private:
  ByteView rest_;
};

}  // namespace forensics::fuzz
