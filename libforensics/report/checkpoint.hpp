#pragma once
// The ledger as the report shows it: the first checkpoint over all that the report is about, opened
// with the key of the case.

#include <string>

#include "casefile/case.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/ledger.hpp"
#include "report/html.hpp"

namespace forensics::report {

struct LedgerState {
  Result<ledger::Checkpoint> checkpoint = fail(ErrorCode::not_found, "ledger", "not looked at");
  std::string key_id;       // 8 hex digits
  std::string fingerprint;  // of the key
  std::string note;         // the signed checkpoint as it stands on disk
  std::string public_key;   // PEM
};

LedgerState read_ledger_state(const casefile::OpenCase& open);

// One line for the foot of every page.
Html anchor_line(const LedgerState& state);

}  // namespace forensics::report
