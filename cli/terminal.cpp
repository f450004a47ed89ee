#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/bytes.hpp"

namespace forensics::cli {
namespace {

constexpr std::string_view kEllipsis = "…";

std::size_t columns_of(char32_t c) {
  const auto character = static_cast<UChar32>(c);
  switch (u_charType(character)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR: return 0;
    default: break;
  }
  // Hangul vowels and finals stand inside the syllable that they belong to.
  if (c >= 0x1160 && c <= 0x11FF) return 0;
  switch (u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_FULLWIDTH:
    case U_EA_WIDE: return 2;
    default: return 1;
  }
}

bool steers_direction(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string hex(unsigned value, int digits) {
  char out[16];
  std::snprintf(out, sizeof out, "%0*X", digits, value);
  return out;
}

std::size_t environment_columns() {
  const char* text = std::getenv("COLUMNS");
  if (text == nullptr) return 0;
  std::size_t columns = 0;
  std::from_chars(text, text + std::strlen(text), columns);
  return columns;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) columns += columns_of(next_code_point(text, at));
  return columns;
}

std::string visible(std::string_view evidence) {
  std::string out;
  for (std::size_t at = 0; at < evidence.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(evidence, at);
    const std::string_view bytes = evidence.substr(begin, at - begin);
    if (c == 0xFFFD && bytes != "\uFFFD") {
      for (const char byte : bytes)
        out.append("<").append(hex(static_cast<unsigned char>(byte), 2)).append(">");
    } else if (c == '\n' || c == 0x2028 || c == 0x2029) {
      out += " ⏎ ";
    } else if (c == '\t') {
      out += ' ';
    } else if (u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR || steers_direction(c)) {
      out.append("<U+").append(hex(static_cast<unsigned>(c), 4)).append(">");
    } else {
      out += bytes;
    }
  }
  return out;
}

std::string cut(std::string_view text, std::size_t columns) {
  if (columns_of(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::size_t used = 0, end = 0;
  for (std::size_t at = 0; at < text.size();) {
    used += columns_of(next_code_point(text, at));
    if (used > columns - 1) break;
    end = at;
  }
  return std::string(text.substr(0, end)).append(kEllipsis);
}

std::string padded(std::string_view text, std::size_t columns, bool to_right) {
  const std::size_t used = columns_of(text);
  const std::string spaces(used < columns ? columns - used : 0, ' ');
  return to_right ? spaces + std::string(text) : std::string(text) + spaces;
}

std::string isolated(std::string_view text) {
  return "\u2068" + std::string(text) + "\u2069";
}

Terminal Terminal::of_stdout() {
  Terminal out;
  out.is_tty = isatty(STDOUT_FILENO) == 1;
  if (!out.is_tty) return out;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  out.colour = (no_colour == nullptr || *no_colour == '\0') && term != nullptr &&
               std::string_view(term) != "dumb";
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) out.columns = size.ws_col;
  if (const std::size_t columns = environment_columns(); columns > 0) out.columns = columns;
  if (out.columns == 0) out.columns = 80;
  return out;
}

std::string Terminal::bold(std::string_view text) const {
  return colour ? "\x1b[1m" + std::string(text) + "\x1b[0m" : std::string(text);
}

std::string Terminal::dim(std::string_view text) const {
  return colour ? "\x1b[2m" + std::string(text) + "\x1b[0m" : std::string(text);
}

}  // namespace forensics::cli
