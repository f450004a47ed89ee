#pragma once
// How a table is written, found out from its beginning. Each decision is told with its reason.

#include <forensics/plugin.hpp>

#include <string>
#include <vector>

#include "text/rows.hpp"

namespace table {

using text::Cell;
using text::Dialect;
using text::Encoding;
using text::Row;
using text::Rows;
using text::Value;
using text::value_of;

struct Found {
  Dialect dialect;
  std::size_t columns = 0;   // of most rows
  std::size_t rows = 0;      // that were looked at
  std::size_t agreeing = 0;  // of these many have that many columns
  bool has_names = false;    // the first row looks like names of columns
  std::string encoding_reason, delimiter_reason, names_reason;
};

Found find_dialect(const fx::Host& host);

std::string_view name_of(Encoding encoding);
std::string_view name_of_delimiter(char delimiter);

}  // namespace table
