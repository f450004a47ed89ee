#include "btree_page.hpp"

#include <algorithm>

#include "format.hpp"

namespace sqlite {

std::optional<BtreePage> read_btree_page(const Image& image, std::uint32_t usable) {
  const std::string_view bytes = image.bytes;
  BtreePage page;
  page.header = image.number == 1 ? 100 : 0;
  if (bytes.size() < page.header + 12) return std::nullopt;
  const std::uint32_t kind = byte_at(bytes, page.header);
  if (kind != 2 && kind != 5 && kind != 10 && kind != 13) return std::nullopt;
  page.kind = static_cast<PageKind>(kind);
  page.first_freeblock = be16(bytes, page.header + 1);
  page.cell_count = be16(bytes, page.header + 3);
  page.content = be16(bytes, page.header + 5);
  if (page.content == 0) page.content = 65536;
  page.pointers = page.header + (page.leaf() ? 8 : 12);
  if (!page.leaf()) page.right_child = be32(bytes, page.header + 8);
  if (page.pointers_end() > usable || page.content > usable) return std::nullopt;
  return page;
}

std::optional<Cell> read_cell(std::string_view page, PageKind kind, std::size_t offset,
                              std::size_t end, std::uint32_t usable) {
  Cell cell;
  cell.offset = offset;
  const std::string_view bytes = page.substr(0, end);
  std::size_t at = offset;
  if (kind == PageKind::interior_table || kind == PageKind::interior_index) {
    if (at + 4 > bytes.size()) return std::nullopt;
    cell.left_child = be32(bytes, at);
    at += 4;
  }
  if (kind != PageKind::interior_table) {
    const Varint payload = read_varint(bytes, at);
    if (payload.length == 0) return std::nullopt;
    cell.payload = payload.value;
    at += payload.length;
  }
  if (kind == PageKind::interior_table || kind == PageKind::leaf_table) {
    const Varint rowid = read_varint(bytes, at);
    if (rowid.length == 0) return std::nullopt;
    cell.rowid = static_cast<std::int64_t>(rowid.value);
    cell.rowid_offset = at;
    cell.rowid_length = rowid.length;
    at += rowid.length;
  }
  cell.payload_offset = at;
  // No payload is that long; the sums below cannot overflow.
  if (cell.payload > std::uint64_t{1} << 40) return std::nullopt;
  const std::uint64_t local = local_payload(cell.payload, usable, kind == PageKind::leaf_table);
  const std::size_t pointer = local < cell.payload ? 4 : 0;
  if (local + pointer > bytes.size() - at) return std::nullopt;
  cell.local = static_cast<std::size_t>(local);
  at += cell.local;
  if (pointer != 0) cell.overflow = be32(bytes, at);
  cell.length = at + pointer - offset;
  return cell;
}

std::optional<std::size_t> cell_offset(const Image& image, const BtreePage& page, std::size_t index,
                                       std::uint32_t usable) {
  const std::size_t at = page.pointers + index * 2;
  if (index >= page.cell_count || at + 2 > image.bytes.size()) return std::nullopt;
  const std::size_t offset = be16(image.bytes, at);
  if (offset < page.pointers_end() || offset >= usable || offset >= image.bytes.size())
    return std::nullopt;
  return offset;
}

namespace {

// Takes `used` out of [begin, end) and hands over what is left.
void add_unused(std::size_t begin, std::size_t end, bool freeblock,
                const std::vector<std::pair<std::size_t, std::size_t>>& used,
                std::vector<FreeRegion>& out) {
  const std::size_t start = begin;
  const auto first =
      std::ranges::lower_bound(used, begin, {}, [](const auto& u) { return u.second; });
  for (auto it = first; it != used.end() && it->first < end; ++it) {
    if (it->first > begin) out.push_back({begin, it->first, freeblock && begin == start});
    begin = std::max(begin, it->second);
  }
  if (begin < end) out.push_back({begin, end, freeblock && begin == start});
}

}  // namespace

void free_regions(const Image& image, const BtreePage& page, std::uint32_t usable,
                  std::vector<FreeRegion>& out) {
  out.clear();
  const std::size_t size = std::min<std::size_t>(usable, image.bytes.size());
  std::vector<std::pair<std::size_t, std::size_t>> used;
  used.reserve(page.cell_count);
  for (std::size_t i = 0; i < page.cell_count; ++i) {
    const auto offset = cell_offset(image, page, i, usable);
    if (!offset) continue;
    const auto cell = read_cell(image.bytes, page.kind, *offset, size, usable);
    // A cell takes at least four bytes, so that a freed one can hold a freeblock.
    const std::size_t length = cell ? std::max<std::size_t>(cell->length, 4) : 4;
    used.emplace_back(*offset, std::min(*offset + length, size));
  }
  std::ranges::sort(used);
  // Cells of a damaged page may overlap: each end is made the largest so far.
  for (std::size_t i = 1; i < used.size(); ++i)
    used[i].second = std::max(used[i].second, used[i - 1].second);

  add_unused(page.pointers_end(), std::min(page.content, size), false, used, out);
  std::size_t last = page.content == 0 ? 0 : page.content - 1;
  for (std::size_t at = page.first_freeblock; at > last && at + 4 <= size;) {
    const std::size_t next = be16(image.bytes, at);
    const std::size_t length = be16(image.bytes, at + 2);
    if (length < 4 || length > size - at) break;
    add_unused(at, at + length, true, used, out);
    last = at + length - 1;
    at = next;
  }
}

}  // namespace sqlite
