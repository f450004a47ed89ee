#include "ingest/mirror_snapshot.hpp"

#include <unistd.h>

#include <cstdlib>

#include "casefile/handed_over.hpp"
#include "casefile/lock.hpp"
#include "casefile/schema.hpp"

namespace forensics::ingest {
namespace {

using casefile::Database;

// Bytes 18 and 19 of the file say which format wrote it last and which may read it.
// https://www.sqlite.org/fileformat.html section 1.3.3
bool is_in_wal_mode(ByteView header) {
  return header.size() >= 20 && header[18] == 2 && header[19] == 2;
}

// Holds a copy of the database while it is looked at.
class TemporaryFolder {
 public:
  static Result<std::shared_ptr<TemporaryFolder>> make() {
    const char* base = std::getenv("TMPDIR");
    std::string path = std::string(base != nullptr ? base : "/tmp") + "/forensics-verify-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr)
      return fail(ErrorCode::output, path, "cannot make a temporary folder");
    return std::make_shared<TemporaryFolder>(std::move(path));
  }
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    if (const auto names = list_directory(path_))
      for (const std::string& name : *names) (void)Files::system().remove(path_ + "/" + name);
    ::rmdir(path_.c_str());
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Status copy_file(const std::string& from, const std::string& to) {
  const Descriptor source = TRY(open_read(from));
  const Descriptor target = TRY(Files::system().create(to, 0600));
  for (std::uint64_t offset = 0;;) {
    const std::string piece = TRY(read_at(source, offset, 1 << 20));
    if (piece.empty()) return {};
    TRY(Files::system().write(target, piece, to));
    offset += piece.size();
  }
}

Result<std::uint64_t> size_at(const std::string& path) {
  if (!exists(path)) return 0;
  const Descriptor file = TRY(open_read(path));
  return size_of(file);
}

// A database whose last transactions are still in its log and that has no index of that log, or
// that has a journal to be rolled back: SQLite would write beside it or into it, so it works on a
// copy.
Status open_copy(const std::string& path, Snapshot& snapshot) {
  const auto folder = TRY(TemporaryFolder::make());
  const std::string copy = folder->path() + "/case.db";
  for (const char* suffix : {"", "-wal", "-journal"})
    if (exists(path + suffix)) TRY(copy_file(path + suffix, copy + suffix));
  snapshot.keeps = folder;
  snapshot.database = TRY(Database::open(copy, Database::Mode::write));
  return {};
}

Status open_at_rest(const std::string& path, Snapshot& snapshot) {
  if (TRY(size_at(path + "-journal")) > 0) return open_copy(path, snapshot);
  const Descriptor file = TRY(open_read(path));
  const bool wal = is_in_wal_mode(TRY(read_at(file, 0, 20)));
  if (wal && !exists(path + "-shm")) {
    if (TRY(size_at(path + "-wal")) > 0) return open_copy(path, snapshot);
    snapshot.database = TRY(Database::open(path, Database::Mode::immutable));
  } else {
    // With an index of the log beside it, a writer was killed there.
    snapshot.database = TRY(Database::open(path, Database::Mode::read));
  }
  return {};
}

// Beside a writer the database is read under SQLite's locks like by any other reader: a copy of it,
// or a look at it without locks, would be of no one moment.
Status open_database(const casefile::CasePaths& paths, Snapshot& snapshot) {
  const std::string path = paths.database();
  if (!casefile::is_being_written(paths)) {
    TRY(open_at_rest(path, snapshot));
    if (!casefile::is_being_written(paths)) return {};
    snapshot = Snapshot();
  }
  snapshot.database = TRY(Database::open(path, Database::Mode::read));
  return {};
}

}  // namespace

Result<std::unique_ptr<Snapshot>> open_snapshot(const casefile::CasePaths& paths) {
  const std::string path = paths.database();
  TRY(casefile::require_plain_database(path));
  if (TRY(size_at(path)) == 0) return nullptr;
  auto snapshot = std::make_unique<Snapshot>();
  TRY(open_database(paths, *snapshot));
  const Database& database = snapshot->database;
  // What is read here may have been written by an adversary: nothing in its schema is to be run.
  TRY(
      database.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                       "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; BEGIN"));
  TRY(casefile::require_current(database));
  TRY(casefile::require_own_schema(database));
  casefile::Statement applied =
      TRY(database.prepare("SELECT value FROM meta WHERE key = 'applied'"));
  if (!TRY(applied.step()))
    return fail(ErrorCode::corrupt, path, "the case database has lost its own state");
  snapshot->applied = static_cast<std::uint64_t>(applied.integer(0));
  return snapshot;
}

}  // namespace forensics::ingest
