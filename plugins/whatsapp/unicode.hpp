#pragma once
// The little Unicode that reading an export needs: no tables beyond digits, spaces and letters with
// case. All functions are total: ill-formed bytes are answered, never trusted.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace whatsapp {

struct CodePoint {
  char32_t value = 0;
  std::uint8_t length = 0;  // bytes; 0 at the end of the text
  bool valid = true;        // false: an ill-formed maximal subpart, value is U+FFFD
};

CodePoint decode_multibyte(std::string_view text, std::size_t at);

// The code point at `at`. An ill-formed sequence is its maximal subpart, as in the Unicode
// Standard, table 3-8: what the codec UTF8_REPAIR replaces by one U+FFFD.
inline CodePoint decode(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, true};
  return decode_multibyte(text, at);
}

void append_utf8(std::string& out, char32_t value);

bool is_valid_utf8(std::string_view text);

// A decimal digit of any script: its value and which script (the code point of its zero).
struct Digit {
  int value = -1;  // -1: no digit
  char32_t zero = 0;
};
Digit digit_of(char32_t c);

// Marks that are not seen: byte-order mark, bidirectional controls, zero-width characters.
bool is_invisible(char32_t c);
// LRM, RLM and ALM: what WhatsApp puts before its own words.
bool is_direction_mark(char32_t c);
bool is_space(char32_t c);  // any horizontal space of Unicode
char32_t to_lower(char32_t c);

// Bytes of direction marks (and byte-order marks between them) that `text` begins with.
std::size_t leading_marks(std::string_view text);
bool begins_with_mark(std::string_view text);

// A word as the tables spell it: lower case, without spaces, full stops and invisible marks.
void fold_word(std::string_view word, std::string& out);

std::string_view trim_marks(std::string_view text);

// `text` without bidirectional controls, byte-order marks and spaces at both ends.
inline std::string_view trim_display(std::string_view text) {
  const auto plain = [](char c) { return c > ' ' && c < 0x7F; };
  if (!text.empty() && plain(text.front()) && plain(text.back())) return text;
  return trim_marks(text);
}

}  // namespace whatsapp
