#include "row.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sqlite {
namespace {

Value fallback_of(const Column& column) {
  Value value;
  value.in_record = false;
  if (!column.fallback) return value;
  value.type = column.fallback->type;
  value.integer = column.fallback->integer;
  value.real = column.fallback->real;
  value.bytes = column.fallback->bytes;
  return value;
}

void set_rowid(const Table& table, Row& row) {
  if (table.rowid_alias < 0) return;
  Value& value = row.values[static_cast<std::size_t>(table.rowid_alias)];
  // The record has NULL in its place.
  if (value.type != Storage::null || !row.rowid) return;
  value.type = Storage::integer;
  value.integer = *row.rowid;
  value.in_record = false;
  value.is_rowid = true;
}

}  // namespace

Span Row::place(std::size_t at, std::size_t length) const {
  for (const Payload::Piece& piece : payload.pieces)
    if (at >= piece.at && at + length <= piece.at + piece.where.length)
      return {piece.where.input, piece.where.offset + (at - piece.at), length};
  return {};
}

void Row::spans(std::size_t column, std::vector<Span>& out) const {
  out.clear();
  const Value& value = values[column];
  if (value.is_rowid && rowid_span.length != 0) out.push_back(rowid_span);
  if (!value.in_record) return;
  const std::size_t end = value.at + value.length;
  for (const Payload::Piece& piece : payload.pieces) {
    const std::size_t from = std::max(value.at, piece.at);
    const std::size_t to = std::min(end, piece.at + static_cast<std::size_t>(piece.where.length));
    if (from < to)
      out.push_back({piece.where.input, piece.where.offset + (from - piece.at), to - from});
  }
}

std::optional<Span> Row::type_span(std::size_t column) const {
  const Value& value = values[column];
  if (!value.in_record) return std::nullopt;
  const Span span = place(value.type_at, value.type_length);
  if (span.length == 0) return std::nullopt;
  return span;
}

Value decode_value(std::uint64_t serial, std::string_view bytes, Affinity affinity) {
  Value value;
  value.serial = serial;
  value.length = bytes.size();
  const auto storage = storage_of(serial);
  value.type = storage.value_or(Storage::null);
  switch (value.type) {
    case Storage::null: break;
    case Storage::integer:
      value.integer = serial == 9 ? 1 : serial == 8 ? 0 : signed_integer(bytes);
      if (affinity == Affinity::real) {
        value.type = Storage::real;
        value.real = static_cast<double>(value.integer);
      }
      break;
    case Storage::real:
      value.real = std::bit_cast<double>(signed_integer(bytes));
      // SQLite reads what is not a number as NULL.
      if (std::isnan(value.real)) value.type = Storage::null;
      break;
    case Storage::text:
    case Storage::blob: value.bytes = bytes; break;
  }
  return value;
}

bool decode_record(const Table& table, Row& row) {
  row.values.clear();
  row.values.reserve(table.columns.size());
  for (const Column& column : table.columns) row.values.push_back(fallback_of(column));
  row.stored_columns = 0;

  const std::string_view bytes = row.payload.bytes;
  const Varint head = read_varint(bytes, 0);
  bool sound = head.length != 0 && head.value >= head.length && head.value <= row.payload.length;
  std::size_t at = head.length;
  std::uint64_t body = head.value;
  while (sound && at < head.value) {
    const Varint serial = read_varint(bytes, at);
    if (serial.length == 0 || at + serial.length > head.value) {
      sound = false;
      break;
    }
    const std::size_t type_at = at;
    at += serial.length;
    const std::uint64_t size = serial_size(serial.value);
    if (size > row.payload.length - body) {
      sound = false;
      break;
    }
    if (row.stored_columns < table.stored.size()) {
      const std::uint32_t index = table.stored[row.stored_columns];
      const std::uint64_t begin = std::min<std::uint64_t>(body, bytes.size());
      const std::string_view there =
          bytes.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(size));
      Value& value = row.values[index];
      const bool whole = there.size() == size;
      const bool fixed = serial.value < 12;
      value = fixed && !whole ? Value{}
                              : decode_value(serial.value, there, table.columns[index].affinity);
      value.type_at = type_at;
      value.type_length = serial.length;
      value.at = static_cast<std::size_t>(begin);
      value.length = there.size();
      value.complete = whole;
      if (!storage_of(serial.value)) value.complete = false;
    }
    ++row.stored_columns;
    body += size;
  }
  set_rowid(table, row);
  return sound;
}

bool same_value(const Value& a, const Value& b) {
  if (a.type != b.type) return false;
  switch (a.type) {
    case Storage::null: return true;
    case Storage::integer: return a.integer == b.integer;
    case Storage::real:
      return std::bit_cast<std::int64_t>(a.real) == std::bit_cast<std::int64_t>(b.real);
    case Storage::text:
    case Storage::blob: return a.bytes == b.bytes;
  }
  return false;
}

}  // namespace sqlite
