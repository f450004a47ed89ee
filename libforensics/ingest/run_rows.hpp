#pragma once
// The row of table `run` that one reading of an artifact amounts to.

#include <cstdint>

#include "casefile/reader.hpp"
#include "ingest/derivation.hpp"
#include "ingest/run_writer.hpp"
#include "ledger/entry.hpp"

namespace forensics::ingest {

Status insert_run(const casefile::Database& database, std::int64_t id, std::int64_t artifact,
                  const Derivation& derivation, const RunWriter& writer, std::uint64_t seq);

// Puts the facts of the run that an entry states in place of those of its repetition.
Status restate_run(const casefile::Database& database, const ledger::Entry& entry);

// Takes back what a repetition said of the artifact beyond its acquisition.
Status restore_error(const casefile::Database& database, const casefile::Artifact& before);

}  // namespace forensics::ingest
