#pragma once
// Makes a new case folder.

#include "base/error.hpp"
#include "base/files.hpp"
#include "casefile/case.hpp"
#include "ledger/ledger.hpp"

namespace forensics::casefile {

// A fresh UUID (RFC 9562, version 4).
std::string new_uuid();

// Makes the folder `root`, its ledger with genesis entry and first checkpoint, its keys and an
// empty database. `facts.uuid`, `.created` and `.version` must be set. A creation that was killed
// can be repeated; ErrorCode::usage where the folder holds a case or anything else. `policy`: of
// the genesis entry, docs/ledger.md section 4.2.
Status create_case(const std::string& root, const CaseFacts& facts, Files& files = Files::system(),
                   const ledger::Clock& clock = ledger::system_time,
                   const ledger::Secrets& secrets = ledger::Secrets::generate(),
                   const Json& policy = Json::object());

// An empty database at `path`, ready for ledger entries to be applied. It appears under its name
// only when it is whole.
Result<Database> create_database(const std::string& path);

// The database at `path`, or a new one where there is none or only an empty file.
Result<Database> open_or_create_database(const std::string& path);

// Settings of a connection that writes: WAL, durable commits, a bounded page cache.
Status prepare_for_writing(const Database& database);

// Brings what stands in the log of a database into its file and does without a log from here on.
// ErrorCode::busy: somebody reads it.
Status fold_log(const Database& database);

// Leaves one plain file, which a reader opens without writing beside it and a copy holds whole. A
// reader at work keeps that from happening, and nothing is lost by it.
Status settle(const Database& database);

}  // namespace forensics::casefile
