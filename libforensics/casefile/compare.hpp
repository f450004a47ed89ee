#pragma once
// Compares tables of two databases, row by row in the order of their keys and value by value, with
// the types that the values really have. Memory does not grow with the tables.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "casefile/database.hpp"

namespace forensics::casefile {

struct Difference {
  static constexpr std::size_t kMostRows = 50;

  std::uint64_t changed = 0;      // rows of the same key with other values
  std::uint64_t missing = 0;      // rows that `wanted` has and `found` has not
  std::uint64_t extra = 0;        // and the other way round
  std::set<std::string> columns;  // those that changed
  std::vector<std::string> rows;  // the first of them, by the name that they are known by

  bool empty() const { return changed + missing + extra == 0; }
  std::string text() const;  // one sentence
};

// The tables that follow from the entries of the ledger alone, and those that follow from records.
inline constexpr std::string_view kPlainParts[] = {"sqlite_schema", "exhibit", "artifact", "probe"};
inline constexpr std::string_view kRecordParts[] = {
    "run",  "conversation", "participant", "attachment", "message", "record",
    "skip", "gap",          "note",        "event",      "search",  "companion"};

// One of them, by whichever of the functions below it takes.
Result<Difference> compare_part(const Database& wanted, const Database& found,
                                std::string_view part);

// All columns of a table of the schema. ErrorCode::corrupt and others: `found` cannot be read.
Result<Difference> compare_table(const Database& wanted, const Database& found,
                                 std::string_view table);

// Which terms the full-text index holds for which messages.
Result<Difference> compare_search(const Database& wanted, const Database& found);

// Which tables, indices, views and triggers there are.
Result<Difference> compare_schema(const Database& wanted, const Database& found);

}  // namespace forensics::casefile
