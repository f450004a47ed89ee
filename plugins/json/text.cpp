#include "text.hpp"

#include <array>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace json {
namespace {

std::uint8_t byte(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

bool is_plain(std::uint8_t c) {
  return c >= 0x20 && c != '"' && c != '\\';
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::int32_t hex_digits(std::string_view bytes, std::size_t count) {
  if (bytes.size() < count) return -1;
  std::int32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int digit = hex_digit(bytes[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// Table 3-7 of the Unicode standard: how long a sequence is and what its second byte may be.
struct Lead {
  std::uint8_t length = 0, low = 0x80, high = 0xBF;
};

Lead lead(std::uint8_t first) {
  if (first < 0x80) return {1};
  if (first < 0xC2) return {0};
  if (first < 0xE0) return {2};
  if (first == 0xE0) return {3, 0xA0};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first < 0xF0) return {3};
  if (first == 0xF0) return {4, 0x90};
  if (first < 0xF4) return {4};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  return {0};
}

// The length of the character at `at`, or of the ill-formed maximal subpart there (`good` false).
std::size_t character(std::string_view bytes, std::size_t at, bool& good) {
  const Lead first = lead(byte(bytes, at));
  good = false;
  if (first.length == 0) return 1;
  for (std::size_t i = 1; i < first.length; ++i) {
    if (at + i >= bytes.size()) return i;
    const std::uint8_t next = byte(bytes, at + i);
    if (next < (i == 1 ? first.low : 0x80) || next > (i == 1 ? first.high : 0xBF)) return i;
  }
  good = true;
  return first.length;
}

void append_repaired(std::string& out, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t good = utf8_prefix(bytes);
    out.append(bytes.substr(0, good));
    bytes.remove_prefix(good);
    if (bytes.empty()) return;
    bool is_good = false;
    bytes.remove_prefix(character(bytes, 0, is_good));
    out += "\xEF\xBF\xBD";
  }
}

}  // namespace

std::size_t plain_run(std::string_view bytes, bool& saw_high) {
  std::size_t at = 0;
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i last_control = _mm_set1_epi8(0x1F);
  int high = 0;
  for (; at + 16 <= bytes.size(); at += 16) {
    const __m128i block =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + at));  // NOLINT
    const __m128i is_control = _mm_cmpeq_epi8(_mm_min_epu8(block, last_control), block);
    const __m128i stop = _mm_or_si128(
        is_control, _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)));
    const auto stops = static_cast<unsigned>(_mm_movemask_epi8(stop));
    const int not_ascii = _mm_movemask_epi8(block);
    if (stops != 0) {
      const auto run = static_cast<unsigned>(__builtin_ctz(stops));
      saw_high = saw_high || ((high | (not_ascii & ((1 << run) - 1))) != 0);
      return at + run;
    }
    high |= not_ascii;
  }
  saw_high = saw_high || high != 0;
#endif
  for (; at < bytes.size() && is_plain(byte(bytes, at)); ++at)
    saw_high = saw_high || byte(bytes, at) >= 0x80;
  return at;
}

std::size_t utf8_prefix(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (bytes.size() - at >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + at, sizeof word);
      if ((word & 0x8080808080808080U) == 0) {
        at += 8;
        continue;
      }
    }
    bool good = false;
    const std::size_t length = character(bytes, at, good);
    if (!good) break;
    at += length;
  }
  return at;
}

bool is_utf8(std::string_view bytes) {
  return utf8_prefix(bytes) == bytes.size();
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto tail = [&out](std::uint32_t bits) {
    out += static_cast<char>(0x80U | (bits & 0x3FU));
  };
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | (code >> 6U));
    tail(code);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | (code >> 12U));
    tail(code >> 6U);
    tail(code);
  } else {
    out += static_cast<char>(0xF0U | (code >> 18U));
    tail(code >> 12U);
    tail(code >> 6U);
    tail(code);
  }
}

Escape escape_at(std::string_view bytes) {
  if (bytes.size() < 2) return {};
  if (bytes[1] != 'u') {
    constexpr std::string_view kEscapes = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t which = kEscapes.find(bytes[1]);
    if (which == std::string_view::npos) return {};
    return {2, static_cast<std::uint32_t>(kMeanings[which])};
  }
  const std::int32_t first = hex_digits(bytes.substr(2), 4);
  if (first < 0) return {};
  if (first >= 0xD800 && first <= 0xDBFF && bytes.substr(6, 2) == "\\u") {
    const std::int32_t second = hex_digits(bytes.substr(8), 4);
    if (second >= 0xDC00 && second <= 0xDFFF)
      return {12, static_cast<std::uint32_t>(0x10000 + ((first - 0xD800) << 10) + second - 0xDC00)};
  }
  return {6, static_cast<std::uint32_t>(first)};
}

bool is_hex_escape(std::string_view bytes) {
  return bytes.substr(1, 1) == "x" && hex_digits(bytes.substr(2), 2) >= 0;
}

std::size_t stray_bytes(std::uint32_t code_point, std::string_view behind) {
  if (code_point == 0x2028 && behind.substr(0, 2) == "\x80\xA8") return 2;
  if (code_point == 0x2029 && behind.substr(0, 2) == "\x80\xA9") return 2;
  return 0;
}

void append_text(std::string& out, std::string_view raw, Form form) {
  if (form == Form::unread) return;
  if (form == Form::plain) {
    out.append(raw);
    return;
  }
  if (form == Form::broken) {
    append_repaired(out, raw);
    return;
  }
  for (std::size_t at = 0; at < raw.size();) {
    bool saw_high = false;
    const std::size_t run = plain_run(raw.substr(at), saw_high);
    if (saw_high && form == Form::repaired)
      append_repaired(out, raw.substr(at, run));
    else
      out.append(raw.substr(at, run));
    at += run;
    if (at == raw.size()) return;
    const std::string_view rest = raw.substr(at);
    if (rest[0] != '\\') {
      out += raw[at++];
    } else if (is_hex_escape(rest)) {
      append_utf8(out, static_cast<std::uint32_t>(hex_digits(rest.substr(2), 2)));
      at += 4;
    } else if (const Escape escape = escape_at(rest); escape.length != 0) {
      append_utf8(out, escape.code_point);
      at += escape.length;
      if (form == Form::repaired) at += stray_bytes(escape.code_point, raw.substr(at));
    } else {
      out += raw[at++];
    }
  }
}

std::string text_of(std::string_view raw, Form form) {
  std::string out;
  out.reserve(raw.size());
  append_text(out, raw, form);
  return out;
}

std::optional<std::string> latin1_text(std::string_view raw) {
  if (!is_utf8(raw)) return std::nullopt;
  std::string out;
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    const std::uint8_t first = byte(raw, at);
    if (first == '"' || first < 0x20) return std::nullopt;
    if (first == '\\') {
      const Escape escape = escape_at(raw.substr(at));
      if (escape.length == 0 || escape.code_point > 0xFF) return std::nullopt;
      out += static_cast<char>(escape.code_point);
      at += escape.length;
    } else if (first < 0x80) {
      out += raw[at++];
    } else if (first == 0xC2 || first == 0xC3) {
      out += static_cast<char>((first & 3U) << 6U | (byte(raw, at + 1) & 0x3FU));
      at += 2;
    } else {
      return std::nullopt;
    }
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

}  // namespace json
