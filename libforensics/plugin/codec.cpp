#include "plugin/codec.hpp"

#include <cstring>
#include <limits>

#include "plugin/html_codec.hpp"
#include "plugin/json_codec.hpp"
#include "plugin/number_codec.hpp"

namespace forensics::plugin {
namespace {

using model::Codec;

constexpr char32_t kReplacement = 0xFFFD;
// Of the part of a page that one value is read from.
constexpr std::uint64_t kLongestPage = std::uint64_t{16} << 20;

std::string join_lines(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool is_pair = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n';
    if (!is_pair) out += bytes[i];
  }
  return out;
}

std::string repair(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t good = utf8_prefix(bytes);
    out.append(bytes.substr(0, good));
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    std::size_t bad = 0;
    append_utf8(out, next_code_point(bytes, bad));
    bytes.remove_prefix(bad);
  }
  return join_lines(out);
}

bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}
char32_t join_surrogates(char32_t high, char32_t low) {
  return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

std::string from_utf16(ByteView bytes, bool big_endian) {
  const auto unit = [&](std::size_t i) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[2 * i]);
    const auto second = static_cast<unsigned char>(bytes[2 * i + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  const std::size_t units = bytes.size() / 2;
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < units; ++i) {
    const char32_t first = unit(i);
    const bool has_next = i + 1 < units;
    if (is_high_surrogate(first) && has_next && is_low_surrogate(unit(i + 1)))
      append_utf8(out, join_surrogates(first, unit(++i)));
    else if (first != '\r' || !has_next || unit(i + 1) != '\n')
      append_utf8(out, first);  // a lone surrogate becomes U+FFFD there
  }
  if (bytes.size() % 2 != 0) append_utf8(out, kReplacement);
  return out;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> from_percent(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != '%') {
      out += bytes[i];
      continue;
    }
    if (bytes.size() - i < 3) return std::nullopt;
    const int high = hex_digit(bytes[i + 1]);
    const int low = hex_digit(bytes[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

bool holds_carriage_return(ByteView bytes) {
  return std::memchr(bytes.data(), '\r', bytes.size()) != nullptr;
}

}  // namespace

std::optional<std::string> decode(Codec codec, ByteView bytes) {
  switch (codec) {
    case Codec::none: return std::nullopt;
    case Codec::bytes: return std::string(bytes);
    case Codec::utf8:
      if (!is_utf8(bytes)) return std::nullopt;
      return std::string(bytes);
    case Codec::utf8_lines:
      if (!is_utf8(bytes)) return std::nullopt;
      return join_lines(bytes);
    case Codec::utf8_repair: return repair(bytes);
    case Codec::utf16le: return from_utf16(bytes, false);
    case Codec::utf16be: return from_utf16(bytes, true);
    case Codec::json_string: return from_json_string(bytes);
    case Codec::json_string_repaired: return repaired_json_string(bytes);
    case Codec::json_string_latin1: return from_json_latin1(bytes);
    case Codec::html_text: return from_html_text(bytes);
    case Codec::html_attribute: return from_html_attribute(bytes);
    case Codec::percent: return from_percent(bytes);
    case Codec::base64: return from_base64(bytes);
    default: return number_text(codec, bytes);
  }
}

bool stands_for(Codec codec, ByteView bytes, ByteView value) {
  if (bytes.empty()) return value.empty() && codec != Codec::none && !is_number(codec);
  switch (codec) {
    case Codec::bytes: return bytes == value;
    case Codec::utf8: return bytes == value && is_utf8(bytes);
    case Codec::utf8_lines:
      if (!holds_carriage_return(bytes)) return bytes == value && is_utf8(bytes);
      break;
    default: break;
  }
  const auto decoded = decode(codec, bytes);
  return decoded && *decoded == value;
}

std::uint64_t longest_source(Codec codec, std::uint64_t length) {
  if (is_number(codec)) return longest_number(codec);
  // Markup that says nothing may stand between any two characters.
  if (codec == Codec::html_text || codec == Codec::html_attribute) return kLongestPage;
  // Source bytes per byte of value at worst, each reached: CR LF for one LF, the same in UTF-16,
  // \u000A, %0A; base64 makes four characters of the last one, two or three bytes.
  const std::uint64_t factor = [&]() -> std::uint64_t {
    switch (codec) {
      case Codec::none: return 0;
      case Codec::bytes:
      case Codec::utf8: return 1;
      case Codec::utf8_lines:
      case Codec::utf8_repair: return 2;
      case Codec::percent: return 3;
      case Codec::utf16le:
      case Codec::utf16be:
      case Codec::base64: return 4;
      case Codec::json_string:
      case Codec::json_string_repaired:
      case Codec::json_string_latin1: return 6;
      default: return 0;
    }
  }();
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
  return factor != 0 && length > kMax / factor ? kMax : factor * length;
}

}  // namespace forensics::plugin
