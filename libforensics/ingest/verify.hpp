#pragma once
// Verifies a whole case: ledger, signatures and objects (ledger/verify.hpp), and beyond them what
// only this library knows: that every span of every record still says what the record says, and
// that the database is the one that follows from the ledger and these records (ingest/mirror.hpp).
//
// Codes of findings beyond those of docs/ledger.md: INDEX, a row of the database is not what it
// must be; DATABASE, the database cannot be read; BEHIND, it lacks entries of the ledger;
// NOT-REPRODUCIBLE, a run that was stopped cannot be had again.

#include <string>
#include <vector>

#include "ledger/verify.hpp"
#include "plugin/host.hpp"

namespace forensics::ingest {

struct CaseVerifyOptions {
  ledger::VerifyOptions ledger;      // `entry` and `records` are set here
  std::vector<std::string> reports;  // folders of reports of this case, wherever they are now
  bool database = true;  // false: what stands in the folder but case.db and case.json, as in a
                         // copy that was handed over; the records are those of records/, if any
  bool deep = false;     // run every plugin again, with the limits that it had
  plugin::Host::Options host;  // for deep
};

// Writes nothing into the case folder. Errors as ledger::verify().
Result<ledger::Verdict> verify_case(const std::string& case_folder,
                                    const CaseVerifyOptions& options);

// What such a verification cannot show; whole sentences.
std::vector<std::string> limits_of(const ledger::Verdict& verdict,
                                   const CaseVerifyOptions& options);

}  // namespace forensics::ingest
