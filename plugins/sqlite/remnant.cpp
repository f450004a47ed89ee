#include "remnant.hpp"

#include <algorithm>

#include "format.hpp"

namespace sqlite {
namespace {

constexpr std::size_t kLink = 4;           // bytes that a freeblock overwrites
constexpr std::uint64_t kLongestFit = 57;  // bytes of a text whose serial type takes one byte

void append_varint(std::string& out, std::uint64_t value) {
  const unsigned length = varint_length(value);
  for (unsigned i = length; i-- > 0;)
    out += static_cast<char>((value >> (7 * i) & 0x7f) | (i == 0 ? 0 : 0x80));
}

// The serial types from `at` on, of the values from `first` to behind the last.
struct Types {
  std::size_t end = 0;
  std::uint64_t body = 0;  // bytes of the values
  bool sound = false;
};

Types read_types(std::string_view page, std::size_t at, std::size_t end, const Template& shape,
                 std::size_t first, std::size_t behind) {
  Types types;
  for (std::size_t i = first; i < behind; ++i) {
    const Varint serial = read_varint(page.substr(0, end), at);
    if (serial.length == 0 || serial.length != varint_length(serial.value) ||
        !storage_of(serial.value) || serial.value > std::uint64_t{1} << 34 ||
        !shape.may_store(i, serial.value))
      return types;
    at += serial.length;
    types.body += serial_size(serial.value);
  }
  types.end = at;
  types.sound = true;
  return types;
}

// One attempt at a cell without its first four bytes: `prefix` bytes of payload length and row id,
// `head` of the record's head length.
class Headless {
 public:
  Headless(std::string_view page, std::size_t at, std::size_t size, std::uint32_t usable,
           const Template& shape, std::vector<Remnant>& out)
      : page_(page), at_(at), size_(size), usable_(usable), shape_(shape), out_(out) {}

  void attempt(std::size_t prefix, std::size_t head, std::size_t columns) {
    const std::size_t types = at_ + prefix + head;
    const std::size_t end = at_ + size_;
    const std::size_t lost = types < at_ + kLink ? at_ + kLink - types : 0;
    if (lost > columns || types + columns > end) return;
    const Types seen = read_types(page_, types + lost, end, shape_, lost, columns);
    if (!seen.sound) return;
    const std::uint64_t length = head + lost + (seen.end - types - lost);
    if (varint_length(length) != head) return;
    // Where the head's length was not overwritten it must say so.
    for (std::size_t i = 0; i < head; ++i) {
      std::string stated;
      append_varint(stated, length);
      const std::size_t place = at_ + prefix + i;
      if (place >= at_ + kLink && page_[place] != stated[i]) return;
    }
    if (!rowid_tail_fits(prefix)) return;
    // Of the lost types one may be a text or blob: the one that makes the cell fill its block.
    for (std::size_t fit = 0; fit <= lost; ++fit) {
      std::vector<std::uint64_t> types_lost;
      guess({prefix, length, seen.body, columns, lost, fit}, types_lost);
    }
  }

 private:
  // Of a long row id the last bytes are still there: all but the last have the high bit.
  bool rowid_tail_fits(std::size_t prefix) const {
    for (std::size_t i = kLink; i < prefix; ++i)
      if ((byte_at(page_, at_ + i) >= 0x80) != (i + 1 < prefix)) return false;
    return true;
  }

  struct Guess {
    std::size_t prefix;
    std::uint64_t length;  // of the record's head
    std::uint64_t body;    // of the values whose types are known
    std::size_t columns;
    std::size_t lost;  // serial types
    std::size_t fit;   // which of them fills what is left; `lost`: none
  };

  // Goes through the serial types that the missing bytes can have been: those of live rows.
  void guess(const Guess& known, std::vector<std::uint64_t>& types) {
    if (types.size() == known.lost) {
      if (known.fit == known.lost)
        conclude(known, known.body, types);
      else
        fill(known, types);
      return;
    }
    Guess next = known;
    const std::size_t index = types.size();
    const auto with = [&](std::uint64_t serial) {
      if (index != known.fit && !shape_.may_store(index, serial)) return;
      types.push_back(serial);
      next.body = known.body + serial_size(serial);
      guess(next, types);
      types.pop_back();
    };
    if (index == known.fit) return with(0);
    const std::uint32_t column = shape_.table->stored[index];
    if (static_cast<int>(column) == shape_.table->rowid_alias) return with(0);
    const ColumnProfile* seen = profile_of(column);
    const unsigned serials = seen != nullptr ? seen->serials : 0x3ffU;
    for (std::uint64_t serial = 0; serial < 10; ++serial)
      if ((serials >> serial & 1) != 0) with(serial);
  }

