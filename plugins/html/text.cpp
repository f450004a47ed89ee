#include "html/text.hpp"

#include "html/references.hpp"
#include "html/rules.hpp"
#include "html/tokens.hpp"

namespace html {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool is_tail(char c, unsigned char low = 0x80, unsigned char high = 0xBF) {
  const auto value = static_cast<unsigned char>(c);
  return value >= low && value <= high;
}

// The well-formed sequence that `bytes` begin with, or the maximal ill-formed subpart (Unicode 15,
// table 3-7); `good` says which.
std::size_t sequence(std::string_view bytes, bool& good) {
  const auto first = static_cast<unsigned char>(bytes[0]);
  good = first < 0x80;
  if (good) return 1;
  const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 1;
  if (length == 1) return 1;
  const unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  std::size_t have = 1;
  if (bytes.size() > 1 && is_tail(bytes[1], low, high)) {
    have = 2;
    while (have < length && have < bytes.size() && is_tail(bytes[have])) ++have;
  }
  good = have == length;
  return have;
}

bool is_plain(std::string_view bytes) {
  for (const char c : bytes)
    if (c == '&' || c == '<' || c == '\r' || static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

void append_characters(std::string& out, std::string_view bytes, bool in_attribute) {
  while (!bytes.empty()) {
    std::size_t length = 1;
    if (bytes[0] == '&') {
      length = take_reference(bytes, in_attribute, out);
      if (length == 0) {
        out += '&';
        length = 1;
      }
    } else if (bytes[0] != '\r' || !bytes.substr(1).starts_with('\n')) {
      bool good = false;
      length = sequence(bytes, good);
      out += good ? bytes.substr(0, length) : kReplacement;
    }
    bytes.remove_prefix(length);
  }
}

}  // namespace

std::string text_of(std::string_view inner) {
  std::string out;
  if (is_plain(inner)) return out = inner;
  out.reserve(inner.size());
  HeldBytes held(inner);
  Tokens tokens(held);
  Token token;
  while (tokens.next(token)) {
    const bool said =
        token.kind == Kind::text ||
        (token.kind == Kind::raw && token.name() != "script" && token.name() != "style");
    if (said)
      append_characters(out, inner.substr(token.where.offset, token.where.length), false);
    else if (token.kind == Kind::start && token.name() == "br")
      out += '\n';
  }
  return out;
}

std::string attribute_of(std::string_view value) {
  std::string out;
  if (is_plain(value)) return out = value;
  append_characters(out, value, true);
  return out;
}

Range trimmed(std::string_view bytes, Range where) {
  std::size_t begin = 0;
  std::size_t end = bytes.size();
  while (begin < end && is_space(bytes[begin])) ++begin;
  while (end > begin && is_space(bytes[end - 1])) --end;
  return {where.offset + begin, end - begin};
}

std::string_view Values::bytes(Range where) {
  const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(where.length, kMostBytes));
  return window_.at(where.offset, length).substr(0, length);
}

}  // namespace html
