#pragma once
// A thorough look at a case folder: everything that verify_case() says with --deep, and beyond it
// what is no fault of the evidence and yet wants to be known: files that a killed run left, objects
// that nothing speaks of, permissions that are too wide.
//
// Codes of findings beyond those of verify_case(): LEFTOVER, a temporary file; RECOVERED, a file of
// bytes that a crash left behind the valid entries; KEPT, a database that a rebuild replaced; MODE,
// permission bits; STRANGER, a file that this program does not make; WRITER, somebody is writing.

#include <string>
#include <string_view>

#include "ingest/verify.hpp"

namespace forensics::ingest {

// Writes nothing into the case folder. Errors as verify_case(). `options.deep` is the caller's.
Result<ledger::Verdict> check_folder(const std::string& case_folder,
                                     const CaseVerifyOptions& options);

// What to do about a finding of either function: one sentence.
std::string_view remedy_of(const ledger::Finding& finding);

}  // namespace forensics::ingest
