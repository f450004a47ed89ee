// What the reader says stands in a database, against what SQLite says.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <map>
#include <random>

#include "corpus.hpp"
#include "support/temporary_folder.hpp"

namespace sqlite_test {
namespace {

using Rows = std::vector<std::string>;

std::string value_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return "I" + std::to_string(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: return shown_real(sqlite3_column_double(statement, column));
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return "T" + hex({text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))});
    }
    case SQLITE_BLOB: {
      const auto* blob = static_cast<const char*>(sqlite3_column_blob(statement, column));
      return "B" + hex({blob, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))});
    }
    default: return "N";
  }
}

std::string identifier(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    out += c;
    if (c == '"') out += c;
  }
  return out + '"';
}

class Judge {
 public:
  // A copy, because SQLite writes to what it opens.
  explicit Judge(const std::filesystem::path& path) {
    for (const char* ending : {"", "-wal", "-journal"})
      if (std::filesystem::exists(path.string() + ending)) {
        const std::filesystem::path target = folder_ / ("copy.db" + std::string(ending));
        std::filesystem::copy_file(path.string() + ending, target);
        std::filesystem::permissions(target, std::filesystem::perms::owner_all);
      }
    sqlite3_open((folder_ / "copy.db").c_str(), &db_);
  }
  ~Judge() { sqlite3_close(db_); }
  Judge(const Judge&) = delete;
  Judge& operator=(const Judge&) = delete;

  Rows query(const std::string& sql, std::vector<std::string>* columns = nullptr) {
    sqlite3_stmt* statement = nullptr;
    Rows out;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      ADD_FAILURE() << sql << ": " << sqlite3_errmsg(db_);
      return out;
    }
    const int count = sqlite3_column_count(statement);
    for (int i = 0; columns != nullptr && i < count; ++i)
      columns->push_back(sqlite3_column_name(statement, i));
    while (sqlite3_step(statement) == SQLITE_ROW) {
      std::vector<std::string> values;
      for (int i = 0; i < count; ++i) values.push_back(value_of(statement, i));
      out.push_back(joined(values));
    }
    sqlite3_finalize(statement);
    return out;
  }
  bool runs(const std::string& sql) {
    return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }

 private:
  forensics::test::TemporaryFolder folder_;
  sqlite3* db_ = nullptr;
};

// Columns that are computed are in no record: SQLite is not asked for them either.
std::string columns_of(const sqlite::Table& table) {
  std::string out;
  for (const sqlite::Column& column : table.columns)
    if (column.generated != sqlite::Generated::computed)
      out += (out.empty() ? "" : ", ") + identifier(column.name);
  return out;
}

std::string row_of(const sqlite::Table& table, const sqlite::Row& row, sqlite::Encoding encoding) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < row.values.size(); ++i)
    if (table.columns[i].generated != sqlite::Generated::computed)
      values.push_back(shown(row.values[i], encoding));
  return joined(values);
}

// Each value must follow from the bytes that its spans name.
void expect_spans_hold(const Files& files, const sqlite::Table& table, const sqlite::Row& row) {
  std::vector<sqlite::Span> spans;
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const sqlite::Value& value = row.values[i];
    row.spans(i, spans);
    std::string bytes;
    for (const sqlite::Span& span : spans)
      bytes += files.bytes_of(span.input).substr(span.offset, span.length);
    const std::string where = table.name + "." + table.columns[i].name;
    if (value.is_rowid) {
      EXPECT_EQ(static_cast<std::int64_t>(sqlite::read_varint(bytes, 0).value), value.integer)
          << where;
    } else if (value.in_record &&
               (value.type == sqlite::Storage::text || value.type == sqlite::Storage::blob)) {
      EXPECT_EQ(bytes, value.bytes) << where;
    } else if (value.in_record) {
      const auto again = sqlite::decode_value(value.serial, bytes, table.columns[i].affinity);
      EXPECT_TRUE(same_value(again, value)) << where;
      const auto type = row.type_span(i);
      ASSERT_TRUE(type) << where;
      const std::string raw = files.bytes_of(type->input).substr(type->offset, type->length);
      EXPECT_EQ(sqlite::read_varint(raw, 0).value, value.serial) << where;
    }
  }
}

void expect_same_as_sqlite(const std::filesystem::path& path) {
  SCOPED_TRACE(path.filename().string());
  const Files files = load(path);
  sqlite::Database db(files.inputs());
  ASSERT_TRUE(db.readable()) << db.recognition().reason;
  Judge judge(path);
  std::size_t tables = 0;
  for (const sqlite::Table& table : db.tables()) {
    const std::string columns = columns_of(table);
    const std::string order = table.without_rowid ? "" : " ORDER BY rowid";
    const std::string sql = "SELECT " + columns + " FROM " + identifier(table.name) + order;
    SCOPED_TRACE(sql);
    Rows ours;
    std::vector<std::int64_t> rowids;
    db.for_each_row(table, [&](const sqlite::Row& row) {
      ours.push_back(row_of(table, row, db.header().encoding));
      if (row.rowid) rowids.push_back(*row.rowid);
      expect_spans_hold(files, table, row);
      return true;
    });
    const Rows theirs = judge.query(sql);
    ASSERT_EQ(ours.size(), theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i) ASSERT_EQ(ours[i], theirs[i]) << "row " << i;
    sqlite::Row row;
    for (std::size_t i = 0; i < rowids.size(); i += 7) {
      ASSERT_TRUE(db.find_row(table, rowids[i], row));
      EXPECT_EQ(row_of(table, row, db.header().encoding), ours[i]);
    }
    ++tables;
  }
  const Rows known = judge.query(
      "SELECT count(*) FROM sqlite_schema WHERE type='table' AND sql NOT LIKE 'CREATE VIRTUAL%'");
  EXPECT_EQ(known.front(), "I" + std::to_string(tables));
  EXPECT_EQ(db.defects().count(), 0u)
      << (db.defects().kept().empty() ? "" : db.defects().kept().front().what);
}

TEST(SqliteLive, EveryRowOfTheCorpusIsWhatSqliteSays) {
  const auto all = databases(corpus());
  ASSERT_GE(all.size(), 30u);
  for (const auto& path : all) expect_same_as_sqlite(path);
}

TEST(SqliteLive, EveryRowOfTheRealDatabasesIsWhatSqliteSays) {
  const auto folder = forensics::test::fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  const auto all = databases(*folder);
  ASSERT_FALSE(all.empty());
  for (const auto& path : all) expect_same_as_sqlite(path);
}

}  // namespace
}  // namespace sqlite_test
