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
  // Two bytes, answered in place: Greek, Cyrillic, Hebrew, Arabic.
  if (first >= 0xC2 && first <= 0xDF && text.size() - at >= 2) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if ((second & 0xC0U) == 0x80U)
      return {static_cast<char32_t>((first & 0x1FU) << 6U | (second & 0x3FU)), 2, true};
  }
  return decode_multibyte(text, at);
}

void append_utf8(std::string& out, char32_t value);

bool is_valid_utf8(std::string_view text);

// A decimal digit of any script: its value and which script (the code point of its zero).
struct Digit {
  int value = -1;  // -1: no digit
  char32_t zero = 0;
};
Digit digit_beyond_ascii(char32_t c);
inline Digit digit_of(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? Digit{static_cast<int>(c - '0'), '0'} : Digit{};
  return c < 0x660 ? Digit{} : digit_beyond_ascii(c);  // the first are those of Arabic
}

// The four below are asked of nearly every character: ASCII is answered in place.

// Marks that are not seen: byte-order mark, bidirectional controls, zero-width characters.
inline bool is_invisible(char32_t c) {
  if (c < 0x061C) return false;
  return c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0x061C;
}

// LRM, RLM and ALM: what WhatsApp puts before its own words.
inline bool is_direction_mark(char32_t c) {
  return c == 0x200E || c == 0x200F || c == 0x061C;
}

// Any horizontal space of Unicode.
inline bool is_space(char32_t c) {
  if (c < 0xA0) return c == ' ' || c == '\t';
  return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

char32_t to_lower_beyond_ascii(char32_t c);
inline char32_t to_lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return to_lower_beyond_ascii(c);
}

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
