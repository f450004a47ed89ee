#include "lookup.hpp"

#include <algorithm>
#include <limits>

namespace sqlite {
namespace {

constexpr int kMaxDepth = 20;  // as SQLite's own cursors

}  // namespace

std::optional<Cell> Seeker::cell(std::size_t index) const {
  const std::uint32_t usable = db_->header().usable;
  const auto offset = cell_offset(*leaf_, page_, index, usable);
  if (!offset) return std::nullopt;
  const std::size_t end = std::min<std::size_t>(usable, leaf_->bytes.size());
  return read_cell(leaf_->bytes, page_.kind, *offset, end, usable);
}

// Goes to the leaf in which `rowid` would stand.
bool Seeker::descend(std::int64_t rowid) {
  least_ = std::numeric_limits<std::int64_t>::min();
  most_ = std::numeric_limits<std::int64_t>::max();
  std::uint32_t number = table_->root;
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    leaf_ = db_->page(number);
    const auto page =
        leaf_ == nullptr ? std::nullopt : read_btree_page(*leaf_, db_->header().usable);
    if (!page || !page->table()) break;
    page_ = *page;
    if (page_.leaf()) return true;
    std::size_t low = 0;
    std::size_t high = page_.cell_count;
    number = page_.right_child;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      const auto found = cell(middle);
      if (!found) break;
      if (found->rowid < rowid) {
        low = middle + 1;
        least_ = std::max(least_, found->rowid);
      } else {
        high = middle;
        number = found->left_child;
        most_ = std::min(most_, found->rowid);
      }
    }
    if (low < high) break;
  }
  leaf_ = nullptr;
  return false;
}

const Row* Seeker::find(std::int64_t rowid) {
  if (table_ == nullptr || table_->root == 0 || table_->without_rowid) return nullptr;
  const bool here = leaf_ != nullptr && rowid > least_ && rowid <= most_;
  if (!here && !descend(rowid)) return nullptr;
  std::size_t low = 0;
  std::size_t high = page_.cell_count;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const auto found = cell(middle);
    if (!found) return nullptr;
    if (found->rowid == rowid) {
      const auto overflow = [this](std::uint32_t number) { return db_->page(number); };
      db_->load_row(*table_, leaf_, *found, overflow, row_);
      return &row_;
    }
    (found->rowid < rowid ? low : high) = found->rowid < rowid ? middle + 1 : middle;
  }
  return nullptr;
}

Lookup::Lookup(Database& db, const TableView& view, int column, std::size_t most)
    : view_(&view), seeker_(db, view.there() ? &view.table() : nullptr) {
  if (!view.there() || column < 0) return;
  if (column == view.table().rowid_alias) {
    by_rowid_ = true;
    return;
  }
  db.for_each_row(view.table(), [&](const Row& row) {
    const auto number = RowView(view, row).integer(column);
    if (!number || !row.rowid) return true;
    if (rows_.size() >= most) {
      cut_ = true;
      return false;
    }
    rows_.emplace_back(*number, *row.rowid);
    return true;
  });
  std::ranges::sort(rows_);
}

void Lookup::each(std::int64_t number, const std::function<void(const RowView&)>& visit) {
  if (by_rowid_) {
    if (const Row* row = seeker_.find(number)) visit(RowView(*view_, *row));
    return;
  }
  const std::pair<std::int64_t, std::int64_t> least = {number,
                                                       std::numeric_limits<std::int64_t>::min()};
  std::size_t count = 0;
  for (auto at = std::ranges::lower_bound(rows_, least);
       at != rows_.end() && at->first == number && count++ < kMostEach; ++at)
    if (const Row* row = seeker_.find(at->second)) visit(RowView(*view_, *row));
}

const Row* Lookup::first(std::int64_t number) {
  if (by_rowid_) return seeker_.find(number);
  const std::pair<std::int64_t, std::int64_t> least = {number,
                                                       std::numeric_limits<std::int64_t>::min()};
  const auto at = std::ranges::lower_bound(rows_, least);
  return at != rows_.end() && at->first == number ? seeker_.find(at->second) : nullptr;
}

std::int64_t RowNumbers::add(std::int64_t rowid) {
  const std::int64_t number = next_++;
  if (!runs_.empty()) {
    Run& last = runs_.back();
    const std::int64_t end = last.rowid + (last.count - 1);
    if (rowid <= end) return 0;
    if (rowid - 1 == end && last.number + last.count == number) {
      ++last.count;
      return number;
    }
  }
  if (runs_.size() >= kMostRuns) return 0;
  runs_.push_back({rowid, number, 1});
  return number;
}

std::int64_t RowNumbers::find(std::int64_t rowid) const {
  auto at = std::ranges::upper_bound(runs_, rowid, {}, &Run::rowid);
  if (at == runs_.begin()) return 0;
  --at;
  // Both lie in one run: no overflow, even where the ids are of both signs.
  const auto distance = static_cast<std::uint64_t>(rowid) - static_cast<std::uint64_t>(at->rowid);
  return distance < static_cast<std::uint64_t>(at->count)
             ? at->number + static_cast<std::int64_t>(distance)
             : 0;
}

}  // namespace sqlite
