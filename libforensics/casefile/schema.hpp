#pragma once
// The case database: everything derived, rebuildable from objects and ledger. The SQL in schema.cpp
// describes every table and column where it is declared; docs/case-database.md explains the rest.

#include "base/error.hpp"
#include "casefile/database.hpp"

namespace forensics::casefile {

// Written into every case; a case with a higher number was made by a newer version.
inline constexpr int kSchemaVersion = 3;

Status create_schema(const Database& database);

// The part of the schema that bulk loading of messages touches, for the benchmark's bare floor.
std::string_view message_schema();

// ErrorCode::newer or ::usage where the database was made by another version of this program.
Status require_current(const Database& database);

}  // namespace forensics::casefile
