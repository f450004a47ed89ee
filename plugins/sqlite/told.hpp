#pragma once
// Which values of the rows that a reader is at have become fields, so that the others can be
// written down as they are. Remembers the last rows only: what belongs to a row is told close
// together.

#include <array>
#include <cstdint>
#include <vector>

#include "bytes.hpp"

namespace sqlite {

class Told {
 public:
  void add(const Span& cell, std::size_t column) {
    std::vector<bool>& columns = of(cell);
    if (columns.size() <= column) columns.resize(column + 1);
    columns[column] = true;
  }
  bool has(const Span& cell, std::size_t column) const {
    for (const Entry& each : entries_)
      if (each.cell == cell) return column < each.columns.size() && each.columns[column];
    return false;
  }

 private:
  static constexpr std::size_t kRows = 16;
  struct Entry {
    Span cell;
    std::vector<bool> columns;
  };

  std::vector<bool>& of(const Span& cell) {
    if (entries_[last_].cell == cell) return entries_[last_].columns;
    for (std::size_t i = 0; i < kRows; ++i)
      if (entries_[i].cell == cell) return entries_[last_ = i].columns;
    last_ = next_++ % kRows;
    entries_[last_].cell = cell;
    entries_[last_].columns.clear();
    return entries_[last_].columns;
  }

  std::array<Entry, kRows> entries_;
  std::size_t last_ = 0;
  std::size_t next_ = 0;
};

}  // namespace sqlite
