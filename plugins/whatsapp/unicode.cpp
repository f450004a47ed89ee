#include "unicode.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace whatsapp {
namespace {

// The zeros of the decimal digits (General_Category Nd) outside ASCII that a clock may use.
constexpr char32_t kZeros[] = {
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
};

bool is_continuation(unsigned char byte) {
  return (byte & 0xC0U) == 0x80U;
}

// Well-formedness by the Unicode Standard, table 3-7, as an automaton without branches: a state is
// the place of its answer in the step of a byte, so that one shift goes on to the next state.
enum State : std::uint64_t {
  kComplete = 0,
  kIllFormed = 6,
  kOneMore = 12,
  kTwoMore = 18,
  kThreeMore = 24,
  kAfterE0 = 30,
  kAfterED = 36,
  kAfterF0 = 42,
  kAfterF4 = 48,
};

constexpr State after(State state, unsigned byte) {
  const auto within = [&](unsigned low, unsigned high) { return byte >= low && byte <= high; };
  switch (state) {
    case kComplete:
      if (byte < 0x80) return kComplete;
      if (within(0xC2, 0xDF)) return kOneMore;
      if (byte == 0xE0) return kAfterE0;
      if (byte == 0xED) return kAfterED;
      if (within(0xE1, 0xEF)) return kTwoMore;
      if (byte == 0xF0) return kAfterF0;
      if (byte == 0xF4) return kAfterF4;
      return within(0xF1, 0xF3) ? kThreeMore : kIllFormed;
    case kOneMore: return within(0x80, 0xBF) ? kComplete : kIllFormed;
    case kTwoMore: return within(0x80, 0xBF) ? kOneMore : kIllFormed;
    case kThreeMore: return within(0x80, 0xBF) ? kTwoMore : kIllFormed;
    case kAfterE0: return within(0xA0, 0xBF) ? kOneMore : kIllFormed;
    case kAfterED: return within(0x80, 0x9F) ? kOneMore : kIllFormed;
    case kAfterF0: return within(0x90, 0xBF) ? kTwoMore : kIllFormed;
    case kAfterF4: return within(0x80, 0x8F) ? kTwoMore : kIllFormed;
    case kIllFormed: return kIllFormed;
  }
  return kIllFormed;
}

constexpr std::array<std::uint64_t, 256> kSteps = [] {
  std::array<std::uint64_t, 256> steps{};
  for (unsigned byte = 0; byte < steps.size(); ++byte)
    for (std::uint64_t state = kComplete; state <= kAfterF4; state += 6)
      steps[byte] |= std::uint64_t{after(static_cast<State>(state), byte)} << state;
  return steps;
}();

// Looks at all of it: no branch that depends on the text.
bool is_ascii(std::string_view text) {
  std::uint64_t all = 0;
  std::size_t at = 0;
  for (; text.size() - at >= 8; at += 8) {
    std::uint64_t block;
    std::memcpy(&block, text.data() + at, sizeof block);
    all |= block;
  }
  for (; at < text.size(); ++at) all |= static_cast<unsigned char>(text[at]);
  return (all & 0x8080808080808080U) == 0;
}

}  // namespace

CodePoint decode_multibyte(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const std::size_t left = text.size() - at;
  const unsigned char first = byte(0);
  std::uint8_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  char32_t value = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
    value = first & 0x1FU;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    value = first & 0x0FU;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    value = first & 0x07U;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  } else {
    return {0xFFFD, 1, false};
  }
  for (std::uint8_t i = 1; i < length; ++i) {
    if (i >= left) return {0xFFFD, i, false};
    const unsigned char next = byte(i);
    const bool fits = i == 1 ? next >= low && next <= high : is_continuation(next);
    if (!fits) return {0xFFFD, i, false};
    value = (value << 6U) | (next & 0x3FU);
  }
  return {value, length, true};
}

void append_utf8(std::string& out, char32_t value) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0U | (value >> 6U));
    put(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    put(0xE0U | (value >> 12U));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  } else {
    put(0xF0U | (value >> 18U));
    put(0x80U | ((value >> 12U) & 0x3FU));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  }
}

bool is_valid_utf8(std::string_view text) {
  if (is_ascii(text)) return true;
  std::uint64_t state = kComplete;
  // Only the low six bits of a state count, and a shift looks at no others.
  for (const char byte : text) state = kSteps[static_cast<unsigned char>(byte)] >> (state & 63U);
  return (state & 63U) == kComplete;
}

Digit digit_beyond_ascii(char32_t c) {
  const auto* after = std::upper_bound(std::begin(kZeros), std::end(kZeros), c);
  if (after == std::begin(kZeros)) return {};
  const char32_t zero = *(after - 1);
  return c - zero <= 9 ? Digit{static_cast<int>(c - zero), zero} : Digit{};
}

char32_t to_lower_beyond_ascii(char32_t c) {
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
      (c >= 0x410 && c <= 0x42F))
    return c + 32;
  if (c == 0x130) return 'i';
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c | 1U;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c + (c & 1U);
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x460 && c <= 0x52F && !(c >= 0x482 && c <= 0x48B) && !(c >= 0x4C0 && c <= 0x4CF))
    return c | 1U;
  if (c >= 0x531 && c <= 0x556) return c + 48;
  return c;
}

std::size_t leading_marks(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const CodePoint c = decode(text, at);
    if (!is_direction_mark(c.value) && c.value != 0xFEFF) break;
    at += c.length;
  }
  return at;
}

bool begins_with_mark(std::string_view text) {
  return is_direction_mark(decode(text, 0).value);
}

void fold_word(std::string_view word, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = decode(word, at);
    at += c.length;
    if (is_space(c.value) || is_invisible(c.value) || c.value == '.') continue;
    append_utf8(out, to_lower(c.value));
  }
}

std::string_view trim_marks(std::string_view text) {
  const auto dropped = [](char32_t c) {
    return is_space(c) || is_direction_mark(c) || c == 0xFEFF || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
  };
  std::size_t begin = 0;
  while (begin < text.size()) {
    const CodePoint c = decode(text, begin);
    if (!dropped(c.value)) break;
    begin += c.length;
  }
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t last = end - 1;
    while (last > begin && is_continuation(static_cast<unsigned char>(text[last]))) --last;
    const CodePoint c = decode(text, last);
    if (!dropped(c.value) || last + c.length != end) break;
    end = last;
  }
  return text.substr(begin, end - begin);
}

}  // namespace whatsapp
