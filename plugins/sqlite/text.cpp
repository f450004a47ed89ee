#include "text.hpp"

#include "format.hpp"

namespace sqlite {
namespace {

constexpr char32_t kNone = 0xffffffff;  // the bytes at this place are no character
constexpr char32_t kReplacement = 0xfffd;

struct Character {
  char32_t code = kNone;
  std::size_t length = 1;
};

Character utf8_at(std::string_view bytes, std::size_t at) {
  const std::uint32_t lead = byte_at(bytes, at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4) return {};
  char32_t code = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (at + i >= bytes.size() || (byte_at(bytes, at + i) & 0xc0) != 0x80) return {kNone, i};
    code = code << 6 | (byte_at(bytes, at + i) & 0x3f);
    if (i > 1) continue;
    const bool overlong = (length == 3 && code < 0x20) || (length == 4 && code < 0x10);
    const bool surrogate = length == 3 && code >= 0x360 && code <= 0x37f;
    if (overlong || surrogate || (length == 4 && code > 0x10f)) return {};
  }
  return {code, length};
}

Character utf16_at(std::string_view bytes, std::size_t at, bool little) {
  const auto unit = [&](std::size_t i) {
    const std::uint32_t value = be16(bytes, i);
    return little ? (value >> 8 | (value & 0xff) << 8) : value;
  };
  if (at + 2 > bytes.size()) return {};
  const std::uint32_t first = unit(at);
  if (first < 0xd800 || first > 0xdfff) return {first, 2};
  if (first > 0xdbff || at + 4 > bytes.size()) return {kNone, 2};
  const std::uint32_t second = unit(at + 2);
  if (second < 0xdc00 || second > 0xdfff) return {kNone, 2};
  return {0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff)), 4};
}

Character character_at(std::string_view bytes, std::size_t at, Encoding encoding) {
  if (encoding == Encoding::utf8) return utf8_at(bytes, at);
  return utf16_at(bytes, at, encoding == Encoding::utf16le);
}

void append(std::string& out, char32_t code) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      put(0xe0 | code >> 12);
    } else {
      put(0xf0 | code >> 18);
      put(0x80 | (code >> 12 & 0x3f));
    }
    put(0x80 | (code >> 6 & 0x3f));
  }
  put(0x80 | (code & 0x3f));
}

bool is_control(char32_t code) {
  return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || code == 0x7f ||
         (code >= 0x80 && code < 0xa0);
}

bool is_unusual(char32_t code) {
  return (code & 0xfffe) == 0xfffe || (code >= 0xe000 && code < 0xf900) ||
         (code >= 0xfdd0 && code < 0xfdf0) || code >= 0xe0200;
}

}  // namespace

bool well_formed(std::string_view bytes, Encoding encoding) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Character character = character_at(bytes, at, encoding);
    if (character.code == kNone) return false;
    at += character.length;
  }
  return true;
}

std::string to_utf8(std::string_view bytes, Encoding encoding) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const Character character = character_at(bytes, at, encoding);
    append(out, character.code == kNone ? kReplacement : character.code);
    at += character.length;
  }
  return out;
}

TextShape shape_of(std::string_view bytes, Encoding encoding) {
  TextShape shape;
  for (std::size_t at = 0; at < bytes.size();) {
    const Character character = character_at(bytes, at, encoding);
    if (character.code == kNone) return shape;
    ++shape.characters;
    if (is_control(character.code)) shape.controls = true;
    if (is_unusual(character.code)) ++shape.unusual;
    at += character.length;
  }
  shape.well_formed = true;
  return shape;
}

}  // namespace sqlite
