#include "casefile/database.hpp"

#include <cerrno>

#include "base/files.hpp"

namespace forensics::casefile {
namespace {

ErrorCode code_of(int result) {
  switch (result & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY: return ErrorCode::output;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ErrorCode::corrupt;
    case SQLITE_CONSTRAINT: return ErrorCode::integrity;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorCode::busy;
    case SQLITE_CANTOPEN: return ErrorCode::unreadable;
    case SQLITE_INTERRUPT: return ErrorCode::cancelled;
    default: return ErrorCode::internal;
  }
}

// What the system said, where SQLite only says "disk I/O error" or "unable to open database file".
std::string cause_of(sqlite3* handle, int result) {
  if ((result & 0xFF) == SQLITE_FULL) return ": " + system_message(ENOSPC);
  if ((result & 0xFF) != SQLITE_IOERR) return {};
  const int error = sqlite3_system_errno(handle);
  return ": " + system_message(error != 0 ? error : EIO);
}

// The database itself is open: what a statement of a writer cannot open is the log that it wants to
// make. By then SQLite has forgotten what the system said.
bool lacks_log(sqlite3* handle, int result) {
  return (result & 0xFF) == SQLITE_CANTOPEN && sqlite3_db_readonly(handle, "main") == 0;
}

tl::unexpected<Error> database_error(sqlite3* handle) {
  const char* path = sqlite3_db_filename(handle, "main");
  const int result = sqlite3_extended_errcode(handle);
  const ErrorCode code = lacks_log(handle, result) ? ErrorCode::output : code_of(result);
  // After a write or a sync that failed nobody knows what the log holds on disk: closing must not
  // fold it into the file as if it were safe.
  if (code == ErrorCode::output)
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  if (code == ErrorCode::busy)
    return fail(code, path != nullptr ? path : "case database",
                "another program has the case database in use: wait for it, or end it, and run "
                "this command again");
  if (lacks_log(handle, result))
    return fail(code, path != nullptr ? path : "case database",
                "cannot make a file beside it: the disk is full, or the folder cannot be written");
  return fail(code, path != nullptr ? path : "case database",
              std::string("database: ") + sqlite3_errmsg(handle) + cause_of(handle, result));
}

// https://www.sqlite.org/uri.html
std::string immutable_uri(const std::string& path) {
  std::string uri = path.starts_with('/') ? "file://" : "file:";
  for (const char byte : path) {
    if (byte == '%' || byte == '?' || byte == '#')
      uri += '%' + to_hex({&byte, 1});
    else
      uri += byte;
  }
  return uri + "?immutable=1";
}

}  // namespace

Statement& Statement::bind(int at, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), at, value);
  return *this;
}

Statement& Statement::bind(int at, std::optional<std::int64_t> value) {
  return value ? bind(at, *value) : bind_null(at);
}

Statement& Statement::bind_text(int at, std::string_view value) {
  // A null pointer would bind NULL, and an empty text is not an absent one.
  const char* data = value.data() != nullptr ? value.data() : "";
  sqlite3_bind_text64(statement_.get(), at, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(int at, ByteView value) {
  const char* data = value.data() != nullptr ? value.data() : "";
  sqlite3_bind_blob64(statement_.get(), at, data, value.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind_null(int at) {
  sqlite3_bind_null(statement_.get(), at);
  return *this;
}

Result<bool> Statement::step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) {
    sqlite3_reset(statement_.get());
    return false;
  }
  auto error = database_error(sqlite3_db_handle(statement_.get()));
  sqlite3_reset(statement_.get());
  return error;
}

Status Statement::run() {
  const bool row = TRY(step());
  if (row) sqlite3_reset(statement_.get());
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::optional<std::int64_t> Statement::maybe_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::string_view Statement::text(int column) const {
  return blob(column);
}

ByteView Statement::blob(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Result<Database> Database::open(const std::string& path, Mode mode) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
  if (mode == Mode::read) flags |= SQLITE_OPEN_READONLY;
  if (mode == Mode::immutable) flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  if (mode == Mode::write) flags |= SQLITE_OPEN_READWRITE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const std::string name = mode == Mode::immutable ? immutable_uri(path) : path;
  const int result = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
  Database database;
  database.handle_.reset(handle);
  database.path_ = path;
  if (result != SQLITE_OK) {
    if (handle == nullptr)
      return fail(ErrorCode::internal, path, "cannot open the case database: out of memory");
    return fail(code_of(result), path,
                std::string("cannot open the case database: ") + sqlite3_errmsg(handle) +
                    cause_of(handle, result));
  }
  sqlite3_busy_timeout(handle, 10'000);
  sqlite3_extended_result_codes(handle, 1);
  return database;
}

Result<Statement> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) return database_error(handle_.get());
  return Statement(statement);
}

Status Database::execute(const std::string& sql) const {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return database_error(handle_.get());
  return {};
}

}  // namespace forensics::casefile
