// How a database's b-trees are walked: scans, look-ups, and the chains of overflow pages.

#include <algorithm>

#include "database.hpp"
#include "format.hpp"

namespace sqlite {

bool Database::enter(std::uint32_t number, PageSet& seen, std::vector<Level>& path) {
  const Span where = {kMain, std::uint64_t{number == 0 ? 0 : number - 1} * header_.page_size, 0};
  if (number == 0 || number > page_count_) {
    defects_.add(where, "page-number", "a link leads to a page that does not exist");
    return false;
  }
  if (path.size() >= kMaxDepth || !seen.add(number)) {
    defects_.add(where, "page-loop", "a page is part of a tree twice, or the tree is too deep");
    return false;
  }
  const ImagePtr image = page(number);
  const auto page = image == nullptr ? std::nullopt : read_btree_page(*image, header_.usable);
  if (!page || (!path.empty() && page->table() != path.front().page.table())) {
    defects_.add(image == nullptr ? where : image->span(0, image->bytes.size()), "page-header",
                 "a page of a tree is no b-tree page of its kind");
    return false;
  }
  path.push_back({image, *page, 0});
  return true;
}

// Child `index` of an interior page; the one behind the last cell is the right child. 0: none.
std::uint32_t Database::child_of(const Level& level, std::size_t index) {
  if (index == level.page.cell_count) return level.page.right_child;
  const auto offset = cell_offset(*level.image, level.page, index, header_.usable);
  if (!offset || *offset + 4 > level.image->bytes.size()) {
    defects_.add(level.image->span(level.page.pointers, 0), "cell-pointer",
                 "a cell pointer leads out of its page");
    return 0;
  }
  return be32(level.image->bytes, *offset);
}

void Database::walk(std::uint32_t root, PageSet& seen, const PageVisit& visit) {
  std::vector<Level> path;
  if (!enter(root, seen, path) || !visit(path.back().image, path.back().page)) return;
  while (!path.empty()) {
    Level& level = path.back();
    if (level.page.leaf() || level.next > level.page.cell_count) {
      path.pop_back();
      continue;
    }
    const std::uint32_t child = child_of(level, level.next++);
    if (child == 0 || !enter(child, seen, path)) continue;
    if (!visit(path.back().image, path.back().page)) return;
  }
}

bool Database::visit_cell(const Table& table, const Level& level, std::size_t index, PageSet& seen,
                          Row& row, const Visit& visit) {
  const auto offset = cell_offset(*level.image, level.page, index, header_.usable);
  const std::size_t end = std::min<std::size_t>(header_.usable, level.image->bytes.size());
  const auto cell =
      offset ? read_cell(level.image->bytes, level.page.kind, *offset, end, header_.usable)
             : std::nullopt;
  if (!cell) {
    defects_.add(level.image->span(level.page.pointers + index * 2, 2), "cell",
                 "a cell does not fit into its page");
    return true;
  }
  // Each overflow page belongs to one row: a shared one is damage, and would make work unbounded.
  const PageSource overflow = [&](std::uint32_t number) {
    return seen.add(number) ? page(number) : nullptr;
  };
  if (!load_row(table, level.image, *cell, overflow, row))
    defects_.add(row.cell, "record", "a record contradicts itself or is not all there");
  return visit(row);
}

void Database::for_each_row(const Table& table, const Visit& visit) {
  if (table.root == 0) return;
  PageSet seen(page_count_);
  std::vector<Level> path;
  if (!enter(table.root, seen, path)) return;
  if (path.back().page.table() == table.without_rowid) {
    defects_.add(path.back().image->span(0, 0), "page-header",
                 "the root of a table is the root of another kind of tree");
    return;
  }
  Row row;
  while (!path.empty()) {
    Level& level = path.back();
    const std::size_t count = level.page.cell_count;
    if (level.page.leaf()) {
      for (std::size_t i = 0; i < count; ++i)
        if (!visit_cell(table, level, i, seen, row, visit)) return;
      path.pop_back();
      continue;
    }
    // A tree of rows WITHOUT ROWID has rows between its children.
    if (level.next > 0 && level.next <= count && table.without_rowid &&
        !visit_cell(table, level, level.next - 1, seen, row, visit))
      return;
    if (level.next > count) {
      path.pop_back();
      continue;
    }
    const std::uint32_t child = child_of(level, level.next++);
    if (child != 0) enter(child, seen, path);
  }
}

bool Database::find_row(const Table& table, std::int64_t rowid, Row& row) {
  if (table.root == 0 || table.without_rowid) return false;
  std::uint32_t number = table.root;
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    const ImagePtr image = page(number);
    const auto page = image == nullptr ? std::nullopt : read_btree_page(*image, header_.usable);
    if (!page || !page->table()) return false;
    const std::size_t end = std::min<std::size_t>(header_.usable, image->bytes.size());
    std::size_t low = 0;
    std::size_t high = page->cell_count;
    std::optional<Cell> found;  // the first cell whose row id is not smaller
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      const auto offset = cell_offset(*image, *page, middle, header_.usable);
      const auto cell =
          offset ? read_cell(image->bytes, page->kind, *offset, end, header_.usable) : std::nullopt;
      if (!cell) return false;
      if (cell->rowid < rowid) {
        low = middle + 1;
      } else {
        high = middle;
        found = cell;
      }
    }
    if (page->leaf()) {
      if (!found || found->rowid != rowid) return false;
      load_row(
          table, image, *found, [this](std::uint32_t n) { return this->page(n); }, row);
      return true;
    }
    number = found ? found->left_child : page->right_child;
  }
  return false;
}

bool Database::load_payload(const ImagePtr& image, const Cell& cell, const PageSource& overflow,
                            Payload& out) const {
  out.page = image;
  out.length = cell.payload;
  out.chain_ends = true;
  out.pieces.clear();
  out.bytes = std::string_view(image->bytes).substr(cell.payload_offset, cell.local);
  if (cell.local != 0) out.pieces.push_back({0, image->span(cell.payload_offset, cell.local)});
  if (cell.local == cell.payload) return true;

  out.joined.assign(out.bytes);
  std::uint32_t next = cell.overflow;
  const std::uint64_t wanted = std::min<std::uint64_t>(cell.payload, limits_.payload_bytes);
  while (out.joined.size() < wanted) {
    const ImagePtr link = next == 0 ? nullptr : overflow(next);
    if (link == nullptr || link->bytes.size() <= 4) break;
    const std::size_t usable = std::min<std::size_t>(header_.usable, link->bytes.size()) - 4;
    const auto part =
        static_cast<std::size_t>(std::min<std::uint64_t>(usable, wanted - out.joined.size()));
    out.pieces.push_back({out.joined.size(), link->span(4, part)});
    out.joined.append(link->bytes, 4, part);
    next = be32(link->bytes, 0);
  }
  out.bytes = out.joined;
  out.chain_ends = next == 0;
  return out.complete();
}

bool Database::load_row(const Table& table, const ImagePtr& image, const Cell& cell,
                        const PageSource& overflow, Row& row) const {
  const bool complete = load_payload(image, cell, overflow, row.payload);
  row.page = image->number;
  row.cell = image->span(cell.offset, cell.length);
  row.rowid.reset();
  row.rowid_span = {};
  if (cell.rowid_length != 0) {
    row.rowid = cell.rowid;
    row.rowid_span = image->span(cell.rowid_offset, cell.rowid_length);
  }
  return decode_record(table, row) && complete;
}

}  // namespace sqlite
