#pragma once
// Rows by a number: joins in bounded memory.

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "database.hpp"
#include "table_view.hpp"

namespace sqlite {

// Rows by their row id; cheap where the ids that are asked for ascend.
class Seeker {
 public:
  Seeker() = default;
  Seeker(Database& db, const Table* table) : db_(&db), table_(table) {}

  // Null where there is none. Lives until the next call.
  const Row* find(std::int64_t rowid);

 private:
  bool descend(std::int64_t rowid);
  std::optional<Cell> cell(std::size_t index) const;

  Database* db_ = nullptr;
  const Table* table_ = nullptr;
  ImagePtr leaf_;  // of the last answer, and the ids that would stand in it
  BtreePage page_;
  std::int64_t least_ = 1;
  std::int64_t most_ = 0;
  Row row_;
};

// The rows of a table whose `column` has a number. Where the column is the row id nothing is held,
// else 16 bytes a row, up to a limit.
class Lookup {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 22;

  Lookup() = default;
  Lookup(Database& db, const TableView& view, int column, std::size_t most = kMost);

  // In order of their row ids; the first kMostEach of them.
  static constexpr std::size_t kMostEach = 4096;
  void each(std::int64_t number, const std::function<void(const RowView&)>& visit);
  // The first of them; null where there is none. Lives until the next call.
  const Row* first(std::int64_t number);
  const TableView& view() const { return *view_; }
  bool empty() const { return !by_rowid_ && rows_.empty(); }
  bool cut() const { return cut_; }  // there were more rows than the limit

 private:
  const TableView* view_ = nullptr;
  Seeker seeker_;
  bool by_rowid_ = false;
  bool cut_ = false;
  std::vector<std::pair<std::int64_t, std::int64_t>> rows_;  // number, row id; sorted
};

// Numbers for records that stand for rows: in sequence, whatever the ids of the rows are, as the
// host wants them. Rows come in order of their ids; 24 bytes for each gap.
class RowNumbers {
 public:
  static constexpr std::size_t kMostRuns = std::size_t{1} << 20;

  explicit RowNumbers(std::int64_t first = 1) : next_(first) {}
  // The number of a new row; 0 where its id does not ascend or there are too many gaps: such a row
  // cannot be referred to.
  std::int64_t add(std::int64_t rowid);
  // 0: no such row.
  std::int64_t find(std::int64_t rowid) const;
  std::int64_t next() const { return next_; }

 private:
  struct Run {
    std::int64_t rowid = 0;
    std::int64_t number = 0;
    std::int64_t count = 0;
  };
  std::int64_t next_;
  std::vector<Run> runs_;
};

}  // namespace sqlite
