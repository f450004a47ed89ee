#include "casefile/compare.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <compare>

namespace forensics::casefile {
namespace {

// One value of a row with its storage class, which Statement does not show.
struct Value {
  int type = SQLITE_NULL;
  std::int64_t number = 0;
  double real = 0;
  ByteView bytes;

  static Value of(sqlite3_stmt* row, int column) {
    Value value;
    value.type = sqlite3_column_type(row, column);
    if (value.type == SQLITE_INTEGER) value.number = sqlite3_column_int64(row, column);
    if (value.type == SQLITE_FLOAT) value.real = sqlite3_column_double(row, column);
    if (value.type == SQLITE_TEXT || value.type == SQLITE_BLOB) {
      const void* data = sqlite3_column_blob(row, column);
      const int size = sqlite3_column_bytes(row, column);
      if (data != nullptr)
        value.bytes = {static_cast<const char*>(data), static_cast<std::size_t>(size)};
    }
    return value;
  }

  bool operator==(const Value&) const = default;

  // The order in which SQLite sorts keys of these tables: all numbers before all texts before all
  // blobs, texts by bytes.
  int rank() const {
    switch (type) {
      case SQLITE_NULL: return 0;
      case SQLITE_INTEGER:
      case SQLITE_FLOAT: return 1;
      case SQLITE_TEXT: return 2;
      default: return 3;
    }
  }
  bool is_before(const Value& other) const {
    if (rank() != other.rank()) return rank() < other.rank();
    if (rank() > 1) return bytes < other.bytes;
    if (type == SQLITE_INTEGER && other.type == SQLITE_INTEGER) return number < other.number;
    const auto as_real = [](const Value& value) {
      return value.type == SQLITE_INTEGER ? static_cast<double>(value.number) : value.real;
    };
    return as_real(*this) < as_real(other);
  }

  std::string text() const {
    if (type == SQLITE_INTEGER) return std::to_string(number);
    if (type == SQLITE_TEXT) return legible(bytes);
    return type == SQLITE_BLOB ? to_hex(bytes) : "?";
  }
};

// The rows of a query whose first `keys` columns are its order.
class Rows {
 public:
  static Result<Rows> of(const Database& database, const std::string& sql) {
    Rows rows;
    if (sqlite3_prepare_v3(database.handle(), sql.c_str(), static_cast<int>(sql.size()), 0,
                           &rows.row_, nullptr) != SQLITE_OK)
      return fail(ErrorCode::corrupt, database.path(), sqlite3_errmsg(database.handle()));
    rows.statement_ = Statement(rows.row_);
    TRY(rows.next());
    return rows;
  }

  Status next() {
    has_row_ = TRY(statement_.step());
    return {};
  }
  bool has_row() const { return has_row_; }
  int columns() const { return sqlite3_column_count(row_); }
  std::string name(int column) const { return sqlite3_column_name(row_, column); }
  Value value(int column) const { return Value::of(row_, column); }

