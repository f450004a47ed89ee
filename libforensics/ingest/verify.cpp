#include "ingest/verify.hpp"

#include <memory>

#include "ingest/mirror.hpp"
#include "ledger/folder_source.hpp"
#include "ledger/report_folder.hpp"

namespace forensics::ingest {
namespace {

using ledger::Severity;
using ledger::Verdict;

// What the database is compared with, or what stands in the way of comparing it.
struct Comparison {
  std::unique_ptr<Snapshot> snapshot;
  std::unique_ptr<Mirror> mirror;
  std::optional<ledger::Finding> obstacle;

  static Comparison begin(const casefile::CasePaths& paths, plugin::Host* host) {
    Comparison out;
    auto snapshot = open_snapshot(paths);
    if (!snapshot) {
      out.obstacle = {"DATABASE", Severity::failure, paths.database(), snapshot.error().text()};
      return out;
    }
    out.snapshot = std::move(*snapshot);
    if (!out.snapshot) return out;
    auto mirror = Mirror::make(*out.snapshot, paths, host);
    if (mirror)
      out.mirror = std::move(*mirror);
    else
      out.obstacle = {"RECORDS", Severity::failure, paths.root,
                      "the records cannot be compared: " + mirror.error().text()};
    return out;
  }
};

bool leaves_rows(const ledger::Entry& entry) {
  using namespace ledger::entry_type;
  for (const std::string_view type : {kExhibit, kExhibitClose, kAcquire, kDerive, kAssert})
    if (entry.type == type) return true;
  return false;
}

void compare_progress(std::uint64_t applied, std::uint64_t behind, Verdict& verdict) {
  if (behind > 0)
    verdict.add({"BEHIND", Severity::warning, "case.db",
                 "case.db is behind the ledger by " + std::to_string(behind) +
                     " entries: forensics ingest CASE brings it up to date"});
  if (applied > verdict.entries)
    verdict.add({"DATABASE", Severity::failure, "case.db",
                 "it knows " + std::to_string(applied) + " ledger entries, and the ledger has " +
                     std::to_string(verdict.entries) + ": one of the two was replaced"});
}

// What `seen` does with every entry is done besides.
Result<Verdict> verify_with_database(const std::string& case_folder,
                                     const CaseVerifyOptions& options,
                                     const std::function<void(const ledger::Entry&)>& seen) {
  const casefile::CasePaths paths{case_folder};
  const casefile::CaseFacts facts = TRY(casefile::read_facts(paths));
  std::unique_ptr<plugin::Host> host;
  if (options.deep) host = TRY(plugin::Host::start(options.host));
  const Comparison comparison = Comparison::begin(paths, host.get());
  Mirror* const mirror = comparison.mirror.get();

  ledger::VerifyOptions verifying = options.ledger;
  const std::uint64_t applied = comparison.snapshot ? comparison.snapshot->applied : 0;
  std::uint64_t behind = 0;
  verifying.entry = [&](const ledger::Entry& entry) {
    seen(entry);
    if (entry.seq >= applied && leaves_rows(entry)) ++behind;
    if (mirror != nullptr) mirror->take(entry);
  };
  verifying.records = [mirror](const ledger::Entry&) {
    return mirror != nullptr ? mirror->records() : std::optional<ledger::RecordSummary>();
  };
  ledger::FolderSource source(case_folder);
  Verdict verdict = TRY(ledger::verify(source, verifying));

  // What is wrong with the ledger itself has just been said.
  if (const Status stated = casefile::require_stated(paths, facts);
      !stated && stated.error().where == paths.facts())
    verdict.add({"CASE", Severity::failure, "case.json", stated.error().message});
  if (comparison.obstacle) {
    verdict.add(*comparison.obstacle);
    return verdict;
  }
  compare_progress(applied, behind, verdict);
  if (mirror != nullptr)
    for (ledger::Finding& finding : mirror->compare()) verdict.add(std::move(finding));
  return verdict;
}

Result<Verdict> verify_without_database(const std::string& case_folder,
                                        const CaseVerifyOptions& options,
                                        const std::function<void(const ledger::Entry&)>& seen) {
  ledger::VerifyOptions verifying = options.ledger;
  verifying.entry = seen;
  ledger::FolderSource source(case_folder);
  return ledger::verify(source, verifying);
}

}  // namespace

Result<Verdict> verify_case(const std::string& case_folder, const CaseVerifyOptions& options) {
  ledger::ReportFolders reports;
  const auto seen = [&reports](const ledger::Entry& entry) { reports.take(entry); };
  Verdict verdict = options.database ? TRY(verify_with_database(case_folder, options, seen))
                                     : TRY(verify_without_database(case_folder, options, seen));
  for (const std::string& folder : options.reports) reports.check(folder, verdict);
  return verdict;
}

std::vector<std::string> limits_of(const Verdict& verdict, const CaseVerifyOptions& options) {
  std::vector<std::string> limits = ledger::limits_of(verdict, options.ledger);
  if (!options.database) {
    limits.emplace_back(
        "case.db was not read: nothing is said of what lists, search and timeline show.");
    return limits;
  }
  if (verdict.has("DATABASE"))
    limits.emplace_back("Where the database cannot be read, nothing was compared with it.");
  if (verdict.has("BEHIND"))
    limits.emplace_back(
        "Entries of the ledger that the database does not hold yet were not compared with it.");
  if (options.deep)
    limits.emplace_back(
        "Remarks of plugins and the reasons that they gave for skipping bytes do not stand in the "
        "ledger. They were compared with a second run only where the same bytes of the plugin ran "
        "again, to the same end.");
  else
    limits.emplace_back(
        "Plugins were not run again (--deep does): the records say what the bytes under them say, "
        "but that the plugin left out or added none is the word of the ledger.");
  if (!options.deep)
    limits.emplace_back(
        "Remarks of plugins and the reasons that they gave for skipping bytes do not stand in the "
        "ledger: only the sums of skipped and unexplained bytes and the number of rejected records "
        "were compared, and not even these for runs that were stopped and for runs with more "
        "remarks than are listed.");
  return limits;
}

}  // namespace forensics::ingest