  void fill(const Guess& known, std::vector<std::uint64_t>& types) {
    const std::uint64_t whole = known.prefix + known.length + known.body;
    if (whole > size_) return;
    const std::uint32_t column = shape_.table->stored[known.fit];
    if (static_cast<int>(column) == shape_.table->rowid_alias) return;
    const ColumnProfile* seen = profile_of(column);
    for (std::uint64_t rest = 0; rest <= std::min<std::uint64_t>(size_ - whole, kLongestFit);
         ++rest) {
      if (!ends_well(static_cast<std::size_t>(whole + rest))) continue;
      for (const Storage storage : {Storage::text, Storage::blob}) {
        if (seen != nullptr && !seen->has_seen(storage)) continue;
        types[known.fit] = (storage == Storage::text ? 13 : 12) + 2 * rest;
        conclude(known, known.body + rest, types);
      }
    }
    types[known.fit] = 0;
  }

  // Is a cell of this length followed by what can stand behind one: the end of the block, or a
  // whole cell that was freed after it and became part of the block?
  bool ends_well(std::size_t length) const {
    if (length == size_) return true;
    Remnant next;
    return whole_cell_at(page_, at_ + length, at_ + size_, usable_, !shape_.table->without_rowid,
                         next) &&
           next.columns <= shape_.table->stored.size() && next.columns >= shape_.fewest_columns();
  }

  const ColumnProfile* profile_of(std::uint32_t column) const {
    const Profile& profile = shape_.profile;
    return profile.rows == 0 || column >= profile.columns.size() ? nullptr
                                                                 : &profile.columns[column];
  }

  void conclude(const Guess& known, std::uint64_t body, const std::vector<std::uint64_t>& types) {
    const std::size_t prefix = known.prefix;
    const std::uint64_t length = known.length;
    const bool table_leaf = !shape_.table->without_rowid;
    const std::uint64_t payload = length + body;
    const std::size_t for_length = varint_length(payload);
    const std::size_t for_rowid = prefix - std::min<std::size_t>(prefix, for_length);
    if (prefix < for_length || (for_rowid != 0) != table_leaf || for_rowid > 9) return;
    const std::uint64_t local = local_payload(payload, usable_, table_leaf);
    const std::uint64_t whole = prefix + local + (local < payload ? 4 : 0);
    if (whole > size_ || local < length) return;

    Remnant remnant;
    remnant.rebuilt = true;
    remnant.columns = known.columns;
    remnant.exact = ends_well(std::max<std::size_t>(static_cast<std::size_t>(whole), kLink));
    remnant.guessed_types = types.size();
    if (!types.empty() && static_cast<int>(shape_.table->stored[0]) == shape_.table->rowid_alias)
      --remnant.guessed_types;
    std::string head;
    append_varint(head, length);
    for (const std::uint64_t type : types) append_varint(head, type);
    const std::size_t missing = prefix < kLink ? kLink - prefix : 0;
    remnant.head = head.substr(0, missing);
    Cell& cell = remnant.cell;
    cell.offset = at_;
    cell.length = static_cast<std::size_t>(whole);
    cell.payload = payload;
    cell.payload_offset = at_ + prefix;
    cell.local = static_cast<std::size_t>(local);
    if (local < payload) cell.overflow = be32(page_, at_ + cell.length - 4);
    out_.push_back(std::move(remnant));
  }

