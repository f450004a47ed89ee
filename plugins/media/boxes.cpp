#include "boxes.hpp"

#include <array>
#include <cstdio>

namespace media {

std::optional<Box> Boxes::next() {
  if (at_ >= end_) return std::nullopt;
  const std::uint64_t left = end_ - at_;
  const std::string head(bytes_.at(at_, std::min<std::uint64_t>(left, 16)));
  std::uint64_t length = number(head, 0, 4);
  std::uint64_t before = 8;
  if (length == 1) {
    length = number(head, 8, 8);
    before = 16;
  } else if (length == 0) {
    // To the end of the file; within others a list of QuickTime may end so.
    if (left == 4 || (left >= 8 && number(head, 4, 4) == 0)) return std::nullopt;
    length = left;
  }
  if (left < before || length < before || length > left) {
    damaged_ = true;
    return std::nullopt;
  }
  const Box box{head.substr(4, 4), {at_, length}, {at_ + before, length - before}};
  at_ += length;
  return box;
}

std::string letters(std::string_view type) {
  std::string out;
  for (const char c : type) {
    const auto byte = static_cast<unsigned>(static_cast<std::uint8_t>(c));
    if (byte == 0xA9) {
      out += "\xC2\xA9";
    } else if (byte > 0x20 && byte < 0x7F && c != '=') {
      out += c;
    } else {
      std::array<char, 8> code{};
      std::snprintf(code.data(), code.size(), "\\x%02x", byte);
      out += code.data();
    }
  }
  return out;
}

}  // namespace media
