#pragma once
// Row ids that were given and are not in use: a fact about a table, which may mean that rows were
// deleted, and may not.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "fields.hpp"

namespace sqlite {

class Gaps {
 public:
  static constexpr std::size_t kListed = 64;  // gaps that are named

  // Ids in ascending order; others, and those below 1, are passed over.
  void add(std::int64_t rowid);
  // Ids up to this one were given, as a counter says.
  void given_to(std::int64_t last);

  std::int64_t last() const { return expected_ - 1; }
  std::uint64_t missing() const { return missing_; }
  // "3, 7-9"
  const std::string& list() const { return list_; }

 private:
  void note(std::int64_t first, std::int64_t last);

  std::int64_t expected_ = 1;
  std::uint64_t missing_ = 0;
  std::size_t count_ = 0;
  std::string list_;
};

// The gaps of tables, by name.
using TableGaps = std::map<std::string, Gaps, std::less<>>;

// A `reading` for each of `tables` that has gaps: subject "row-ids", value "missing", how many and
// which. Where the database counts what it gave (sqlite_sequence, Z_PRIMARYKEY), up to there.
void record_gaps(Fields& fields, TableGaps gaps, std::initializer_list<std::string_view> tables);

}  // namespace sqlite
