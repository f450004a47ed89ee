#pragma once
// A record as one line of canonical JSON: the leaf of its record tree, and what a court is handed.
// docs/ledger.md section "Record lines" is normative.

#include <string>
#include <string_view>

#include "model/record.hpp"

namespace forensics::model {

// Appends the line of `record`, without a line end. `salt` is the record's 128-bit salt as 32 hex
// digits: it keeps a short message from being guessed from its leaf hash.
void append_record_line(const Record& record, std::string_view salt, std::string& out);

}  // namespace forensics::model
