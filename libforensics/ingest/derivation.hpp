#pragma once
// What became of one artifact: the `derive` entry of the ledger and the columns of its row. Every
// artifact gets exactly one: unpacked, parsed, or claimed by nobody.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "casefile/reader.hpp"
#include "ledger/record_tree.hpp"
#include "plugin/host.hpp"

namespace forensics::ingest {

struct Derivation {
  casefile::ArtifactStatus status = casefile::ArtifactStatus::unrecognised;
  std::string ending;  // plugin::name_of(Ending), "unclaimed"
  std::string detail;  // of the ending, in words
  std::optional<Error> error;
  std::uint64_t members = 0;                   // of a container
  std::optional<plugin::Isolation> isolation;  // of the worker that unpacked it
  std::vector<plugin::Score> probes;           // best first
  std::vector<std::string> trouble;            // plugins that failed while probing, or declined

  // Of a plugin run, as the artifact's row has it:
  std::string plugin_id;
  std::uint64_t records = 0, covered = 0, skipped = 0, unexplained = 0;

  // Of a file that was read together with another: that one's artifact number.
  std::int64_t read_with = 0;

  // And what else the entry says of it:
  struct Run {
    plugin::PluginInfo plugin;
    std::string options;
    plugin::Limits limits;
    plugin::Outcome outcome;
    ledger::RecordSummary records;
    Json companions, children;  // null where there are none
    Json keys;                  // SHA-256 of each that it was shown; null where it did not ask
  };
  std::optional<Run> run;

  Json body(const casefile::Artifact& artifact) const;

  // What an entry says, without the facts that only its plugin run knows (`run` stays empty).
  static Result<Derivation> from(const Json& body);
};

// The limits that a plugin run had which a `derive` entry states; absent ones as they are by
// default.
plugin::Limits stated_limits(const Json& body);

// The error that an ending other than complete amounts to.
Error error_of(const plugin::Outcome& outcome, const std::string& where);

// Writes the artifact's row and the probe rows; the transaction is the caller's.
Status apply_derivation(const casefile::Database& database, std::int64_t artifact,
                        const Derivation& derivation);

}  // namespace forensics::ingest
