#pragma once
// The rows of a delimited text file (RFC 4180 and its relatives), with the place of every cell.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace text {

enum class Encoding { utf8, utf16le, utf16be, other };

struct Dialect {
  Encoding encoding = Encoding::utf8;
  std::uint64_t preamble = 0;  // a byte order mark
  char delimiter = ',';

  std::size_t unit() const {
    return encoding == Encoding::utf16le || encoding == Encoding::utf16be ? 2 : 1;
  }
};

struct Cell {
  std::uint64_t offset = 0;  // without quotes
  std::string_view raw;      // valid until the next row
  bool doubled = false;      // quotes stand doubled inside of it
};

struct Row {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  // with the line end
  std::vector<Cell> cells;
  bool cut = false;           // a quote does not close, or it is too long
  std::uint64_t dropped = 0;  // cells beyond the limit
};

class Rows {
 public:
  static constexpr std::size_t kMostRow = std::size_t{8} << 20;
  static constexpr std::size_t kMostCells = 3000;

  Rows(fx::Window& window, const Dialect& dialect)
      : window_(window), dialect_(dialect), offset_(dialect.preamble) {}
  bool next(Row& row);

 private:
  bool read(std::string_view there, bool last, Row& row) const;
  int unit_at(std::string_view there, std::size_t at) const;

  fx::Window& window_;
  const Dialect& dialect_;
  std::uint64_t offset_;
};

// The cell as UTF-8, and whether that is what its bytes say through `codec`.
struct Value {
  std::string text;
  fx_codec codec = FX_CODEC_NONE;  // NONE: it follows by a rule
};
Value value_of(const Cell& cell, Encoding encoding);

}  // namespace text
