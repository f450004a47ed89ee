#pragma once
// Text for a terminal: how wide it is, how it is cut, and how text from evidence is kept from
// steering the terminal or the order of what stands around it.

#include <cstddef>
#include <string>
#include <string_view>

namespace forensics::cli {

// Columns that a text takes: 2 for wide East Asian characters and emoji, 0 for marks and format
// characters.
std::size_t columns_of(std::string_view text);

// Evidence as one line of harmless text: line ends become " ⏎ ", control characters, direction
// overrides and bytes that are no UTF-8 become visible ("<U+202E>", "<FF>").
std::string visible(std::string_view evidence);

// At most `columns` columns; what does not fit is replaced by "…".
std::string cut(std::string_view text, std::size_t columns);

// Spaces behind (or before) a text up to `columns` columns.
std::string padded(std::string_view text, std::size_t columns, bool to_right = false);

// The text between U+2068 and U+2069, so that a right-to-left name turns nothing but itself.
std::string isolated(std::string_view text);

struct Terminal {
  bool is_tty = false;
  bool colour = false;
  std::size_t columns = 0;  // 0: no limit

  // Of standard output. NO_COLOR and COLUMNS are honoured.
  static Terminal of_stdout();

  std::string bold(std::string_view text) const;
  std::string dim(std::string_view text) const;
};

}  // namespace forensics::cli
