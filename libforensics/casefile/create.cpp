#include "casefile/create.hpp"

#include <openssl/rand.h>

#include "casefile/handed_over.hpp"
#include "casefile/schema.hpp"
#include "casefile/shipped_files.hpp"

namespace forensics::casefile {
namespace {

// What a killed creation may have left: parts of a case, and no case.json.
bool is_own_leftover(const std::string& name) {
  for (const ShippedFile& file : shipped_files())
    if (name == file.name || name == std::string(file.name) + ".tmp") return true;
  return name == "ledger" || name == "keys" || name == "objects" || name == "reports" ||
         name == "lock" || name.starts_with("case.db") || name == "case.json.tmp";
}

Status require_free(const CasePaths& paths) {
  if (!exists(paths.root)) return {};
  if (exists(paths.facts()))
    return fail(ErrorCode::usage, paths.root, "there is a case in this folder already");
  for (const std::string& name : TRY(list_directory(paths.root)))
    if (!is_own_leftover(name))
      return fail(ErrorCode::usage, paths.root,
                  "the folder is not empty (it holds '" + name + "'): name a new folder");
  return {};
}

}  // namespace

std::string new_uuid() {
  std::string bytes(16, '\0');
  RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  std::string text = to_hex(bytes);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

Status prepare_for_writing(const Database& database) {
  // 16 MiB of page cache whatever the size of the load: SQLite spills the rest into the WAL.
  return database.execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;"
      "PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;");
}

Status fold_log(const Database& database) {
  return database.execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
}

Status settle(const Database& database) {
  TRY(database.execute("PRAGMA optimize"));
  (void)fold_log(database);
  return {};
}

Result<Database> create_database(const std::string& path) {
  const std::string unfinished = path + ".new";
  if (exists(unfinished)) TRY(Files::system().remove(unfinished));
  {
    const Database database = TRY(Database::open(unfinished, Database::Mode::create));
    // No way back is needed in a file that nobody knows yet, and none is tried on a failing disk.
    TRY(database.execute("PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; BEGIN"));
    TRY(create_schema(database));
    TRY(database.execute("INSERT INTO meta VALUES ('applied', 0); COMMIT"));
  }
  TRY(Files::system().rename(unfinished, path));
  Database database = TRY(Database::open(path, Database::Mode::write));
  TRY(prepare_for_writing(database));
  return database;
}

Result<Database> open_or_create_database(const std::string& path) {
  TRY(require_plain_database(path));
  if (exists(path)) {
    const Descriptor file = TRY(open_read(path));
    if (TRY(size_of(file)) > 0) {
      Database database = TRY(Database::open(path, Database::Mode::write));
      TRY(require_current(database));
      TRY(require_own_schema(database));
      return database;
    }
  }
  return create_database(path);
}

Status create_case(const std::string& root, const CaseFacts& facts, Files& files,
                   const ledger::Clock& clock, const ledger::Secrets& secrets, const Json& policy) {
  const CasePaths paths{root};
  TRY(require_free(paths));
  TRY(files.make_directory(root));
  TRY(files.make_directory(paths.objects()));
  TRY(files.make_directory(paths.objects() + "/tmp"));
  TRY(files.make_directory(paths.reports()));
  if (!exists(ledger::Layout(root).entries())) {
    ledger::Genesis genesis;
    genesis.case_uuid = facts.uuid;
    genesis.number = facts.number;
    genesis.examiner = facts.examiner;
    genesis.agency = facts.agency;
    genesis.title = facts.title;
    genesis.authority = facts.authority;
    genesis.created = facts.created;
    genesis.tool = facts.version;
    genesis.policy = policy;
    TRY(ledger::create(files, root, genesis, clock, secrets));
  }
  for (const ShippedFile& file : shipped_files())
    TRY(write_atomically(files, root + '/' + std::string(file.name), file.bytes, 0644));
  for (const char* suffix : {"", "-wal", "-shm"})
    if (exists(paths.database() + suffix)) TRY(files.remove(paths.database() + suffix));
  TRY(settle(TRY(create_database(paths.database()))));
  // The last step: from here on this folder is a case.
  const CaseFacts bound = as_stated(facts, TRY(ledger::read_genesis(ledger::Layout(root))));
  return write_atomically(files, paths.facts(), serialise(bound), 0600);
}

}  // namespace forensics::casefile
