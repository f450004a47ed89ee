#include "dialect.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "text/utf8.hpp"

namespace table {
namespace {

constexpr std::size_t kHead = std::size_t{48} << 10;
constexpr std::size_t kMostLooked = 60;  // rows

void find_encoding(std::string_view head, Found& found) {
  Dialect& dialect = found.dialect;
  if (head.starts_with("\xEF\xBB\xBF")) {
    dialect.preamble = 3;
    found.encoding_reason = "a byte order mark says so";
  } else if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    dialect.encoding = head.front() == '\xFF' ? Encoding::utf16le : Encoding::utf16be;
    dialect.preamble = 2;
    found.encoding_reason = "a byte order mark says so";
  } else if (text::is_utf8(text::cut(head, head.size() > 4 ? head.size() - 4 : head.size()))) {
    found.encoding_reason = "the beginning of the file is well-formed in it";
  } else {
    dialect.encoding = Encoding::other;
    found.encoding_reason =
        "the beginning of the file is no UTF-8 and nothing says what it is: letters beyond ASCII "
        "are read as U+FFFD";
  }
}

struct Count {
  std::size_t columns = 0, agreeing = 0, rows = 0;
};

Count count(const fx::Host& host, const Dialect& dialect) {
  fx::Window window(host, kHead);
  Rows rows(window, dialect);
  Row row;
  std::map<std::size_t, std::size_t> by_columns;
  Count out;
  while (out.rows < kMostLooked && rows.next(row)) {
    // The last one may be cut by the end of what is looked at.
    if (row.offset + row.length >= kHead) break;
    if (row.cells.size() == 1 && row.cells[0].raw.empty()) continue;
    ++out.rows;
    ++by_columns[row.cells.size()];
  }
  for (const auto& [columns, times] : by_columns)
    if (times > out.agreeing) out = {columns, times, out.rows};
  return out;
}

// Names are texts, all different, none a number.
bool looks_like_names(const Row& row, Encoding encoding) {
  std::set<std::string> names;
  for (const Cell& cell : row.cells) {
    const std::string name(text::trimmed(value_of(cell, encoding).text));
    const bool numeric = name.find_first_not_of("0123456789.,:;-+/ ") == std::string::npos;
    if (numeric || name.size() > 128 || !names.insert(name).second) return false;
  }
  return row.cells.size() > 1;
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8: return "utf-8";
    case Encoding::utf16le: return "utf-16le";
    case Encoding::utf16be: return "utf-16be";
    case Encoding::other: break;
  }
  return "not-known";
}

std::string_view name_of_delimiter(char delimiter) {
  switch (delimiter) {
    case ',': return "comma";
    case ';': return "semicolon";
    case '\t': return "tab";
    default: return "vertical-line";
  }
}

Found find_dialect(const fx::Host& host) {
  Found found;
  std::string head(kHead, '\0');
  head.resize(host.read(0, head.data(), head.size()));
  find_encoding(head, found);
  std::size_t best = 0;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    Dialect dialect = found.dialect;
    dialect.delimiter = delimiter;
    const Count counted = count(host, dialect);
    if (counted.columns < 2) continue;
    // Rows that agree count most, then the number of columns.
    const std::size_t score =
        counted.agreeing * 1000 / std::max<std::size_t>(counted.rows, 1) * 1000 +
        std::min<std::size_t>(counted.columns, 900);
    if (score <= best) continue;
    best = score;
    found.dialect.delimiter = delimiter;
    found.columns = counted.columns;
    found.rows = counted.rows;
    found.agreeing = counted.agreeing;
  }
  found.delimiter_reason = std::to_string(found.agreeing) + " of the first " +
                           std::to_string(found.rows) + " rows have " +
                           std::to_string(found.columns) + " columns with it";
  fx::Window window(host, kHead);
  Rows rows(window, found.dialect);
  Row row;
  if (rows.next(row)) found.has_names = looks_like_names(row, found.dialect.encoding);
  found.names_reason = found.has_names
                           ? "the cells of the first row are texts, all different, none a number"
                           : "cells of the first row are empty, alike or numbers";
  return found;
}

}  // namespace table
