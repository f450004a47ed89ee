#pragma once
// Replays one plugin run from what the case database stores of it: every record is checked against
// the bytes of its artifact and written again by the RunWriter that wrote it when it was new.

#include <cstdint>
#include <optional>
#include <string>

#include "casefile/object_store.hpp"
#include "casefile/reader.hpp"
#include "ingest/derivation.hpp"
#include "ledger/entry.hpp"
#include "ledger/record_tree.hpp"
#include "plugin/host.hpp"

namespace forensics::ingest {

// Whether a run that ended so was stopped by the machine or the moment: a second run need not stop
// at the same record.
bool was_stopped(std::string_view ending);

// True where a run was shown keys, which are not at hand when it is to be repeated.
bool was_shown_keys(const Json& body);

// A run that the ledger speaks of. All borrowed.
struct RecordedRun {
  const ledger::Entry& entry;  // of type `derive`, with a plugin
  const Derivation& stated;    // what it says
  const casefile::Artifact& artifact;
  std::int64_t id = 0;             // of the run
  std::int64_t first_message = 0;  // its messages are numbered from here on
};

struct Replay {
  const casefile::Database& stored;
  const casefile::Database& mirror;
  const casefile::ObjectStore& objects;
  ledger::SaltKey& salts;
  plugin::Host* host = nullptr;  // runs the plugin again as well
};

struct Replayed {
  ledger::RecordSummary summary;         // of the stored records
  std::optional<std::string> remarks;    // skips or notes are not those that the entry counts
  std::optional<std::string> differing;  // a second run gives other records, for this reason
  bool stopped = false;                  // and may, as the first was stopped
};

// Writes the run into the mirror. ErrorCode::integrity: what is stored cannot be what the plugin
// said.
Result<Replayed> replay(const Replay& with, const RecordedRun& run);

}  // namespace forensics::ingest
