#include "casefile/handed_over.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <vector>

#include "casefile/schema.hpp"
#include "ledger/layout.hpp"

namespace forensics::casefile {
namespace {

// https://www.sqlite.org/fileformat2.html, "The Rollback Journal": a journal begins with these
// bytes, and one that belongs to several databases ends with them, behind the other file's name.
constexpr std::string_view kJournalMagic = "\xD9\xD5\x05\xF9\x20\xA1\x63\xD7";

constexpr const char* kSchemaQuery =
    "SELECT type, name, tbl_name, sql FROM main.sqlite_schema"
    " WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))"
    " ORDER BY type, name";

tl::unexpected<Error> refuse(const std::string& path, std::string what) {
  return fail(ErrorCode::corrupt, path,
              std::move(what) +
                  ": it was not opened; 'forensics verify CASE --no-database' checks the rest, and "
                  "without it 'forensics rebuild CASE' makes the database anew");
}

Status require_plain(const std::string& path) {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode))
    return refuse(path, "this is no plain file");
  return {};
}

Status require_single_journal(const std::string& path) {
  if (!exists(path)) return {};
  const Descriptor file = TRY(open_read(path));
  const std::uint64_t size = TRY(size_of(file));
  if (size < kJournalMagic.size()) return {};
  const std::string end = TRY(read_at(file, size - kJournalMagic.size(), kJournalMagic.size()));
  if (size > kJournalMagic.size() && end == kJournalMagic)
    return refuse(path, "this journal names another file, which SQLite would delete");
  return {};
}

using Row = std::vector<std::string>;

Result<std::vector<Row>> schema_of(const Database& database) {
  Statement select = TRY(database.prepare(kSchemaQuery));
  std::vector<Row> rows;
  while (TRY(select.step())) {
    Row row;
    for (int column = 0; column < 4; ++column) row.emplace_back(select.text(column));
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<std::vector<Row>> own_schema() {
  const Database fresh = TRY(Database::open(":memory:", Database::Mode::create));
  TRY(create_schema(fresh));
  return schema_of(fresh);
}

Status require_no_link(const std::string& path) {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) != 0 || !S_ISLNK(facts.st_mode)) return {};
  return fail(ErrorCode::integrity, path,
              "a symbolic link stands where the case has a folder: nothing was written");
}

}  // namespace

Status require_plain_database(const std::string& path) {
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) TRY(require_plain(path + suffix));
  return require_single_journal(path + "-journal");
}

Status require_own_schema(const Database& database) {
  const std::vector<Row> wanted = TRY(own_schema());
  const std::vector<Row> found = TRY(schema_of(database));
  const auto name = [](const std::vector<Row>& rows, std::size_t at) {
    return at < rows.size() ? rows[at][0] + " " + rows[at][1] : std::string("nothing");
  };
  for (std::size_t at = 0; at < std::max(wanted.size(), found.size()); ++at)
    if (at >= wanted.size() || at >= found.size() || wanted[at] != found[at])
      return fail(ErrorCode::corrupt, database.path(),
                  "the database is not as this program makes it (" + legible(name(found, at)) +
                      " stands where " + name(wanted, at) +
                      " of its own belongs): nothing in it was read; 'forensics rebuild CASE' "
                      "makes it anew");
  return {};
}

Status require_own_folders(const CasePaths& paths) {
  const ledger::Layout ledger(paths.root);
  for (const std::string& folder :
       {paths.objects(), paths.reports(), paths.root + "/ledger", ledger.checkpoints(),
        ledger.recovery(), ledger.tokens(), ledger.cosignatures(), ledger.records(), ledger.keys()})
    TRY(require_no_link(folder));
  if (!exists(paths.objects())) return {};
  for (const std::string& name : TRY(list_directory(paths.objects())))
    TRY(require_no_link(paths.objects() + '/' + name));
  return {};
}

}  // namespace forensics::casefile
