#pragma once
// What the stages of ingest share: the session, the workers, the counters, and the question whether
// to stop. Each stage is a function in a file of its own; the queue between them is the status
// column of the artifact table.

#include "casefile/reader.hpp"
#include "evidence/walk.hpp"
#include "ingest/acquisition.hpp"
#include "ingest/allowance.hpp"
#include "ingest/companions.hpp"
#include "ingest/ingest.hpp"
#include "ingest/session.hpp"

namespace forensics::ingest {

class Pipeline {
 public:
  Pipeline(Session& session, plugin::Host& host, const IngestOptions& options)
      : session_(session),
        host_(host),
        options_(options),
        allowance_(session.database(), options.limits) {}

  // Stage 1, intake.cpp: everything that the walk meets becomes an artifact.
  Status take_in(std::int64_t exhibit, evidence::Walk& walk);

  // Stage 2, unpack.cpp: every archive among the stored artifacts gets its members.
  Status unpack_all();

  // Stage 3, parse.cpp: every stored artifact is probed and read.
  Status parse_all();

  // Runs the plugin that a `derive` entry names again; the database's transaction is open.
  Status rederive(const ledger::Entry& entry);

  // Counts what wants attention in the given exhibits: from the case, not from this call, so that
  // the same command says the same when it is given again.
  Status count_attention(const std::vector<std::int64_t>& exhibits);

  IngestSummary summary;

 private:
  friend class ChildIntake;
  friend class MemberIntake;
  struct Job;

  Session& session_;
  plugin::Host& host_;
  const IngestOptions& options_;
  Allowance allowance_;
  std::uint64_t unflushed_bytes_ = 0;
  std::uint64_t unflushed_count_ = 0;
  Progress progress_;
  std::int64_t next_artifact_ = 0;

  Status check_stop() const;
  void report(std::string_view stage, std::uint64_t more_bytes);
  void remember(const Error& error);

  Result<std::int64_t> new_artifact();
  Status acquire(Acquisition acquisition);  // enters it; flushes when the batch is full
  Status read_file(evidence::Walk& walk, Acquisition& acquisition);
  Result<bool> is_known(std::int64_t exhibit, const std::string& path, std::int64_t member);

  Result<bool> unpack(const casefile::Artifact& artifact);  // false: it is no archive
  Status enter_container(const casefile::Artifact& artifact, const plugin::Outcome& outcome,
                         std::uint64_t members);

  Status parse_turn(Turn turn, std::int64_t last_artifact);
  Result<bool> write_companion(const casefile::Artifact& artifact);
  Result<Job> probe(const casefile::Artifact& artifact);
  Status start_next(Job& job);
  Status finish(Job job, Turn turn);
  Status write_unclaimed(const Job& job);
  // `seq` of an entry that is followed; nullopt: the entry is the one that comes next.
  Result<Json> write_run(Job& job, std::optional<std::uint64_t> seq);
  Json key_digests() const;
  bool lacks_keys_of(const Json& body) const;
};

}  // namespace forensics::ingest
