#pragma once
// The newest checkpoint of a ledger on disk, and the keys that lead to it.

#include "ledger/checkpoint.hpp"
#include "ledger/genesis.hpp"
#include "ledger/layout.hpp"
#include "ledger/log_keys.hpp"

namespace forensics::ledger {

struct Head {
  Identity identity;
  LogKeys keys;
  Checkpoint checkpoint;
};

// ErrorCode::integrity: entry 0, a change of keys or the newest checkpoint is not what it must be.
// That the entries have its root is for the caller to check.
Result<Head> read_head(const Layout& layout);

// Entry 0 of the ledger in a case folder, and what a verifier needs of it.
Result<Entry> read_genesis(const Layout& layout);
Result<Identity> read_identity(const Layout& layout);

}  // namespace forensics::ledger
