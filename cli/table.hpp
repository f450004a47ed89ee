#pragma once
// Rows under headings, written as they come: the widths are known before the first row, so that a
// table of a million rows needs no memory.
//
//   Table table(terminal, {{"ID", 14}, {"SENT", 16}, {"SENDER", 18}, {"TEXT", 0}});
//   out.text(table.heading());
//   out.text(table.row({id, when, isolated_name, text}));

#include <string>
#include <string_view>
#include <vector>

#include "terminal.hpp"

namespace forensics::cli {

struct Column {
  std::string_view title;
  std::size_t width = 0;  // 0: what is left; only for the last column
  bool evidence = false;  // made visible, and isolated on a terminal
  bool to_right = false;  // numbers
};

class Table {
 public:
  Table(const Terminal& terminal, std::vector<Column> columns);

  // One line each, with its line end. Cells beyond the columns are ignored. On a terminal every
  // cell but the first is cut to its width; elsewhere nothing is cut.
  std::string heading() const;
  std::string row(const std::vector<std::string>& cells) const;

 private:
  std::string cell(const Column& column, std::string_view text, bool is_last) const;

  Terminal terminal_;
  std::vector<Column> columns_;
};

}  // namespace forensics::cli
