#pragma once
// Verifies a whole case: ledger, signatures and objects (ledger/verify.hpp), and beyond them what
// only this library knows: that the records in the database are those that the ledger counts, and
// that every span of them still says what the record says.

#include <string>
#include <vector>

#include "ledger/verify.hpp"
#include "plugin/host.hpp"

namespace forensics::ingest {

struct CaseVerifyOptions {
  ledger::VerifyOptions ledger;  // `records` is set here
  bool deep = false;             // run every plugin again and compare the record trees
  plugin::Host::Options host;    // for deep
  plugin::Limits limits;
};

// Writes nothing. Errors as ledger::verify().
Result<ledger::Verdict> verify_case(const std::string& case_folder,
                                    const CaseVerifyOptions& options);

// What such a verification cannot show; whole sentences.
std::vector<std::string> limits_of(const ledger::Verdict& verdict,
                                   const CaseVerifyOptions& options);

}  // namespace forensics::ingest
