#include "html/references.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace html {
namespace {

struct Reference {
  std::string_view name;
  std::string_view utf8;
};

constexpr Reference kReferences[] = {
#include <forensics/character_references.inc>
};

constexpr std::size_t kLongestName = 32;
constexpr std::uint32_t kReplacement = 0xFFFD;

// What the numbers 128 to 159 mean: pages of Windows-1252 made them so. 0 where they stay.
constexpr std::uint16_t kWindows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int digit_of(char c, int base) {
  int digit = -1;
  if (c >= '0' && c <= '9') digit = c - '0';
  if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
  if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
  return digit < base ? digit : -1;
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code >= 0x80 && code <= 0x9F && kWindows[code - 0x80] != 0) code = kWindows[code - 0x80];
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacement;
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  const unsigned lead = more == 1 ? 0xC0U : more == 2 ? 0xE0U : 0xF0U;
  out += static_cast<char>(lead | (code >> (6 * more)));
  for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80U | ((code >> (6 * i)) & 0x3FU));
}

std::size_t take_number(std::string_view bytes, std::string& out) {
  std::size_t at = 2;
  const bool hexadecimal = bytes.size() > at && (bytes[at] == 'x' || bytes[at] == 'X');
  if (hexadecimal) ++at;
  const std::size_t first = at;
  std::uint32_t code = 0;
  for (; at < bytes.size(); ++at) {
    const int digit = digit_of(bytes[at], hexadecimal ? 16 : 10);
    if (digit < 0) break;
    if (code <= 0x10FFFF)
      code = code * (hexadecimal ? 16U : 10U) + static_cast<std::uint32_t>(digit);
  }
  if (at == first) return 0;
  append_utf8(out, code);
  return at < bytes.size() && bytes[at] == ';' ? at + 1 : at;
}

const Reference* find(std::string_view name) {
  const auto found =
      std::lower_bound(std::begin(kReferences), std::end(kReferences), name,
                       [](const Reference& each, std::string_view to) { return each.name < to; });
  return found != std::end(kReferences) && found->name == name ? found : nullptr;
}

}  // namespace

std::size_t take_reference(std::string_view bytes, bool in_attribute, std::string& out) {
  if (bytes.size() < 2) return 0;
  if (bytes[1] == '#') return take_number(bytes, out);
  std::size_t run = 0;
  while (run < kLongestName && run + 1 < bytes.size() && is_alphanumeric(bytes[run + 1])) ++run;
  const bool ended = run + 1 < bytes.size() && bytes[run + 1] == ';';
  for (std::size_t length = ended ? run + 1 : run; length > 1; --length) {
    const Reference* found = find(bytes.substr(1, length));
    if (found == nullptr) continue;
    const char next = length + 1 < bytes.size() ? bytes[length + 1] : '\0';
    if (in_attribute && found->name.back() != ';' && (next == '=' || is_alphanumeric(next)))
      return 0;
    out += found->utf8;
    return length + 1;
  }
  return 0;
}

}  // namespace html
