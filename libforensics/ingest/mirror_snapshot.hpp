#pragma once
// The case database as a verifier may open it: read-only, at one moment, and without leaving a file
// in the case folder, which may be a copy on a medium that cannot be written.

#include <memory>
#include <string>

#include "casefile/case.hpp"

namespace forensics::ingest {

struct Snapshot {
  std::shared_ptr<void> keeps;  // files that go when the snapshot goes
  casefile::Database database;
  std::uint64_t applied = 0;  // ledger entries that the database holds
};

// nullptr: there is no database, or only an empty file. ErrorCode::corrupt or ::unreadable: the
// file is no case database; ::newer: a newer version made it.
Result<std::unique_ptr<Snapshot>> open_snapshot(const casefile::CasePaths& paths);

}  // namespace forensics::ingest
