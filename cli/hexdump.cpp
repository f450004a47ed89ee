#include "hexdump.hpp"

#include <fmt/format.h>

namespace forensics::cli {

std::string hexdump(std::string_view bytes, std::uint64_t offset) {
  constexpr std::size_t kRow = 16;
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += kRow) {
    const std::string_view row = bytes.substr(at, kRow);
    out += fmt::format("{:>12}  ", offset + at);
    std::string text;
    for (std::size_t column = 0; column < kRow; ++column) {
      if (column == kRow / 2) out += ' ';
      if (column >= row.size()) {
        out += "   ";
        continue;
      }
      const auto byte = static_cast<unsigned char>(row[column]);
      out += fmt::format("{:02x} ", byte);
      text += byte >= 0x20 && byte < 0x7F ? row[column] : '.';
    }
    out += " " + text + "\n";
  }
  return out;
}

}  // namespace forensics::cli
