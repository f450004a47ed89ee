#include "support/codecs.hpp"

#include <algorithm>
#include <cstdint>

#include "plugin/html_codec.hpp"

namespace forensics::test {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

std::uint8_t byte(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

// Table 3-7 of the Unicode standard: the allowed second bytes after each lead byte.
struct Lead {
  std::size_t length;
  std::uint8_t low, high;
};

Lead lead(std::uint8_t first) {
  if (first < 0x80) return {1, 0, 0};
  if (first >= 0xC2 && first <= 0xDF) return {2, 0x80, 0xBF};
  if (first == 0xE0) return {3, 0xA0, 0xBF};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return {3, 0x80, 0xBF};
  if (first == 0xF0) return {4, 0x90, 0xBF};
  if (first >= 0xF1 && first <= 0xF3) return {4, 0x80, 0xBF};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

struct Piece {
  std::size_t length;  // bytes of the sequence, or of the maximal ill-formed subpart
  bool well_formed;
};

Piece piece(std::string_view bytes, std::size_t at) {
  const Lead start = lead(byte(bytes, at));
  if (start.length == 0) return {1, false};
  for (std::size_t i = 1; i < start.length; ++i) {
    const std::uint8_t low = i == 1 ? start.low : 0x80;
    const std::uint8_t high = i == 1 ? start.high : 0xBF;
    if (at + i >= bytes.size()) return {i, false};
    if (byte(bytes, at + i) < low || byte(bytes, at + i) > high) return {i, false};
  }
  return {start.length, true};
}

std::optional<std::string> from_utf8(std::string_view bytes, bool repair) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const Piece next = piece(bytes, at);
    if (!next.well_formed && !repair) return std::nullopt;
    out += next.well_formed ? bytes.substr(at, next.length) : kReplacement;
    at += next.length;
  }
  return out;
}

void put_utf8(std::string& out, std::uint32_t code) {
  const auto tail = [&out](std::uint32_t bits) {
    out += static_cast<char>(0x80U | (bits & 0x3FU));
  };
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

std::optional<std::string> from_utf16(std::string_view bytes, bool big) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  const auto unit = [&](std::size_t at) -> std::uint32_t {
    const std::uint32_t a = byte(bytes, at);
    const std::uint32_t b = byte(bytes, at + 1);
    return big ? (a << 8U) | b : (b << 8U) | a;
  };
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    std::uint32_t code = unit(at);
    if (code >= 0xD800 && code <= 0xDFFF) {
      const bool pair = code <= 0xDBFF && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 &&
                        unit(at + 2) <= 0xDFFF;
      code = pair ? 0x10000 + ((code - 0xD800) << 10U) + (unit(at + 2) - 0xDC00) : 0xFFFD;
      if (pair) at += 2;
    }
    put_utf8(out, code);
  }
  return out;
}

std::string with_lf(std::string text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
    out += text[at];
  }
  return out;
}

std::optional<std::string> with_lf(std::optional<std::string> text) {
  if (!text) return std::nullopt;
  return with_lf(std::move(*text));
}

// Of the inside of a JSON string, unit by unit: escapes become UTF-16 first, so that a pair of
// escapes is a pair of surrogates like any other.
std::optional<std::string> from_json_string(std::string_view bytes) {
  if (!from_utf8(bytes, false)) return std::nullopt;
  constexpr std::string_view kEscapes = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const std::uint8_t first = byte(bytes, at);
    if (first == '"' || first < 0x20) return std::nullopt;
    if (first != '\\') {
      out += bytes[at];
      continue;
    }
    std::string units;  // a run of \u escapes, as UTF-16
    while (bytes.substr(at, 2) == "\\u") {
      const std::string digits(bytes.substr(at + 2, 4));
      if (digits.size() != 4 ||
          digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
        return std::nullopt;
      const unsigned long unit = std::stoul(digits, nullptr, 16);
      units += static_cast<char>(unit >> 8U);
      units += static_cast<char>(unit & 0xFFU);
      at += 6;
    }
    if (!units.empty()) {
      out += *from_utf16(units, true);
      --at;
      continue;
    }
    ++at;
    const std::size_t which = at < bytes.size() ? kEscapes.find(bytes[at]) : std::string_view::npos;
    if (which == std::string_view::npos) return std::nullopt;
    out += kMeanings[which];
  }
  return out;
}

// Byte by byte, with the standard's own words: whatever is no escape stands for itself.
std::optional<std::string> from_broken_json_string(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    if (bytes[at] == '"') return std::nullopt;
    if (bytes[at] != '\\') {
      const Piece next = byte(bytes, at) < 0x80 ? Piece{1, true} : piece(bytes, at);
      out += next.well_formed ? bytes.substr(at, next.length) : kReplacement;
      at += next.length;
      continue;
    }
    const std::string_view hex = bytes.substr(std::min(at + 2, bytes.size()), 2);
    if (bytes.substr(at + 1, 1) == "x" && hex.size() == 2 &&
        hex.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos) {
      put_utf8(out, static_cast<std::uint32_t>(std::stoul(std::string(hex), nullptr, 16)));
      at += 4;
      continue;
    }
    std::size_t length = 0;
    for (const std::size_t candidate : {12, 6, 2}) {
      const std::string_view escape = bytes.substr(at, candidate);
      const bool is_pair = candidate == 12;
      const auto value = escape.size() == candidate ? from_json_string(escape) : std::nullopt;
      if (!value || (is_pair && byte(*value, 0) < 0xF0)) continue;
      out += *value;
      length = candidate;
      break;
    }
    if (length == 0) {
      out += '\\';
      ++at;
      continue;
    }
    const std::string_view escape = bytes.substr(at, length);
    at += length;
    const std::string_view stray = bytes.substr(at, 2);
    if ((escape == "\\u2028" && stray == "\x80\xA8") ||
        (escape == "\\u2029" && stray == "\x80\xA9"))
      at += 2;
  }
  return out;
}

std::optional<std::string> from_json_latin1(std::string_view bytes) {
  const auto text = from_json_string(bytes);
  if (!text) return std::nullopt;
  std::string out;
  for (std::size_t at = 0; at < text->size(); ++at) {
    const std::uint8_t first = byte(*text, at);
    if (first < 0x80)
      out += (*text)[at];
    else if (first == 0xC2 || first == 0xC3)
      out += static_cast<char>((first & 3U) << 6U | (byte(*text, ++at) & 0x3FU));
    else
      return std::nullopt;
  }
  return from_utf8(out, false);
}

}  // namespace

std::optional<std::string> decode(std::string_view bytes, model::Codec codec) {
  switch (codec) {
    case model::Codec::bytes: return std::string(bytes);
    case model::Codec::utf8: return from_utf8(bytes, false);
    case model::Codec::utf8_lines: return with_lf(from_utf8(bytes, false));
    case model::Codec::utf8_repair: return with_lf(from_utf8(bytes, true));
    case model::Codec::utf16le: return with_lf(from_utf16(bytes, false));
    case model::Codec::utf16be: return with_lf(from_utf16(bytes, true));
    case model::Codec::json_string: return from_json_string(bytes);
    case model::Codec::json_string_repaired: return from_broken_json_string(bytes);
    case model::Codec::json_string_latin1: return from_json_latin1(bytes);
    // The host's decoder is not the one that plugins use.
    case model::Codec::html_text: return plugin::from_html_text(bytes);
    case model::Codec::html_attribute: return plugin::from_html_attribute(bytes);
    default: return std::nullopt;
  }
}

}  // namespace forensics::test
