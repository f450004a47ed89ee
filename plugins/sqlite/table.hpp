#pragma once
// A table as its CREATE TABLE statement declares it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format.hpp"

namespace sqlite {

enum class Affinity : std::uint8_t { blob, text, numeric, integer, real };

// A constant that a statement states.
struct Literal {
  Storage type = Storage::null;
  std::int64_t integer = 0;
  double real = 0;
  std::string bytes;  // of a text (UTF-8) or blob
};

enum class Generated : std::uint8_t { no, stored, computed };  // computed: not in the record

struct Column {
  std::string name;
  std::string type;  // as declared
  Affinity affinity = Affinity::blob;
  bool not_null = false;
  Generated generated = Generated::no;
  // What a row has that was written before the column was added; absent: NULL, or no constant.
  std::optional<Literal> fallback;
};

struct Table {
  std::string name;
  std::uint32_t root = 0;  // 0: a virtual table, or one that is known from its remnants only
  std::vector<Column> columns;
  int rowid_alias = -1;  // the column that is another name of the row id
  bool without_rowid = false;
  bool dropped = false;               // recovered: the schema does not have it any more
  std::vector<std::uint32_t> stored;  // the columns in the order of the record
  std::size_t key_columns = 0;        // WITHOUT ROWID: how many of them are the primary key
};

// The table that `sql` declares; nullopt where it cannot be understood or declares a virtual table.
// At most kMaxColumns columns, which is SQLite's own limit.
inline constexpr std::size_t kMaxColumns = 32767;
std::optional<Table> parse_create_table(std::string_view sql);

bool is_virtual_table(std::string_view sql);

Affinity affinity_of(std::string_view declared_type);

}  // namespace sqlite
