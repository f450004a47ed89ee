#include "ingest/rebuild.hpp"

#include <sys/stat.h>

#include <span>

#include "casefile/create.hpp"
#include "ingest/mirror_snapshot.hpp"
#include "ingest/pipeline.hpp"
#include "ledger/folder_source.hpp"
#include "ledger/verify.hpp"

namespace forensics::ingest {
namespace {

using casefile::CasePaths;
using casefile::Database;

bool is_same_file(const std::string& a, const std::string& b) {
  struct stat left {
  }, right{};
  return ::lstat(a.c_str(), &left) == 0 && ::lstat(b.c_str(), &right) == 0 &&
         left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

// What the new database is made from has to be what was signed, or it would be worth nothing.
Status require_sound(const CasePaths& paths) {
  const auto lock = TRY(casefile::WriterLock::take(paths, "rebuild"));
  ledger::FolderSource source(paths.root);
  const ledger::Verdict verdict = TRY(ledger::verify(source, {}));
  for (const ledger::Finding& finding : verdict.findings)
    if (finding.severity == ledger::Severity::failure)
      return fail(ErrorCode::integrity, paths.root,
                  "the ledger and the objects do not verify (" + std::to_string(verdict.failures) +
                      " failures, the first " + finding.code + " " + finding.where + ": " +
                      finding.message +
                      "): the database stays as it is; 'forensics verify' lists all of them");
  return {};
}

// The old database, table by table. One that cannot be read is no reason to stop: it may be why
// another is made.
void compare(const CasePaths& paths, const Database& made, RebuildSummary& summary) {
  const auto old = open_snapshot(paths);
  if (!old) {
    summary.incomparable = old.error();
    return;
  }
  if (*old == nullptr) return;
  for (const auto& parts : {std::span<const std::string_view>(casefile::kPlainParts),
                            std::span<const std::string_view>(casefile::kRecordParts)}) {
    for (const std::string_view part : parts) {
      auto difference = casefile::compare_part(made, (*old)->database, part);
      if (!difference) {
        summary.incomparable = difference.error();
        return;
      }
      if (!difference->empty())
        summary.differing.push_back({std::string(part), std::move(*difference)});
    }
  }
}

// Leaves the old database without a log beside it, which would be taken for the log of the new one.
// A log that its damaged database cannot take goes where the database goes.
Status clear_logs(const CasePaths& paths, Files& files, const std::string& aside) {
  if (auto database = Database::open(paths.database(), Database::Mode::write)) {
    const Status folded = casefile::fold_log(*database);
    if (!folded && folded.error().code == ErrorCode::busy)
      return fail(ErrorCode::busy, paths.database(),
                  "another program reads the case database: wait for it, or end it, and run this "
                  "command again");
  }
  for (const char* suffix : {"-wal", "-shm", "-journal"})
    if (exists(paths.database() + suffix))
      TRY(files.rename(paths.database() + suffix, aside + suffix));
  return {};
}

// Gives the new database the name of the old one, which keeps another. Returns that, or nothing
// where there was no old one.
Result<std::string> replace(const CasePaths& paths, Files& files, const std::string& made) {
  std::string kept;
  if (exists(paths.database())) {
    for (int number = 1; kept.empty(); ++number) {
      const std::string name = paths.database() + ".before-" + std::to_string(number);
      // The same file: an earlier attempt died between the two steps below.
      if (!exists(name) || is_same_file(name, paths.database())) kept = name;
    }
    TRY(clear_logs(paths, files, kept));
    // On a file system that knows no second names there is a moment without a database.
    if (!exists(kept) && !files.link(paths.database(), kept))
      TRY(files.rename(paths.database(), kept));
  }
  TRY(files.rename(made, paths.database()));
  TRY(files.sync_directory(paths.root));
  return kept;
}

Result<RebuildSummary> rebuild_once(const std::string& case_folder, const RebuildOptions& options) {
  const CasePaths paths{case_folder};
  TRY(casefile::read_facts(paths));
  TRY(require_sound(paths));
  IngestOptions reading;
  reading.host = options.host;
  reading.keys = options.keys;
  reading.host.stop = options.stop;
  reading.stop = options.stop;
  reading.progress = options.progress;
  const std::unique_ptr<plugin::Host> host = TRY(plugin::Host::start(reading.host));

  Session::Options opening;
  opening.purpose = "rebuild";
  opening.files = options.files;
  opening.clock = options.clock;
  opening.database = paths.database() + ".rebuilt";
  opening.rederive = [&](Session& session, const ledger::Entry& entry) {
    return Pipeline(session, *host, reading).rederive(entry);
  };
  const std::unique_ptr<Session> session = TRY(Session::open(case_folder, opening));

  RebuildSummary summary;
  compare(paths, session->database(), summary);
  const casefile::Totals totals = TRY(casefile::Reader(session->database()).totals());
  summary.artifacts = totals.artifacts;
  summary.messages = totals.messages;
  Json facts = Json::object();
  facts["differing_tables"] = static_cast<std::uint64_t>(summary.differing.size());
  TRY(session->close(std::move(facts)));
  summary.entries = session->ledger().size();
  // The end of a session may leave a log; a database that is renamed must have none.
  TRY(casefile::fold_log(session->database()));
  session->database() = Database();
  // The lock is the session's: nobody writes to the old database meanwhile.
  summary.kept = TRY(replace(paths, *options.files, opening.database));
  return summary;
}

}  // namespace

Result<RebuildSummary> rebuild(const std::string& case_folder, const RebuildOptions& options) {
  auto done = rebuild_once(case_folder, options);
  if (!done && done.error().code == ErrorCode::output)
    done.error().message +=
        "; the database is as it was: see to the disk, then run the same command again (it goes on "
        "where it stopped)";
  return done;
}

}  // namespace forensics::ingest
