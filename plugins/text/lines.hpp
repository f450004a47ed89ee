#pragma once
// The lines of an input, one after the other, in bounded memory: a very long one comes in pieces.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string_view>

namespace text {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Line {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  // with the line end
  std::string_view text;     // without it; valid until the next line
  bool continued = false;    // a further piece of a long line
  bool whole = true;         // its end, or the end of the input, was seen

  std::uint64_t end() const { return offset + length; }
};

class Lines {
 public:
  static constexpr std::size_t kMostPiece = std::size_t{256} << 10;

  // `end` is CR where a file has no LF at all.
  explicit Lines(fx::Window& window, std::uint64_t offset = 0, char end = '\n')
      : window_(&window), offset_(offset), end_(end) {}

  std::uint64_t offset() const { return offset_; }
  bool next(Line& line);

 private:
  fx::Window* window_;
  std::uint64_t offset_;
  char end_;
  bool inside_ = false;
};

}  // namespace text
