#include "encoding.hpp"

#include <algorithm>
#include <string_view>

namespace facebook {
namespace {

constexpr std::size_t kLongestEscape = 6;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The code of a "\uXXXX" that `bytes` begin with; -1 where they do not.
int code_of(std::string_view bytes) {
  if (bytes.size() < kLongestEscape || bytes[1] != 'u') return -1;
  int code = 0;
  for (std::size_t i = 2; i < kLongestEscape; ++i) {
    const int digit = hex_digit(bytes[i]);
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

// UTF-8, byte by byte.
class Sequence {
 public:
  explicit Sequence(Encoding& found) : found_(found) {}

  void byte(unsigned value) {
    if (missing_ == 0) return lead(value);
    if (value < low_ || value > high_) {
      ++found_.ill_formed;
      missing_ = 0;
      return lead(value);
    }
    low_ = 0x80;
    high_ = 0xBF;
    if (--missing_ == 0) ++found_.characters;
  }
  // Something else follows; a string that was cut ends in the middle of a character.
  void end(bool of_string) {
    if (missing_ != 0) ++(of_string ? found_.cut : found_.ill_formed);
    missing_ = 0;
  }

 private:
  void lead(unsigned value) {
    low_ = value == 0xE0 ? 0xA0U : value == 0xF0 ? 0x90U : 0x80U;
    high_ = value == 0xED ? 0x9FU : value == 0xF4 ? 0x8FU : 0xBFU;
    if (value >= 0xC2 && value <= 0xDF)
      missing_ = 1;
    else if (value >= 0xE0 && value <= 0xEF)
      missing_ = 2;
    else if (value >= 0xF0 && value <= 0xF4)
      missing_ = 3;
    else
      ++found_.ill_formed;
  }

  Encoding& found_;
  int missing_ = 0;
  unsigned low_ = 0x80;
  unsigned high_ = 0xBF;
};

}  // namespace

Encoding encoding_of(const fx::Host& host) {
  Encoding found;
  Sequence sequence(found);
  fx::Window window(host);
  std::uint64_t at = 0;
  found.has_mark = window.at(0, 3).starts_with("\xEF\xBB\xBF");
  if (found.has_mark) at = 3;
  while (at < window.length()) {
    std::string_view ahead = window.at(at, kLongestEscape);
    if (ahead.empty()) break;
    const auto plain_end = std::find_if(ahead.begin(), ahead.end(), [&](char c) {
      found.bytes_above_ascii += static_cast<unsigned char>(c) >> 7U;
      return c == '\\';
    });
    const auto plain = static_cast<std::size_t>(plain_end - ahead.begin());
    if (plain != 0) sequence.end(ahead.front() == '"');
    if (plain == ahead.size()) {
      at += plain;
      continue;
    }
    if (ahead.size() - plain < kLongestEscape && at + ahead.size() < window.length()) {
      at += plain;  // the escape goes on behind this view
      continue;
    }
    at += plain;
    ahead.remove_prefix(plain);
    const int code = code_of(ahead);
    if (code < 0x80) sequence.end(false);
    if (code >= 0x80 && code <= 0xFF) {
      if (found.escapes_of_bytes++ == 0) found.first = at;
      sequence.byte(static_cast<unsigned>(code));
    } else if (code > 0xFF) {
      ++found.escapes_above;
      sequence.end(false);
    }
    at += std::min(ahead.size(), code < 0 ? std::size_t{2} : kLongestEscape);
  }
  return found;
}

std::string Encoding::reason() const {
  const auto count = [](std::uint64_t n, std::string_view what) {
    return std::to_string(n).append(" ").append(what);
  };
  return count(escapes_of_bytes, "escapes from \\u0080 to \\u00ff, ") +
         count(escapes_above, "above, ") + count(bytes_above_ascii, "bytes outside of ASCII") +
         (has_mark ? ", a byte order mark; " : "; ") +
         "the escapes, each taken for one byte, are " + count(characters, "characters of UTF-8, ") +
         count(cut, "cut at the end of a string, ") + count(ill_formed, "ill-formed");
}

}  // namespace facebook
