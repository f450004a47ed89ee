#include "profile.hpp"

#include <algorithm>
#include <cmath>

#include "text.hpp"

namespace sqlite {
namespace {

constexpr std::uint64_t kSampled = 4096;  // rows whose texts are looked through
constexpr std::uint64_t kEnough = 16;     // rows from which "never seen" means something

std::uint8_t bit(Storage storage) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(storage));
}

bool looks_numeric(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.empty() || text.size() > 18) return false;
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> weigh_integer(const Value& value, const Column& column,
                                 const ColumnProfile& seen, std::uint32_t schema_format) {
  if (column.affinity == Affinity::text) return std::nullopt;
  // Stored as an integer; a real column shows it as a real.
  const std::int64_t integer =
      value.type == Storage::real ? static_cast<std::int64_t>(value.real) : value.integer;
  std::uint64_t expected = serial_of_integer(integer);
  if (expected >= 8 && schema_format < 4) expected = 1;
  // A handful of applications link a SQLite that keeps 0 and 1 in a byte.
  if (value.serial != expected && !(expected >= 8 && value.serial == 1)) return std::nullopt;
  int bits = value.length >= 2 ? 6 : 2;
  const bool range_known = seen.has_seen(Storage::integer) && column.affinity != Affinity::real;
  if (range_known && integer >= seen.least && integer <= seen.most) {
    bits += value.length >= 4 ? 8 : value.length >= 2 ? 4 : 1;
  } else if (range_known) {
    const std::uint64_t width =
        static_cast<std::uint64_t>(seen.most) - static_cast<std::uint64_t>(seen.least);
    const std::uint64_t outside =
        integer < seen.least
            ? static_cast<std::uint64_t>(seen.least) - static_cast<std::uint64_t>(integer)
            : static_cast<std::uint64_t>(integer) - static_cast<std::uint64_t>(seen.most);
    bits -= outside > width + 1024 ? 8 : 0;
  }
  return bits;
}

std::optional<int> weigh_real(const Value& value, const Column& column, const ColumnProfile& seen) {
  if (column.affinity == Affinity::text) return std::nullopt;
  const double real = value.real;
  if (!std::isfinite(real)) return std::nullopt;
  const bool whole = std::trunc(real) == real && std::abs(real) < 1e14;
  // A column of numbers stores a whole one as an integer.
  if (whole && column.affinity != Affinity::blob && !(real == 0 && std::signbit(real)))
    return std::nullopt;
  const double magnitude = std::abs(real);
  if (seen.has_seen(Storage::real) && magnitude > 1000 * seen.largest + 1000) return -10;
  return real == 0 || (magnitude > 1e-12 && magnitude < 1e15) ? 6 : -8;
}

std::optional<int> weigh_text(const Value& value, const Column& column, const ColumnProfile& seen,
                              Encoding encoding) {
  const TextShape shape = shape_of(value.bytes, encoding);
  const bool cut = !value.complete;
  if (!shape.well_formed && !cut) return std::nullopt;
  const bool number_column = column.affinity != Affinity::text && column.affinity != Affinity::blob;
  if (number_column && looks_numeric(to_utf8(value.bytes, encoding))) return std::nullopt;
  if (shape.controls && !seen.controls) return std::nullopt;
  int bits = static_cast<int>(std::min<std::size_t>(shape.characters, 16));
  // Two bytes that are a usual character by chance are rarer than one.
  if (encoding != Encoding::utf8) bits *= 2;
  if (shape.unusual * 4 > shape.characters) bits -= 12;
  if (number_column) bits -= 6;
  if (value.bytes.size() > 8 * seen.longest + 1024) bits -= 4;
  return bits;
}

std::optional<int> weigh_value(const Value& value, const Column& column, const ColumnProfile& seen,
                               const Header& header) {
  const bool integer = value.serial != 0 && value.serial != 7 && value.serial < 10;
  switch (integer ? Storage::integer : value.type) {
    case Storage::null:
      // Also a real that is no number: SQLite never stores one.
      if (column.not_null || value.serial != 0) return std::nullopt;
      return 2;
    case Storage::integer: return weigh_integer(value, column, seen, header.schema_format);
    case Storage::real: return weigh_real(value, column, seen);
    case Storage::text: return weigh_text(value, column, seen, header.encoding);
    case Storage::blob: return column.affinity == Affinity::blob ? 0 : -8;
  }
  return std::nullopt;
}

}  // namespace

void Profile::add(const Row& row, Encoding encoding) {
  if (columns.empty()) columns.resize(row.values.size());
  fewest_columns = rows == 0 ? row.stored_columns : std::min(fewest_columns, row.stored_columns);
  if (row.rowid) most_rowid = std::max(most_rowid, *row.rowid);
  for (std::size_t i = 0; i < row.values.size() && i < columns.size(); ++i) {
    const Value& value = row.values[i];
    if (!value.in_record) continue;
    ColumnProfile& column = columns[i];
    if (value.type == Storage::integer) {
      const bool first = !column.has_seen(Storage::integer);
      column.least = first ? value.integer : std::min(column.least, value.integer);
      column.most = first ? value.integer : std::max(column.most, value.integer);
    } else if (value.type == Storage::real) {
      column.largest = std::max(column.largest, std::abs(value.real));
    } else if (value.type == Storage::text || value.type == Storage::blob) {
      column.longest = std::max<std::uint64_t>(column.longest, value.bytes.size());
      if (value.type == Storage::text && rows < kSampled && !column.controls)
        column.controls = shape_of(value.bytes.substr(0, 4096), encoding).controls;
    }
    column.seen |= bit(value.type);
    if (value.serial < 10) column.serials |= static_cast<std::uint16_t>(1U << value.serial);
  }
  ++rows;
}

std::optional<int> weigh(const Table& table, const Profile& profile, const Header& header,
                         const Row& row) {
  static const ColumnProfile kUnseen;
  int bits = 0;
  bool says_something = false;
  for (const std::uint32_t index : table.stored) {
    const Value& value = row.values[index];
    // Its row id is what a row's alias of it shows; the record has a NULL there.
    if (static_cast<int>(index) == table.rowid_alias) {
      if (!value.is_rowid && (value.serial != 0 || value.type != Storage::null))
        return std::nullopt;
      bits += 6;
      continue;
    }
    if (!value.in_record) continue;
    if (value.length != 0) says_something = true;
    const Column& column = table.columns[index];
    const ColumnProfile& seen = index < profile.columns.size() ? profile.columns[index] : kUnseen;
    if (value.complete || value.type == Storage::text) {
      const auto weight = weigh_value(value, column, seen, header);
      if (!weight) return std::nullopt;
      bits += *weight;
    }
    if (profile.rows == 0) continue;
    if (seen.has_seen(value.type)) {
      bits += 2;
    } else if (profile.rows >= kEnough) {
      // A blob says nothing for itself: any bytes are one.
      bits -= value.type == Storage::null ? 2 : value.type == Storage::blob ? 16 : 6;
    }
  }
  // Zeros look like a row of NULLs.
  if (!says_something) return std::nullopt;
  return bits;
}

}  // namespace sqlite
