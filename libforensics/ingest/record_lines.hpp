#pragma once
// Record lines as they stand under the record trees of the ledger, made again from the case
// database: to be handed over as files, or to prove one of them. docs/ledger.md sections 8.2
// and 9.4 are normative.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "ledger/proof.hpp"

namespace forensics::ingest {

struct RecordExport {
  std::uint64_t files = 0;
  std::uint64_t lines = 0;
  std::uint64_t redacted = 0;
};

// Writes one file an entry that has records into `folder`, which is made. `redact`: messages
// ("C0003-M000124") and conversations ("C0003") of which only leaf hashes are given.
// ErrorCode::usage: no such thing is in the case, or a file is there already; ::integrity: what is
// stored does not give the trees of the ledger.
Result<RecordExport> write_record_files(const std::string& case_folder, const std::string& folder,
                                        const std::vector<std::string>& redact);

// Of an artifact ("A000017": the entry that took it in), a message, or the entry with a number.
// ErrorCode::usage: there is none.
Result<ledger::Proof> prove(const std::string& case_folder, std::string_view what);

}  // namespace forensics::ingest
