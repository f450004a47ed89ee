#pragma once
// Boxes of ISO 14496-12 and atoms of QuickTime: a length, four letters, content.

#include <optional>
#include <string>

#include "bytes.hpp"

namespace media {

struct Box {
  std::string type;  // four bytes as they are
  Range whole;
  Range inside;  // without the head
};

// The boxes that stand one after the other in a part of the input.
class Boxes {
 public:
  Boxes(Bytes& bytes, const Range& in) : bytes_(bytes), at_(in.offset), end_(in.end()) {}

  // The next one; nothing at the end and where none can begin.
  std::optional<Box> next();
  // It ended where no box can begin.
  bool is_damaged() const { return damaged_; }
  std::uint64_t at() const { return at_; }

 private:
  Bytes& bytes_;
  std::uint64_t at_, end_;
  bool damaged_ = false;
};

// A name of four letters; the sign of copyright that QuickTime's begin with in UTF-8.
std::string letters(std::string_view type);

}  // namespace media
