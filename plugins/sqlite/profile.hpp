#pragma once
// What the live rows of a table look like, and how well bytes found elsewhere fit to it.

#include <cstdint>
#include <optional>
#include <vector>

#include "header.hpp"
#include "row.hpp"
#include "table.hpp"

namespace sqlite {

struct ColumnProfile {
  std::uint8_t seen = 0;      // a bit for each Storage
  std::uint16_t serials = 0;  // a bit for each serial type below 10
  bool controls = false;      // a text with control characters
  std::int64_t least = 0;     // of integers, where one was seen
  std::int64_t most = 0;
  double largest = 0;         // magnitude of a real
  std::uint64_t longest = 0;  // bytes of a text or blob

  bool has_seen(Storage storage) const { return (seen >> static_cast<unsigned>(storage) & 1) != 0; }
};

struct Profile {
  std::uint64_t rows = 0;
  std::size_t fewest_columns = 0;  // that a record of the table has
  std::int64_t most_rowid = 0;
  std::vector<ColumnProfile> columns;

  void add(const Row& row, Encoding encoding);
};

// How many bits of evidence the values of `row`, found where no live row stands, give for being a
// record of `table`: how much rarer such bytes are among arbitrary ones. nullopt where SQLite could
// not have written them into this table. What speaks against them counts negative.
std::optional<int> weigh(const Table& table, const Profile& profile, const Header& header,
                         const Row& row);

}  // namespace sqlite
