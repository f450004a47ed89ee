#pragma once
// Builds the record tree of a run on a thread of its own: writing the canonical line of a record
// and hashing it takes about as long as storing the record, and the two do not need each other.
//
// Threads: one thread calls add() and finish(). Records are handed over in batches; at most a fixed
// number of batches is under way, so that memory does not grow when hashing falls behind.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ledger/record_tree.hpp"
#include "model/record.hpp"

namespace forensics::ingest {

class LeafPipe {
 public:
  // `salts` is used by the pipe's thread alone until finish() returns. `source` names the source of
  // the records: the 32 bytes of the artifact's SHA-256.
  LeafPipe(ledger::SaltKey& salts, std::string source);
  ~LeafPipe();
  LeafPipe(const LeafPipe&) = delete;
  LeafPipe& operator=(const LeafPipe&) = delete;

  void add(const model::Record& record);
  ledger::RecordSummary finish();  // waits for the last leaf; may be called again

 private:
  // Records travel as their encoding: one buffer a batch instead of one allocation a field.
  struct Batch {
    std::string bytes;
    std::vector<std::size_t> ends;
  };

  void work();
  void hand_over();

  ledger::SaltKey& salts_;
  std::string source_;
  ledger::RecordTree tree_;
  Batch filling_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> queue_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace forensics::ingest
