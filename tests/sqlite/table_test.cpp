// CREATE TABLE statements, as databases keep them.

#include "sqlite/table.hpp"

#include <gtest/gtest.h>

namespace sqlite_test {
namespace {

using sqlite::Affinity;
using sqlite::Generated;
using sqlite::Storage;

sqlite::Table parse(std::string_view sql) {
  auto table = sqlite::parse_create_table(sql);
  EXPECT_TRUE(table.has_value()) << sql;
  return table.value_or(sqlite::Table{});
}

TEST(SqliteTable, NamesInEveryQuoting) {
  const auto table = parse(
      "create TABLE IF NOT EXISTS main.\"a \"\"b\"\"\" ( -- one, two )\n"
      "[x y] INT, `p``q` TEXT /* , ( */, 'it''s' BLOB, plain)");
  EXPECT_EQ(table.name, "a \"b\"");
  ASSERT_EQ(table.columns.size(), 4u);
  EXPECT_EQ(table.columns[0].name, "x y");
  EXPECT_EQ(table.columns[1].name, "p`q");
  EXPECT_EQ(table.columns[2].name, "it's");
  EXPECT_EQ(table.columns[3].name, "plain");
  EXPECT_EQ(table.columns[3].affinity, Affinity::blob);
}

TEST(SqliteTable, AffinityFollowsTheDeclaredType) {
  EXPECT_EQ(sqlite::affinity_of("BIGINT"), Affinity::integer);
  EXPECT_EQ(sqlite::affinity_of("CHARINT"), Affinity::integer);
  EXPECT_EQ(sqlite::affinity_of("varchar(10)"), Affinity::text);
  EXPECT_EQ(sqlite::affinity_of("FLOATING POINT"), Affinity::integer);  // "POINT" has INT
  EXPECT_EQ(sqlite::affinity_of("double precision"), Affinity::real);
  EXPECT_EQ(sqlite::affinity_of("BOOLEAN"), Affinity::numeric);
  EXPECT_EQ(sqlite::affinity_of(""), Affinity::blob);
}

TEST(SqliteTable, OnlyAPlainIntegerKeyIsTheRowId) {
  EXPECT_EQ(parse("CREATE TABLE t(a, id INTEGER PRIMARY KEY AUTOINCREMENT)").rowid_alias, 1);
  EXPECT_EQ(parse("CREATE TABLE t(id INTEGER, a, PRIMARY KEY(id DESC))").rowid_alias, 0);
  EXPECT_EQ(parse("CREATE TABLE t(id INTEGER PRIMARY KEY DESC)").rowid_alias, -1);
  EXPECT_EQ(parse("CREATE TABLE t(id INT PRIMARY KEY)").rowid_alias, -1);
  EXPECT_EQ(parse("CREATE TABLE t(id INTEGER, b, PRIMARY KEY(id, b))").rowid_alias, -1);
  EXPECT_EQ(parse("CREATE TABLE t(id INTEGER PRIMARY KEY) WITHOUT ROWID").rowid_alias, -1);
}

TEST(SqliteTable, WithoutRowidStoresItsKeyFirst) {
  const auto table =
      parse("CREATE TABLE t(a, b INTEGER, c TEXT, PRIMARY KEY(c, a, c)) STRICT, WITHOUT ROWID");
  EXPECT_TRUE(table.without_rowid);
  EXPECT_EQ(table.stored, (std::vector<std::uint32_t>{2, 0, 1}));
  EXPECT_EQ(table.key_columns, 2u);
  EXPECT_TRUE(table.columns[0].not_null);
}

TEST(SqliteTable, ConstraintsAndDefaults) {
  const auto table = parse(
      "CREATE TABLE t(a INTEGER NOT NULL DEFAULT -5 CHECK (a > '),('), b TEXT DEFAULT 12,"
      " c REAL DEFAULT 3, d BLOB DEFAULT x'00ff', e INTEGER DEFAULT '7', f DEFAULT (1 + 2),"
      " g DEFAULT ((4)), h INT REFERENCES o(x) ON DELETE SET DEFAULT, i DECIMAL(10, 2) COLLATE "
      "NOCASE,"
      " j DEFAULT CURRENT_TIMESTAMP, k DEFAULT TRUE, CONSTRAINT \"n,\" UNIQUE (a, b), FOREIGN "
      "KEY(h) REFERENCES o(x))");
  ASSERT_EQ(table.columns.size(), 11u);
  const auto& columns = table.columns;
  EXPECT_TRUE(columns[0].not_null);
  EXPECT_EQ(columns[0].fallback->integer, -5);
  EXPECT_EQ(columns[1].fallback->bytes, "12");
  EXPECT_EQ(columns[2].fallback->type, Storage::real);
  EXPECT_EQ(columns[3].fallback->bytes, std::string("\0\xff", 2));
  EXPECT_EQ(columns[4].fallback->integer, 7);
  EXPECT_FALSE(columns[5].fallback);
  EXPECT_EQ(columns[6].fallback->integer, 4);
  EXPECT_FALSE(columns[7].fallback);
  EXPECT_EQ(columns[8].name, "i");
  EXPECT_FALSE(columns[9].fallback);
  EXPECT_EQ(columns[10].fallback->integer, 1);
}

TEST(SqliteTable, ComputedColumnsAreNotStored) {
  const auto table = parse(
      "CREATE TABLE t(a INT, b INT GENERATED ALWAYS AS (a * (2)) VIRTUAL, c AS (a) STORED, d)");
  EXPECT_EQ(table.columns[1].generated, Generated::computed);
  EXPECT_EQ(table.columns[2].generated, Generated::stored);
  EXPECT_EQ(table.stored, (std::vector<std::uint32_t>{0, 2, 3}));
}

TEST(SqliteTable, WhatIsNoStatementIsRefused) {
  for (const char* sql :
       {"", "CREATE", "CREATE TABLE", "CREATE TABLE t", "CREATE TABLE t()", "CREATE TABLE t(a",
        "CREATE INDEX i ON t(a)", "CREATE TABLE t(,)", "CREATE TABLE \"t",
        "CREATE TABLE t(a DEFAULT (((", "CREATE TABLE t(a /*"})
    EXPECT_FALSE(sqlite::parse_create_table(sql)) << sql;
  EXPECT_TRUE(sqlite::is_virtual_table("CREATE VIRTUAL TABLE f USING fts4(a)"));
}

}  // namespace
}  // namespace sqlite_test
