#pragma once
// Lines of a text file with the place of every byte: UTF-8 or UTF-16, any mix of line ends, in
// bounded memory. A line longer than kMaxPiece comes in pieces.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace whatsapp {

enum class Encoding : std::uint8_t { utf8, utf16le, utf16be };

struct Preamble {
  Encoding encoding = Encoding::utf8;
  std::uint64_t length = 0;  // bytes of byte-order marks at the start
};
Preamble detect_encoding(fx::Window& window);

// Bytes of the input that the UTF-8 text `prefix`, read from it, stands for.
std::uint64_t source_length_utf16(std::string_view prefix);
inline std::uint64_t source_length(std::string_view prefix, Encoding encoding) {
  return encoding == Encoding::utf8 ? prefix.size() : source_length_utf16(prefix);
}

// `raw` as UTF-8: itself for Encoding::utf8, else transcoded into `scratch`.
std::string_view to_utf8(std::string_view raw, Encoding encoding, std::string& scratch);

struct Line {
  std::uint64_t offset = 0;  // of its first byte in the input
  std::uint64_t length = 0;  // bytes, with the line end
  std::string_view text;     // as UTF-8, without the line end; valid until the next line
  bool continued = false;    // a further piece of an oversized line
};

class LineReader {
 public:
  static constexpr std::size_t kMaxPiece = std::size_t{256} << 10;

  LineReader(fx::Window& window, const Preamble& preamble)
      : window_(&window), encoding_(preamble.encoding), offset_(preamble.length) {}

  // The next line; false at the end. The window keeps what stands from `keep` on.
  bool next(Line& line, std::uint64_t keep);
  bool next(Line& line) { return next(line, offset_); }

  std::uint64_t offset() const { return offset_; }

 private:
  // Where the first CR of `raw`, which begins at offset_, stands before `stop`; else `stop`.
  std::size_t carriage_in(std::string_view raw, std::size_t stop);

  fx::Window* window_;
  Encoding encoding_;
  std::uint64_t offset_;
  std::uint64_t without_carriage_ = 0;  // there is no CR from offset_ to here
  bool inside_line_ = false;
  std::string scratch_;
};

}  // namespace whatsapp
