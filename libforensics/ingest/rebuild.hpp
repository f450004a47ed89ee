#pragma once
// Makes case.db anew from the objects and the ledger: exhibits, artifacts and statements from the
// entries, and the records by reading the evidence again with the plugins that the entries name.
// Each run has to give the record tree that its entry states.
//
//   RebuildSummary made = TRY(rebuild("case-17", {}));
//   for (const RebuildSummary::Part& part : made.differing) ...   // the old one was another
//
// The new database grows beside the old one (case.db.rebuilt) and takes its name in one step when
// it is complete; the old one stays as case.db.before-1, -2, ... A rebuild that is stopped goes on
// when it is called again, from the last run that was complete.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casefile/compare.hpp"
#include "ingest/ingest.hpp"

namespace forensics::ingest {

struct RebuildOptions {
  plugin::Host::Options host;
  std::vector<std::string> keys;  // as in IngestOptions
  std::function<void(const Progress&)> progress;
  const std::atomic<bool>* stop = nullptr;  // set: end soon with ErrorCode::cancelled, resumable
  Files* files = &Files::system();
  ledger::Clock clock = ledger::system_time;
};

struct RebuildSummary {
  struct Part {
    std::string table;
    casefile::Difference difference;
  };
  std::uint64_t entries = 0;  // of the ledger
  std::int64_t artifacts = 0, messages = 0;
  std::string kept;                   // where the old database is now; empty: there was none
  std::vector<Part> differing;        // what the old one held otherwise
  std::optional<Error> incomparable;  // why the old one could not be compared (to its end)
};

// ErrorCode::integrity: the ledger or an object does not verify, or reading an artifact again does
// not give the records that the ledger states; the case's database is then as it was. ::busy:
// somebody writes to the case or reads its database.
Result<RebuildSummary> rebuild(const std::string& case_folder, const RebuildOptions& options);

}  // namespace forensics::ingest
