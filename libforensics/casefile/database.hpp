#pragma once
// The few words of SQLite that this library uses, with errors as values. Statements are prepared
// once and reused; text and blobs are bound without copies and must live until the step is done.

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace forensics::casefile {

class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  // Parameters count from 1, in the order in which they stand in the SQL.
  Statement& bind(int at, std::int64_t value);
  Statement& bind(int at, std::optional<std::int64_t> value);
  Statement& bind_text(int at, std::string_view value);
  Statement& bind_blob(int at, ByteView value);
  Statement& bind_null(int at);

  // true: a row is there to read; false: done (the statement is reset and can be bound again).
  Result<bool> step();
  // For statements that return no row.
  Status run();
  void reset();

  // Columns count from 0. Views live until the next step or reset.
  std::int64_t integer(int column) const;
  std::optional<std::int64_t> maybe_integer(int column) const;
  std::string_view text(int column) const;
  ByteView blob(int column) const;
  bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
  // immutable: reads a file that nobody writes to, without locks and without files beside it.
  enum class Mode { read, immutable, write, create };
  static Result<Database> open(const std::string& path, Mode mode);

  Result<Statement> prepare(std::string_view sql) const;
  Status execute(const std::string& sql) const;  // any number of statements, no rows
  std::int64_t last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }
  sqlite3* handle() const { return handle_.get(); }
  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::string path_;
};

}  // namespace forensics::casefile
