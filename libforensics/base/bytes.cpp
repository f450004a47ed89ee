#include "base/bytes.hpp"

namespace forensics {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code_point;
  std::size_t length;
  bool valid;
};

// Table 3-7 of the Unicode Standard: the first byte fixes the range of the second.
Decoded decode(ByteView bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  const unsigned first = byte(at);
  if (first < 0x80) return {first, 1, true};
  std::size_t extra = 0;
  unsigned low = 0x80;
  unsigned high = 0xBF;
  char32_t value = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    extra = 1;
    value = first & 0x1FU;
  } else if (first >= 0xE0 && first <= 0xEF) {
    extra = 2;
    value = first & 0x0FU;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    extra = 3;
    value = first & 0x07U;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  } else {
    return {kReplacement, 1, false};
  }
  for (std::size_t i = 1; i <= extra; ++i) {
    const unsigned next = byte(at + i);
    if (at + i >= bytes.size() || next < low || next > high) return {kReplacement, i, false};
    low = 0x80;
    high = 0xBF;
    value = (value << 6) | (next & 0x3FU);
  }
  return {value, extra + 1, true};
}

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto value = static_cast<unsigned char>(c);
    out += kHex[value >> 4];
    out += kHex[value & 15U];
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::optional<Digest> digest_from_bytes(ByteView bytes) {
  Digest digest{};
  if (bytes.size() != digest.size()) return std::nullopt;
  for (std::size_t i = 0; i < digest.size(); ++i) digest[i] = static_cast<std::uint8_t>(bytes[i]);
  return digest;
}

std::optional<Digest> digest_from_hex(std::string_view text) {
  const auto bytes = from_hex(text);
  return bytes ? digest_from_bytes(*bytes) : std::nullopt;
}

std::string to_base64(ByteView bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = (group << 8) | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out += k <= have ? kBase64[(group >> (18 - 6 * k)) & 63U] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    unsigned group = 0;
    std::size_t have = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const char c = text[i + k];
      if (c == '=') {
        // Padding only at the very end, and only where it is due.
        if (i + 4 != text.size() || k < 2 || (k == 2 && text[i + 3] != '=')) return std::nullopt;
        group <<= 6;
        continue;
      }
      const std::size_t value = kBase64.find(c);
      if (value == std::string_view::npos || have != k) return std::nullopt;
      ++have;
      group = (group << 6) | static_cast<unsigned>(value);
    }
    const unsigned unused = have == 2 ? group & 0xFFFFU : have == 3 ? group & 0xFFU : 0U;
    if (unused != 0) return std::nullopt;
    for (std::size_t k = 0; k + 1 < have; ++k)
      out += static_cast<char>((group >> (16 - 8 * k)) & 255U);
  }
  return out;
}

std::size_t utf8_prefix(ByteView bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const Decoded decoded = decode(bytes, at);
    if (!decoded.valid) return at;
    at += decoded.length;
  }
  return at;
}

bool is_utf8(ByteView bytes) {
  return utf8_prefix(bytes) == bytes.size();
}

std::string legible(ByteView bytes) {
  std::string out;
  while (!bytes.empty()) {
    const std::size_t good = utf8_prefix(bytes);
    out.append(bytes.substr(0, good));
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    out += "\\x" + to_hex(bytes.substr(0, 1));
    bytes.remove_prefix(1);
  }
  return out;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  const auto put = [&](unsigned value) { out += static_cast<char>(value); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0U | (c >> 6));
    put(0x80U | (c & 63U));
  } else if (c < 0x10000) {
    put(0xE0U | (c >> 12));
    put(0x80U | ((c >> 6) & 63U));
    put(0x80U | (c & 63U));
  } else {
    put(0xF0U | (c >> 18));
    put(0x80U | ((c >> 12) & 63U));
    put(0x80U | ((c >> 6) & 63U));
    put(0x80U | (c & 63U));
  }
}

char32_t next_code_point(ByteView bytes, std::size_t& at) {
  const Decoded decoded = decode(bytes, at);
  at += decoded.length;
  return decoded.code_point;
}

}  // namespace forensics