  std::string_view page_;
  std::size_t at_;
  std::size_t size_;
  std::uint32_t usable_;
  const Template& shape_;
  std::vector<Remnant>& out_;
};

}  // namespace

std::size_t Template::fewest_columns() const {
  const std::size_t all = table->stored.size();
  return profile.rows == 0 ? all : std::min(all, profile.fewest_columns);
}

bool Template::may_store(std::size_t at, std::uint64_t serial) const {
  const std::uint32_t index = table->stored[at];
  if (static_cast<int>(index) == table->rowid_alias) return serial == 0;
  const Column& column = table->columns[index];
  if (serial == 0) return !column.not_null;
  return serial >= 12 || column.affinity != Affinity::text;
}

bool has_types_of(const Template& shape, std::string_view page, const Remnant& whole) {
  std::size_t at = whole.cell.payload_offset;
  at += read_varint(page, at).length;
  for (std::size_t i = 0; i < whole.columns; ++i) {
    const Varint serial = read_varint(page, at);
    if (!shape.may_store(i, serial.value)) return false;
    at += serial.length;
  }
  return true;
}

bool whole_cell_at(std::string_view page, std::size_t at, std::size_t end, std::uint32_t usable,
                   bool table_leaf, Remnant& out) {
  const std::string_view bytes = page.substr(0, end);
  const Varint payload = read_varint(bytes, at);
  if (payload.value < 2 || payload.length == 0 || payload.value > std::uint64_t{1} << 34 ||
      payload.length != varint_length(payload.value))
    return false;
  std::size_t head_at = at + payload.length;
  Varint rowid;
  if (table_leaf) {
    rowid = read_varint(bytes, head_at);
    if (rowid.length == 0 || rowid.length != varint_length(rowid.value)) return false;
    head_at += rowid.length;
  }
  const Varint head = read_varint(bytes, head_at);
  if (head.length == 0 || head.value < 2 || head.value > payload.value ||
      head.value > bytes.size() - head_at)
    return false;
  const std::size_t head_end = head_at + static_cast<std::size_t>(head.value);
  std::uint64_t body = 0;
  std::size_t columns = 0;
  for (std::size_t type_at = head_at + head.length; type_at < head_end; ++columns) {
    const Varint serial = read_varint(bytes, type_at);
    if (serial.length == 0 || serial.length != varint_length(serial.value) ||
        !storage_of(serial.value))
      return false;
    type_at += serial.length;
    if (type_at > head_end) return false;
    body += serial_size(serial.value);
    if (body > payload.value) return false;
  }
  if (columns == 0 || head.value + body != payload.value) return false;

  const std::uint64_t local = local_payload(payload.value, usable, table_leaf);
  const std::size_t pointer = local < payload.value ? 4 : 0;
  if (local < head.value || local + pointer > bytes.size() - head_at) return false;
  Cell& cell = out.cell;
  cell = {};
  cell.offset = at;
  cell.rowid = static_cast<std::int64_t>(rowid.value);
  cell.rowid_offset = at + payload.length;
  cell.rowid_length = rowid.length;
  cell.payload = payload.value;
  cell.payload_offset = head_at;
  cell.local = static_cast<std::size_t>(local);
  cell.length = head_at + cell.local + pointer - at;
  if (pointer != 0) cell.overflow = be32(page, head_at + cell.local);
  out.head.clear();
  out.rebuilt = false;
  out.exact = false;
  out.guessed_types = 0;
  out.columns = columns;
  return true;
}

std::size_t freeblock_at(std::string_view page, std::size_t at, std::size_t end,
                         std::uint32_t usable) {
  if (at + kLink > end) return 0;
  const std::size_t next = be16(page, at);
  const std::size_t size = be16(page, at + 2);
  if (size < kLink || size > usable - at) return 0;
  if (next != 0 && (next < at + size || next + kLink > usable)) return 0;
  // What was behind its first cell may be in use again.
  return std::min(size, end - at);
}

void headless_cells_at(std::string_view page, std::size_t at, std::size_t size,
                       std::uint32_t usable, const Template& shape, std::vector<Remnant>& out) {
  if (size > page.size() - std::min(at, page.size())) return;
  Headless headless(page, at, size, usable, shape, out);
  const bool table_leaf = !shape.table->without_rowid;
  // Payload length and row id take 1 to 3 and 1 to 9 bytes.
  const std::size_t shortest = table_leaf ? 2 : 1;
  const std::size_t longest = table_leaf ? 12 : 3;
  for (std::size_t columns = shape.table->stored.size(); columns >= shape.fewest_columns();
       --columns) {
    for (std::size_t prefix = shortest; prefix <= longest; ++prefix)
      for (std::size_t head = columns < 127 ? 1 : 2; head <= 2; ++head)
        if (prefix + head + columns <= size) headless.attempt(prefix, head, columns);
    if (columns <= 1) break;
  }
}

}  // namespace sqlite
