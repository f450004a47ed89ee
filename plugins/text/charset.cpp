#include "text/charset.hpp"

#include <cstdint>

#include "text/utf8.hpp"

namespace text {
namespace {

struct Single {
  std::string_view name;
  unsigned short upper[128];
};
// clang-format off
constexpr Single kSingles[] = {
#include "text/charset.inc"
};
// clang-format on

constexpr struct {
  std::string_view alias, name;
} kAliases[] = {
    {"latin1", "iso-8859-1"},   {"iso8859-1", "iso-8859-1"},  {"iso_8859-1", "iso-8859-1"},
    {"l1", "iso-8859-1"},       {"latin2", "iso-8859-2"},     {"iso-8859-8-i", "iso-8859-8"},
    {"cp1250", "windows-1250"}, {"cp1251", "windows-1251"},   {"cp1252", "windows-1252"},
    {"cp1253", "windows-1253"}, {"cp1254", "windows-1254"},   {"cp1255", "windows-1255"},
    {"cp1256", "windows-1256"}, {"ibm866", "cp866"},          {"ibm437", "cp437"},
    {"mac", "macintosh"},       {"x-mac-roman", "macintosh"}, {"tis-620", "windows-874"},
    {"ansi", "windows-1252"}};

std::string from_utf16(std::string_view bytes, bool big) {
  std::string out;
  out.reserve(bytes.size());
  const auto unit = [&](std::size_t at) -> std::uint32_t {
    const auto a = static_cast<unsigned char>(bytes[at]);
    const auto b = static_cast<unsigned char>(bytes[at + 1]);
    return big ? std::uint32_t{a} << 8 | b : std::uint32_t{b} << 8 | a;
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    std::uint32_t code = unit(at);
    if (code >= 0xd800 && code < 0xdc00 && at + 3 < bytes.size()) {
      const std::uint32_t low = unit(at + 2);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        at += 2;
      }
    }
    append_utf8(out, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
  }
  if (bytes.size() % 2 != 0) append_utf8(out, 0xfffd);
  return out;
}

}  // namespace

Charset::Charset(std::string_view name) {
  if (same_word(name, "utf-8") || same_word(name, "utf8") || same_word(name, "us-ascii") ||
      same_word(name, "ascii")) {
    kind_ = Kind::utf8;
  } else if (same_word(name, "utf-16le")) {
    kind_ = Kind::utf16le;
  } else if (same_word(name, "utf-16be") || same_word(name, "utf-16")) {
    kind_ = Kind::utf16be;
  }
  for (const auto& alias : kAliases)
    if (same_word(name, alias.alias)) name = alias.name;
  for (const Single& single : kSingles) {
    if (!same_word(name, single.name)) continue;
    kind_ = Kind::single;
    upper_ = single.upper;
  }
}

std::string Charset::to_utf8(std::string_view bytes) const {
  if (kind_ == Kind::utf16le || kind_ == Kind::utf16be) {
    const bool little = bytes.starts_with("\xff\xfe");
    const bool marked = little || bytes.starts_with("\xfe\xff");
    if (marked) bytes.remove_prefix(2);
    return from_utf16(bytes, marked ? !little : kind_ == Kind::utf16be);
  }
  std::string out;
  out.reserve(bytes.size());
  if (kind_ != Kind::single) {
    // Line by line, because repairing joins line ends.
    while (!bytes.empty()) {
      const std::size_t end = std::min(bytes.find('\r'), bytes.size() - 1) + 1;
      out += repaired(bytes.substr(0, end));
      bytes.remove_prefix(end);
    }
    return out;
  }
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const std::uint32_t code = byte < 0x80 ? byte : upper_[byte - 0x80];
    append_utf8(out, code == 0 && byte != 0 ? 0xfffd : code);
  }
  return out;
}

}  // namespace text
