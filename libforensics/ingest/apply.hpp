#pragma once
// From an entry of the ledger to rows of the database: the one place where that translation stands,
// used when an entry is new and when a database catches up with its ledger.

#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "casefile/database.hpp"

namespace forensics::ingest {

// Applies every type of entry but `derive`, whose rows come from the plugin run itself. Types that
// leave no trace in the database are passed over.
Status apply(const casefile::Database& database, std::uint64_t seq, std::string_view type,
             const Json& body);

// "A000017" to 17. ErrorCode::corrupt where the text is no artifact number.
Result<std::int64_t> artifact_number(std::string_view text);

}  // namespace forensics::ingest
