#pragma once
// What became of every value of a database: plain SQL over every column of every table, against
// what a plugin said.
//
//   const Outcome outcome = follow("msgstore.db", host);   // after host.parse()
//   EXPECT_EQ(outcome.lost, std::vector<std::string>{});
//
// SQLite says what the values are. Where each stands is asked of our own b-tree reader, whose
// values must equal SQLite's one by one; then a value is told where a field has a place inside it
// and shows it, accounted for where a skip with a reason covers it, and lost otherwise.

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/seized_host.hpp"

namespace lossless_test {

struct Outcome {
  std::uint64_t tables = 0;
  std::uint64_t rows = 0;
  std::uint64_t values = 0;   // neither NULL nor nothing
  std::uint64_t nothing = 0;  // 0, -1, empty, the column's default
  std::uint64_t told = 0;     // in a record: the value itself
  std::uint64_t derived = 0;  // in a record: what a named rule makes of it
  std::uint64_t skipped = 0;  // in a row that a skip with a reason covers
  std::uint64_t row_ids = 0;  // keys of rows, which are places and no values
  std::uint64_t keys = 0;     // numbers of rows in other tables
  std::uint64_t unsaid = 0;   // columns that the documentation says are left
  std::map<std::string, std::uint64_t> by_table;
  std::vector<std::string> differ;  // own reader and SQLite
  std::vector<std::string> lost;    // "table.column of row 7: value"
  std::uint64_t lost_count = 0;

  std::string line() const;
};

// `left`: "table.column" or "*.column" that the format's page says is left, and why.
Outcome follow(const std::filesystem::path& file, const forensics::test::SeizedHost& host,
               const std::set<std::string>& left = {});

}  // namespace lossless_test
