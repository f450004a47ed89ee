#pragma once
// Entries of the ledger that change nothing in the database: a report was made, a case was
// verified.

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"

namespace forensics::ingest {

// Opens the case for writing, adds one entry of `type` and signs a checkpoint. `purpose` names the
// command. Errors as Session::open(); a caller whose work is done already may pass over them.
Status enter_event(const std::string& case_folder, std::string_view purpose, std::string_view type,
                   Json body);

}  // namespace forensics::ingest
