#include "ingest/mirror.hpp"

#include "casefile/compare.hpp"
#include "casefile/schema.hpp"
#include "ingest/apply.hpp"
#include "ledger/layout.hpp"
#include "timeline/events.hpp"

namespace forensics::ingest {
namespace {

using casefile::Database;
using casefile::Statement;
using ledger::Severity;

std::string entry_name(std::uint64_t seq) {
  return "ledger entry " + std::to_string(seq);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

}  // namespace

Mirror::Mirror(const Snapshot& snapshot, const casefile::CasePaths& paths, ledger::SaltKey salts,
               plugin::Host* host)
    : snapshot_(snapshot),
      objects_(Files::system(), paths),
      salts_(std::move(salts)),
      host_(host) {}

Result<std::unique_ptr<Mirror>> Mirror::make(const Snapshot& snapshot,
                                             const casefile::CasePaths& paths, plugin::Host* host) {
  ledger::SaltKey salts = TRY(ledger::SaltKey::load(ledger::Layout(paths.root).salt_key()));
  std::unique_ptr<Mirror> mirror(new Mirror(snapshot, paths, std::move(salts), host));
  // A database without a name is SQLite's own temporary file. It need not survive anything.
  mirror->database_ = TRY(Database::open("", Database::Mode::create));
  TRY(mirror->database_.execute(
      "PRAGMA page_size = 8192; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;"
      "PRAGMA journal_mode = OFF; BEGIN"));
  TRY(casefile::create_schema(mirror->database_));
  return mirror;
}

void Mirror::take(const ledger::Entry& entry) {
  records_ = std::optional<ledger::RecordSummary>();
  if (entry.seq >= snapshot_.applied) return;
  const Status applied = apply_entry(entry);
  if (applied) return;
  whole_ = false;
  find("INDEX", Severity::failure, entry_name(entry.seq),
       "it cannot be applied to a database: " + applied.error().text());
}

Status Mirror::apply_entry(const ledger::Entry& entry) {
  if (entry.type == ledger::entry_type::kDerive) return apply_derive(entry);
  return apply(database_, entry.seq, entry.type, entry.body);
}

Status Mirror::apply_derive(const ledger::Entry& entry) {
  const std::int64_t number = TRY(artifact_number(entry.body.text("artifact")));
  const auto artifact = TRY(casefile::Reader(database_).artifact(number));
  if (!artifact)
    return fail(ErrorCode::integrity, casefile::artifact_id(number), "it was never taken in");
  Derivation stated = TRY(Derivation::from(entry.body));
  if (entry.body.find("plugin") != nullptr && entry.body.find("records") != nullptr)
    TRY(apply_run(entry, *artifact, stated));
  TRY(apply_derivation(database_, artifact->id, stated));
  // A portion ends where it ended when the run was stored: the full-text index is written so, and
  // then it can be compared page by page.
  return database_.execute("COMMIT; BEGIN");
}

// A run that cannot be replayed is the ledger verifier's finding, through records(); the mirror
// goes on without it.
Status Mirror::apply_run(const ledger::Entry& entry, const casefile::Artifact& artifact,
                         Derivation& stated) {
  if (TRY(is_left_out(entry, stated))) {
    find("NOT-REPRODUCIBLE", Severity::warning, entry_name(entry.seq),
         (was_stopped(stated.ending) ? "the run was stopped (" + stated.ending + ")"
                                     : std::string("the run was shown a key that was not given")) +
             ", and when the database was made anew it did not give the same records: they are not "
             "in the database");
    const auto stored = TRY(casefile::Reader(snapshot_.database).artifact(artifact.id));
    stated.status = casefile::ArtifactStatus::failed;
    if (stored && stored->error) stated.error = stored->error;
    return {};
  }
  const RecordedRun run{entry, stated, artifact, ++runs_, TRY(first_message())};
  const auto replayed = replay({snapshot_.database, database_, objects_, salts_, host_}, run);
  if (!replayed) {
    whole_ = false;
    records_ = tl::unexpected(replayed.error());
    return {};
  }
  records_ = std::optional(replayed->summary);
  const auto stated_tree = ledger::RecordSummary::from(*entry.body.find("records"));
  if (!stated_tree || *stated_tree != replayed->summary) whole_ = false;
  if (replayed->remarks)
    find("INDEX", Severity::failure, "case.db, run " + std::to_string(run.id), *replayed->remarks);
  if (!replayed->differing) return {};
  if (replayed->stopped)
    find("NOT-REPRODUCIBLE", Severity::warning, entry_name(entry.seq),
         "reading the artifact again does not give the same records, which proves nothing here: " +
             *replayed->differing);
  else
    records_ = fail(ErrorCode::integrity, entry_name(entry.seq),
                    "reading the artifact again gives other records than are stored (" +
                        *replayed->differing + ")");
  return {};
}

// Pipeline::rederive() leaves out a run that was stopped, or shown a key, and cannot be had again.
Result<bool> Mirror::is_left_out(const ledger::Entry& entry, const Derivation& stated) const {
  if (!was_stopped(stated.ending) && !was_shown_keys(entry.body)) return false;
  Statement select = TRY(snapshot_.database.prepare("SELECT 1 FROM run WHERE seq = ?"));
  return !TRY(select.bind(1, static_cast<std::int64_t>(entry.seq)).step());
}

// Where the messages of the next run begin. Once a run is lost the mirror cannot know, and the
// database's word has to do for finding the records of the others.
Result<std::int64_t> Mirror::first_message() const {
  if (!whole_) {
    Statement stored =
        TRY(snapshot_.database.prepare("SELECT first_message FROM run WHERE id = ?"));
    if (TRY(stored.bind(1, runs_).step()) && !stored.is_null(0)) return stored.integer(0);
  }
  Statement last = TRY(database_.prepare("SELECT coalesce(max(id), 0) FROM message"));
  TRY(last.step());
  return last.integer(0) + 1;
}

// Runs enter the timeline as their source states it; assertions hold for all runs of an exhibit.
Status Mirror::settle_events() {
  Statement select = TRY(database_.prepare(
      "SELECT id FROM exhibit WHERE zone IS NOT NULL OR date_order IS NOT NULL ORDER BY id"));
  std::vector<std::int64_t> exhibits;
  while (TRY(select.step())) exhibits.push_back(select.integer(0));
  for (const std::int64_t exhibit : exhibits) TRY(timeline::rebuild_events(database_, exhibit));
  return {};
}

void Mirror::find(std::string code, Severity severity, std::string where, std::string message) {
  findings_.push_back({std::move(code), severity, std::move(where), std::move(message)});
}

void Mirror::compare_with(std::string_view table) {
  const std::string where = "case.db, table " + std::string(table);
  const auto difference = casefile::compare_part(database_, snapshot_.database, table);
  if (!difference)
    return find("INDEX", Severity::failure, where,
                "it cannot be compared: " + difference.error().text());
  if (difference->empty()) return;
  find("INDEX", Severity::failure, where + ": " + joined(difference->rows), difference->text());
}

// Indices that do not show every row of their table, pages that belong to nothing, and the like.
void Mirror::check_structure() {
  auto check = snapshot_.database.prepare("PRAGMA integrity_check(20)");
  std::string wrong;
  while (check) {
    const auto row = check->step();
    if (!row) wrong += (wrong.empty() ? "" : "; ") + row.error().text();
    if (!row || !*row) break;
    if (check->text(0) != "ok") wrong += (wrong.empty() ? "" : "; ") + legible(check->text(0));
  }
  if (!check) wrong = check.error().text();
  if (!wrong.empty()) find("DATABASE", Severity::failure, "case.db", "it is damaged: " + wrong);
}

std::vector<ledger::Finding> Mirror::compare() {
  check_structure();
  if (const Status settled = settle_events(); !settled)
    find("INDEX", Severity::failure, "case.db, table event", settled.error().text());
  for (const std::string_view table : casefile::kPlainParts) compare_with(table);
  if (!whole_) {
    find("INDEX", Severity::note, "case.db",
         "what follows from records (messages, people, timeline, search) was not compared, as not "
         "all records are those of the ledger");
    return std::move(findings_);
  }
  for (const std::string_view table : casefile::kRecordParts) compare_with(table);
  return std::move(findings_);
}

}  // namespace forensics::ingest
