#pragma once
// What the command ends with. The numbers are documented in docs/cli.md and never change.

#include "base/error.hpp"
#include "ingest/ingest.hpp"
#include "ledger/verify.hpp"

namespace forensics::cli {

enum class Exit : int {
  complete = 0,
  attention = 1,      // finished; something needs attention
  usage = 2,          // the command line makes no sense
  input = 3,          // input unreadable or of unknown format
  integrity = 4,      // stored bytes are not what the ledger says
  plugin = 5,         // a plugin crashed or hit a limit, or cannot be confined
  output = 6,         // output or disk error, or the case is in use
  limit = 7,          // a resource limit
  internal = 70,      // a defect of this program
  interrupted = 130,  // resumable
};

Exit exit_for(ErrorCode code);
Exit exit_for(const ingest::IngestSummary& summary);
Exit exit_for(const ledger::Verdict& verdict);

}  // namespace forensics::cli
