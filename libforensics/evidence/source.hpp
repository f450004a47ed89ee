#pragma once
// A range of an open file, read in pieces that stay in memory until the next one.

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace forensics::evidence {

// Reads whole ranges at any offset. Borrowed descriptor; where its file position
// stands does not matter.
class Source {
 public:
  // ErrorCode::unreadable where the descriptor is no file of a known size.
  static Result<Source> of(int descriptor);

  std::uint64_t size() const { return size_; }

  // The bytes at `offset`, fewer than `length` only at the end of the file. Valid until the next
  // call. Small neighbouring reads cost one system call a window.
  Result<ByteView> at(std::uint64_t offset, std::size_t length);

 private:
  Source(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}

  int descriptor_;
  std::uint64_t size_;
  std::uint64_t start_ = 0;  // of the window in the file
  std::string window_;
};

// Whether the bytes from `begin` to `end` are all zero.
Result<bool> is_zero(Source& source, std::uint64_t begin, std::uint64_t end);

}  // namespace forensics::evidence
