#include "page_map.hpp"

#include <algorithm>

#include "format.hpp"

namespace sqlite {

PageMap::PageMap(Database& db, std::vector<Template>& templates,
                 const std::function<void(const Template&, const Row&)>& row)
    : db_(db), seen_(db.page_count()), roles_(std::size_t{db.page_count()} + 1) {
  for (Template& learner : templates) read_table(learner, row);
  for (const Index& index : db.indexes()) read_index(index.root);
  read_freelist();
  const Header& header = db.header();
  for (std::uint32_t page = 1; page <= db.page_count(); ++page)
    if (is_pointer_map(header, page) || page == lock_page(header.page_size)) roles_[page] = kFixed;
}

void PageMap::read_table(Template& learner,
                         const std::function<void(const Template&, const Row&)>& row) {
  const auto role = static_cast<std::uint16_t>(kTable + learner.number);
  const Database::PageSource overflow = [&](std::uint32_t number) -> ImagePtr {
    if (!seen_.add(number)) return nullptr;
    claim(number, kOverflow);
    return db_.page(number);
  };
  Row live;
  db_.walk(learner.table->root, seen_, [&](const ImagePtr& image, const BtreePage& page) {
    claim(image->number, role);
    if (page.kind == PageKind::interior_table) return true;
    const std::size_t end = std::min<std::size_t>(db_.header().usable, image->bytes.size());
    for (std::size_t i = 0; i < page.cell_count; ++i) {
      const auto offset = cell_offset(*image, page, i, db_.header().usable);
      if (!offset) continue;
      const auto cell = read_cell(image->bytes, page.kind, *offset, end, db_.header().usable);
      if (!cell || !db_.load_row(*learner.table, image, *cell, overflow, live)) continue;
      learner.profile.add(live, db_.header().encoding);
      row(learner, live);
    }
    return true;
  });
}

void PageMap::read_index(std::uint32_t root) {
  db_.walk(root, seen_, [&](const ImagePtr& image, const BtreePage& page) {
    claim(image->number, kIndex);
    const std::size_t end = std::min<std::size_t>(db_.header().usable, image->bytes.size());
    for (std::size_t i = 0; i < page.cell_count; ++i) {
      const auto offset = cell_offset(*image, page, i, db_.header().usable);
      if (!offset) continue;
      const auto cell = read_cell(image->bytes, page.kind, *offset, end, db_.header().usable);
      if (!cell) continue;
      std::uint32_t next = cell->overflow;
      while (next != 0 && seen_.add(next)) {
        claim(next, kOverflow);
        const ImagePtr link = db_.page(next);
        next = link == nullptr || link->bytes.size() < 4 ? 0 : be32(link->bytes, 0);
      }
    }
    return true;
  });
}

void PageMap::read_freelist() {
  std::uint32_t trunk = db_.header().freelist_trunk;
  // A page that a tree has is not free, whatever the freelist says.
  while (trunk != 0 && seen_.add(trunk)) {
    claim(trunk, kFreeTrunk);
    const ImagePtr image = db_.page(trunk);
    if (image == nullptr || image->bytes.size() < 8) return;
    const std::size_t room = image->bytes.size() / 4 - 2;
    const std::size_t count = std::min<std::size_t>(be32(image->bytes, 4), room);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t leaf = be32(image->bytes, 8 + i * 4);
      if (seen_.add(leaf)) claim(leaf, kFreeLeaf);
    }
    trunk = be32(image->bytes, 0);
  }
}

}  // namespace sqlite
