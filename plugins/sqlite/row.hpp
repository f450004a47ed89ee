#pragma once
// A record, decoded: values, and for each the places in the files where its bytes stand.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"
#include "pages.hpp"
#include "table.hpp"

namespace sqlite {

// The bytes of one payload: a view of its page, or put together from the pieces of its chain.
struct Payload {
  struct Piece {
    std::size_t at = 0;  // of the payload
    Span where;
  };

  std::string_view bytes;    // of `page` or `joined`
  std::uint64_t length = 0;  // as the cell states it; more than bytes.size() where not all is there
  std::vector<Piece> pieces;  // in order, without gaps, each with the bytes it covers
  std::string joined;
  ImagePtr page;
  bool chain_ends = true;  // the last overflow page says that it is the last

  bool complete() const { return bytes.size() == length; }
};

struct Value {
  Storage type = Storage::null;
  std::int64_t integer = 0;  // of an integer
  double real = 0;           // of a real; also where it was stored as an integer
  std::string_view
      bytes;  // of a text, in the database's encoding, or blob; lives as long as the row
  std::uint64_t serial = 0;  // its serial type
  std::size_t at = 0;        // its bytes in the payload
  std::size_t length = 0;
  std::size_t type_at = 0;  // its serial type in the payload
  std::size_t type_length = 0;
  bool in_record = true;  // false: the row id, a default, or a column that is not stored
  bool complete = true;   // false: its bytes are not all there
  bool is_rowid = false;  // it stands in the cell, before the record
};

// Its values are views of it: it can be moved, not copied.
class Row {
 public:
  std::optional<std::int64_t> rowid;  // absent: WITHOUT ROWID, or overwritten
  std::vector<Value> values;          // one for each column of the table, in its order
  std::size_t stored_columns = 0;     // of the record; fewer or more than the table has are legal
  std::uint32_t page = 0;             // number of the page of the cell
  Span cell;                          // all of the cell that is in its page
  Span rowid_span;                    // length 0 where there is none

  // The places of the bytes of values[column], in order; none for NULL, a default, 0 and 1.
  void spans(std::size_t column, std::vector<Span>& out) const;
  // The serial type of a value and nothing else is what says NULL, 0 or 1: this is its place.
  std::optional<Span> type_span(std::size_t column) const;

  Payload payload;

  Row() = default;
  Row(Row&&) = default;
  Row& operator=(Row&&) = default;

 private:
  Span place(std::size_t at, std::size_t length) const;
};

// Reads row.payload as a record of `table` into row.values; row.rowid is given. False where the
// head of the record contradicts itself; values then hold what could be read before that.
bool decode_record(const Table& table, Row& row);

// The value of one serial type over exactly its bytes; `column` gives the affinity.
Value decode_value(std::uint64_t serial, std::string_view bytes, Affinity affinity);

bool same_value(const Value& a, const Value& b);

}  // namespace sqlite
