#pragma once
// The pipeline that moves evidence through the parts below: take in, unpack, probe, parse.
//
//   IngestOptions options;
//   options.reference = "EX001";
//   IngestSummary summary = TRY(ingest(case_folder, {"phone-a.zip"}, options));
//
// Originals are opened read-only and never changed. A run that was killed goes on where it stopped
// when ingest() is called again, with the same paths or with none, and ends with the same record
// trees as a run that was not.

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "ledger/ledger.hpp"
#include "plugin/host.hpp"

namespace forensics::ingest {

struct Progress {
  std::string_view stage;   // "taking in", "unpacking", "parsing"
  std::uint64_t done = 0;   // bytes
  std::uint64_t total = 0;  // bytes; 0 while unknown
  std::uint64_t artifacts = 0;
  std::uint64_t messages = 0;
};

struct IngestOptions {
  std::string reference;  // of the exhibit; empty: EX001, EX002, ... one a path
  std::string custodian;
  std::string note;
  int jobs = 2;       // workers under way at once
  int max_depth = 8;  // archives within archives
  plugin::Host::Options host;
  plugin::Limits limits;
  // What protected artifacts are opened with. Plugins are shown the bytes; the case keeps SHA-256.
  std::vector<std::string> keys;
  std::function<void(const Progress&)> progress;
  const std::atomic<bool>* stop = nullptr;  // set: end soon with ErrorCode::cancelled, resumable
  Files* files = &Files::system();
  ledger::Clock clock = ledger::system_time;
};

// What this call did, and what wants attention in the exhibits that it was about: also what an
// earlier call found there.
struct IngestSummary {
  std::uint64_t exhibits = 0;   // new ones
  std::uint64_t artifacts = 0;  // taken in by this call
  std::uint64_t bytes = 0;
  std::uint64_t conversations = 0;
  std::uint64_t messages = 0;
  std::uint64_t records = 0;
  std::uint64_t rejected = 0;  // records whose values were not what their bytes say
  std::uint64_t unexplained_bytes = 0;
  std::uint64_t unreadable = 0;    // files, folders or members that could not be read
  std::uint64_t unrecognised = 0;  // neither claimed by a plugin nor media
  std::uint64_t partial = 0;       // read in part: truncated, corrupt
  std::uint64_t stopped = 0;       // plugin runs that crashed, broke a rule or hit a limit
  std::uint64_t limited = 0;       // archives not unpacked to the end because of a limit
  std::vector<Error> errors;       // the first 100, located
  std::vector<std::string> known;  // paths that were in the case already
  bool nothing_read = false;       // evidence was taken in, and no plugin could read any of it
};

Result<IngestSummary> ingest(const std::string& case_folder, const std::vector<std::string>& paths,
                             const IngestOptions& options);

}  // namespace forensics::ingest
