#pragma once
// A second case database, made from the ledger alone but for the records, which are taken from the
// first one and have to give the record trees of the ledger. Whatever the first one says beyond
// that, or says otherwise, was not written by this program from this evidence.
//
//   auto mirror = TRY(Mirror::make(snapshot, paths, host));
//   for (const ledger::Entry& entry : entries) mirror->take(entry);   // in order
//   for (ledger::Finding& finding : mirror->compare()) ...
//
// No plugin runs unless a host is given. The mirror lives in an unnamed temporary file of SQLite
// (TMPDIR), about as large as the case database, which goes with the process however that ends.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "casefile/case.hpp"
#include "casefile/object_store.hpp"
#include "ingest/mirror_run.hpp"
#include "ingest/mirror_snapshot.hpp"
#include "ledger/record_tree.hpp"
#include "ledger/verify.hpp"
#include "plugin/host.hpp"

namespace forensics::ingest {

class Mirror {
 public:
  // `snapshot` must outlive it; `host` may be nullptr.
  static Result<std::unique_ptr<Mirror>> make(const Snapshot& snapshot,
                                              const casefile::CasePaths& paths, plugin::Host* host);

  // Applies the next entry, unless the snapshot is behind it.
  void take(const ledger::Entry& entry);

  // What the records of the entry taken last are; nullopt: it has none here. ErrorCode::integrity:
  // they cannot be what a plugin said.
  const Result<std::optional<ledger::RecordSummary>>& records() const { return records_; }

  // Compares all tables. Call once, after the last entry.
  std::vector<ledger::Finding> compare();

 private:
  Mirror(const Snapshot& snapshot, const casefile::CasePaths& paths, ledger::SaltKey salts,
         plugin::Host* host);
  Status apply_entry(const ledger::Entry& entry);
  Status apply_derive(const ledger::Entry& entry);
  Status apply_run(const ledger::Entry& entry, const casefile::Artifact& artifact,
                   Derivation& stated);
  Result<bool> is_left_out(const ledger::Entry& entry, const Derivation& stated) const;
  Result<std::int64_t> first_message() const;
  Status settle_events();
  void check_structure();
  void find(std::string code, ledger::Severity severity, std::string where, std::string message);
  void compare_with(std::string_view table);

  const Snapshot& snapshot_;
  casefile::ObjectStore objects_;
  ledger::SaltKey salts_;
  plugin::Host* host_;
  casefile::Database database_;
  Result<std::optional<ledger::RecordSummary>> records_;
  std::int64_t runs_ = 0;
  bool whole_ = true;  // every run gave the tree of its entry: what follows from runs is comparable
  std::vector<ledger::Finding> findings_;
};

}  // namespace forensics::ingest
