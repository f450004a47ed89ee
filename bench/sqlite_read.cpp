// The SQLite reader: rows a second of a scan with every value decoded, beside the same scan by
// SQLite; and MB/s of carving a database in which a third of the rows was deleted. Files named on
// the command line are carved too. The goal is 50 MB/s of carving.

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "sqlite/carve.hpp"

namespace {

class View final : public sqlite::Bytes {
 public:
  explicit View(const std::string& bytes) : bytes_(bytes) {}
  std::uint64_t length() const override { return bytes_.size(); }
  std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const override {
    if (offset >= bytes_.size()) return 0;
    const std::size_t count = std::min<std::size_t>(n, bytes_.size() - offset);
    std::memcpy(buffer, bytes_.data() + offset, count);
    return count;
  }

 private:
  const std::string& bytes_;
};

// Messages of about 130 bytes; `remove` is a condition.
std::string make_database(const char* rows, const char* remove) {
  sqlite3* db = nullptr;
  sqlite3_open(":memory:", &db);
  const std::string script =
      "PRAGMA page_size=4096; PRAGMA secure_delete=0;"
      "CREATE TABLE message(_id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, from_me INTEGER,"
      " key_id TEXT NOT NULL, sender INTEGER, timestamp INTEGER, type INTEGER, text_data TEXT);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < " +
      std::string(rows) +
      ") INSERT INTO message SELECT i, i % 40 + 1, i % 2, printf('%032X', i * 7919), i % 90,"
      " 1700000000000 + i * 47000, 0, 'we leave on Thursday from the usual place, number ' || i "
      "FROM n;"
      "DELETE FROM message WHERE " +
      remove + ";";
  sqlite3_exec(db, script.c_str(), nullptr, nullptr, nullptr);
  sqlite3_int64 size = 0;
  unsigned char* image = sqlite3_serialize(db, "main", &size, 0);
  std::string out(reinterpret_cast<char*>(image), static_cast<std::size_t>(size));
  sqlite3_free(image);
  sqlite3_close(db);
  return out;
}

void scan(benchmark::State& state, const std::string& bytes) {
  const View file(bytes);
  std::int64_t rows = 0;
  for (auto _ : state) {
    sqlite::Database db({&file});
    for (const sqlite::Table& table : db.tables())
      db.for_each_row(table, [&](const sqlite::Row& row) {
        benchmark::DoNotOptimize(row.values.data());
        ++rows;
        return true;
      });
  }
  state.SetItemsProcessed(rows);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}

void scan_by_sqlite(benchmark::State& state, std::string bytes) {
  sqlite3* db = nullptr;
  sqlite3_open(":memory:", &db);
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  sqlite3_deserialize(db, "main", reinterpret_cast<unsigned char*>(bytes.data()), size, size,
                      SQLITE_DESERIALIZE_READONLY);
  std::int64_t rows = 0;
  for (auto _ : state) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db, "SELECT * FROM message", -1, &statement, nullptr);
    const int columns = sqlite3_column_count(statement);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      for (int i = 0; i < columns; ++i)
        if (sqlite3_column_type(statement, i) == SQLITE_TEXT)
          benchmark::DoNotOptimize(sqlite3_column_text(statement, i));
        else
          benchmark::DoNotOptimize(sqlite3_column_int64(statement, i));
      ++rows;
    }
    sqlite3_finalize(statement);
  }
  state.SetItemsProcessed(rows);
  sqlite3_close(db);
}

void carve_all(benchmark::State& state, const std::string& bytes) {
  const View file(bytes);
  std::uint64_t found = 0;
  for (auto _ : state) {
    sqlite::Database db({&file});
    found = carve(db, {}, [](const sqlite::Recovered&) { return true; }).reported;
  }
  state.counters["records"] = static_cast<double>(found);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const std::string whole = make_database("300000", "0");
  const std::string scattered = make_database("300000", "_id % 3 = 0");
  const std::string emptied = make_database("300000", "_id > 100000");
  benchmark::RegisterBenchmark("scan", [&](auto& state) { scan(state, whole); });
  benchmark::RegisterBenchmark("scan_by_sqlite",
                               [&](auto& state) { scan_by_sqlite(state, whole); });
  benchmark::RegisterBenchmark("carve/nothing_deleted",
                               [&](auto& state) { carve_all(state, whole); });
  benchmark::RegisterBenchmark("carve/a_third_scattered",
                               [&](auto& state) { carve_all(state, scattered); });
  benchmark::RegisterBenchmark("carve/two_thirds_at_the_end",
                               [&](auto& state) { carve_all(state, emptied); });
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    benchmark::RegisterBenchmark(argv[i], [bytes](auto& state) { carve_all(state, bytes); });
  }
  benchmark::RunSpecifiedBenchmarks();
}
