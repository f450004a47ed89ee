#pragma once
// One page of a b-tree: its header, its cells, and the bytes of it that no cell uses.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pages.hpp"

namespace sqlite {

enum class PageKind : std::uint8_t {
  interior_index = 2,
  interior_table = 5,
  leaf_index = 10,
  leaf_table = 13
};

struct BtreePage {
  PageKind kind = PageKind::leaf_table;
  std::size_t header = 0;  // offset of the b-tree header in the page: 100 in page 1
  std::size_t cell_count = 0;
  std::size_t first_freeblock = 0;
  std::size_t content = 0;   // where the cells begin
  std::size_t pointers = 0;  // offset of the array of cell pointers
  std::uint32_t right_child = 0;

  bool leaf() const { return kind == PageKind::leaf_table || kind == PageKind::leaf_index; }
  bool table() const { return kind == PageKind::leaf_table || kind == PageKind::interior_table; }
  std::size_t pointers_end() const { return pointers + cell_count * 2; }
};

// The b-tree header of a page; nullopt where the bytes cannot be one.
std::optional<BtreePage> read_btree_page(const Image& image, std::uint32_t usable);

// A cell, or what was one. Offsets are in the page.
struct Cell {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::uint32_t left_child = 0;  // of interior pages
  std::int64_t rowid = 0;        // of table pages
  std::size_t rowid_offset = 0;
  std::size_t rowid_length = 0;  // 0 where there is none
  std::uint64_t payload = 0;     // bytes in all; 0 in interior pages of tables
  std::size_t payload_offset = 0;
  std::size_t local = 0;  // bytes of the payload in this page
  std::uint32_t overflow = 0;
};

// The cell at `offset` of the page; nullopt where it does not fit before `end`.
std::optional<Cell> read_cell(std::string_view page, PageKind kind, std::size_t offset,
                              std::size_t end, std::uint32_t usable);

// The offset of cell `index`; nullopt where the pointer array or the pointer leads out of the page.
std::optional<std::size_t> cell_offset(const Image& image, const BtreePage& page, std::size_t index,
                                       std::uint32_t usable);

// A stretch of a page that no live cell uses.
struct FreeRegion {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool freeblock = false;  // its first four bytes are the link and size of a freeblock
};

// The freeblocks and the unallocated space of a page, without what any live cell covers: a page
// whose free list lies cannot make live bytes look free. In order of their offsets.
void free_regions(const Image& image, const BtreePage& page, std::uint32_t usable,
                  std::vector<FreeRegion>& out);

}  // namespace sqlite