 private:
  sqlite3_stmt* row_ = nullptr;
  Statement statement_;
  bool has_row_ = false;
};

struct Query {
  std::string sql;  // ordered by its first `keys` columns
  int keys = 1;
  int label = -1;  // the column that names a row; -1: its key does
};

std::string label_of(const Rows& rows, const Query& query) {
  if (query.label >= 0) return rows.value(query.label).text();
  std::string label;
  for (int column = 0; column < query.keys; ++column)
    label += (column > 0 ? "/" : "") + rows.value(column).text();
  return label;
}

void remember(Difference& difference, std::string label) {
  if (difference.rows.size() >= Difference::kMostRows) return;
  if (std::find(difference.rows.begin(), difference.rows.end(), label) == difference.rows.end())
    difference.rows.push_back(std::move(label));
}

// Negative: the row of `a` comes first; 0: both have the same key.
int order(const Rows& a, const Rows& b, int keys) {
  for (int column = 0; column < keys; ++column) {
    const Value left = a.value(column);
    const Value right = b.value(column);
    if (left.is_before(right)) return -1;
    if (right.is_before(left)) return 1;
  }
  return 0;
}

Result<Difference> compare(const Database& wanted, const Database& found, const Query& query) {
  Rows left = TRY(Rows::of(wanted, query.sql));
  Rows right = TRY(Rows::of(found, query.sql));
  Difference difference;
  while (left.has_row() || right.has_row()) {
    const int at = !right.has_row() ? -1 : !left.has_row() ? 1 : order(left, right, query.keys);
    if (at < 0) {
      ++difference.missing;
      remember(difference, label_of(left, query));
      TRY(left.next());
      continue;
    }
    if (at > 0) {
      ++difference.extra;
      remember(difference, label_of(right, query));
      TRY(right.next());
      continue;
    }
    bool same = true;
    for (int column = 0; column < left.columns(); ++column) {
      if (left.value(column) == right.value(column)) continue;
      same = false;
      difference.columns.insert(left.name(column));
    }
    if (!same) {
      ++difference.changed;
      remember(difference, label_of(left, query));
    }
    TRY(left.next());
    TRY(right.next());
  }
  return difference;
}

std::string count_of(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + std::string(count == 1 ? one : many);
}

// Key columns first, then the others: what compare() needs.
Result<Query> query_of(const Database& database, std::string_view table) {
  Statement info =
      TRY(database.prepare("SELECT name, pk FROM pragma_table_info(?) ORDER BY pk = 0, pk, cid"));
  info.bind_text(1, table);
  std::string columns, keys;
  Query query;
  query.keys = 0;
  while (TRY(info.step())) {
    const std::string name(info.text(0));
    columns += (columns.empty() ? "" : ", ") + name;
    if (info.integer(1) == 0) continue;
    keys += (keys.empty() ? "" : ", ") + name;
    if (table == "event" && name == "message") query.label = query.keys;
    ++query.keys;
  }
  query.sql = "SELECT " + columns + " FROM main." + std::string(table) + " ORDER BY " + keys;
  return query;
}

}  // namespace

std::string Difference::text() const {
  std::string out;
  const auto add = [&out](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
  if (changed > 0) {
    std::string names;
    for (const std::string& column : columns) names += (names.empty() ? "" : ", ") + column;
    add(count_of(changed, " row differs (", " rows differ (") + names + ")");
  }
  if (missing > 0) add(count_of(missing, " row is missing", " rows are missing"));
  if (extra > 0) add(count_of(extra, " row should not be there", " rows should not be there"));
  return out + ": not what the ledger and the evidence give";
}

Result<Difference> compare_part(const Database& wanted, const Database& found,
                                std::string_view part) {
  if (part == "search") return compare_search(wanted, found);
  if (part == "sqlite_schema") return compare_schema(wanted, found);
  return compare_table(wanted, found, part);
}

Result<Difference> compare_table(const Database& wanted, const Database& found,
                                 std::string_view table) {
  return compare(wanted, found, TRY(query_of(wanted, table)));
}

Result<Difference> compare_search(const Database& wanted, const Database& found) {
  // Written in the same portions, the index is the same byte for byte; that is soon seen. Otherwise
  // what it says has to be compared.
  const Difference pages =
      TRY(compare(wanted, found, {"SELECT id, block FROM main.search_data ORDER BY id", 1}));
  const Difference tree = TRY(compare(
      wanted, found, {"SELECT segid, term, pgno FROM main.search_idx ORDER BY segid, term", 2}));
  if (pages.empty() && tree.empty()) return Difference{};
  for (const Database* database : {&wanted, &found})
    TRY(
        database->execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING"
                          " fts5vocab(main, search, instance)"));
  // The index is kept in this order; asking for it would sort a copy.
  return compare(wanted, found, {"SELECT term, doc FROM temp.search_terms", 2, 1});
}

Result<Difference> compare_schema(const Database& wanted, const Database& found) {
  return compare(wanted, found,
                 {"SELECT type, name FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite\\_%'"
                  " ESCAPE '\\' ORDER BY type, name",
                  2, 1});
}

}  // namespace forensics::casefile
