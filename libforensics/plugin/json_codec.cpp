#include "plugin/json_codec.hpp"

#include <cstring>

namespace forensics::plugin {
namespace {

bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The `count` hexadecimal digits at the start of `bytes`; -1 where they are not there.
std::int32_t hex_digits(ByteView bytes, std::size_t count) {
  if (bytes.size() < count) return -1;
  std::int32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int digit = hex_digit(bytes[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

std::int32_t short_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return -1;
  }
}

struct Escape {
  std::size_t length = 0;  // in the source, the backslash included; 0: no escape of JSON
  char32_t code_point = 0;
};

// The escape at the start of `bytes`, which begin with a backslash.
Escape escape_at(ByteView bytes) {
  if (bytes.size() < 2) return {};
  if (bytes[1] != 'u') {
    const std::int32_t code_point = short_escape(bytes[1]);
    return code_point < 0 ? Escape{} : Escape{2, static_cast<char32_t>(code_point)};
  }
  const std::int32_t first = hex_digits(bytes.substr(2), 4);
  if (first < 0) return {};
  const auto high = static_cast<char32_t>(first);
  if (is_high_surrogate(high) && bytes.substr(6, 2) == "\\u") {
    const std::int32_t second = hex_digits(bytes.substr(8), 4);
    if (second >= 0 && is_low_surrogate(static_cast<char32_t>(second)))
      return {12, 0x10000 + ((high - 0xD800) << 10) + (static_cast<char32_t>(second) - 0xDC00)};
  }
  return {6, high};
}

bool is_plain(char c) {
  return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
}

// How many bytes from `at` on stand for themselves.
std::size_t plain_run(ByteView bytes, std::size_t at) {
  std::size_t end = at;
  while (end < bytes.size() && is_plain(bytes[end])) ++end;
  return end - at;
}

void append_well_formed(std::string& out, ByteView bytes) {
  while (!bytes.empty()) {
    const std::size_t good = utf8_prefix(bytes);
    out.append(bytes.substr(0, good));
    bytes.remove_prefix(good);
    if (bytes.empty()) return;
    std::size_t bad = 0;
    append_utf8(out, next_code_point(bytes, bad));
    bytes.remove_prefix(bad);
  }
}

}  // namespace

std::optional<std::string> from_json_string(ByteView bytes) {
  if (!is_utf8(bytes)) return std::nullopt;
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t run = plain_run(bytes, i);
    out.append(bytes.substr(i, run));
    i += run;
    if (i == bytes.size()) break;
    if (bytes[i] != '\\') return std::nullopt;
    const Escape escape = escape_at(bytes.substr(i));
    if (escape.length == 0) return std::nullopt;
    append_utf8(out, escape.code_point);  // a lone surrogate becomes U+FFFD there
    i += escape.length;
  }
  return out;
}

std::optional<std::string> repaired_json_string(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t run = plain_run(bytes, i);
    append_well_formed(out, bytes.substr(i, run));
    i += run;
    if (i == bytes.size()) break;
    if (bytes[i] == '"') return std::nullopt;
    if (bytes[i] != '\\') {  // a control character
      out += bytes[i++];
      continue;
    }
    const ByteView rest = bytes.substr(i);
    if (rest.substr(1, 1) == "x" && hex_digits(rest.substr(2), 2) >= 0) {
      append_utf8(out, static_cast<char32_t>(hex_digits(rest.substr(2), 2)));
      i += 4;
      continue;
    }
    const Escape escape = escape_at(rest);
    if (escape.length == 0) {  // stands for itself; what comes behind it is read as it is
      out += bytes[i++];
      continue;
    }
    append_utf8(out, escape.code_point);
    i += escape.length;
    // Telegram writes the last two bytes of the character behind its escape.
    const ByteView stray = bytes.substr(i, 2);
    if ((escape.code_point == 0x2028 && stray == "\x80\xA8") ||
        (escape.code_point == 0x2029 && stray == "\x80\xA9"))
      i += 2;
  }
  return out;
}

std::optional<std::string> from_json_latin1(ByteView bytes) {
  const auto text = from_json_string(bytes);
  if (!text) return std::nullopt;
  std::string out;
  out.reserve(text->size());
  for (ByteView rest = *text; !rest.empty();) {
    std::size_t length = 0;
    const char32_t code_point = next_code_point(rest, length);
    if (code_point > 0xFF) return std::nullopt;
    out += static_cast<char>(code_point);
    rest.remove_prefix(length);
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

}  // namespace forensics::plugin
