#pragma once
// Which key signs a ledger at which size. The key of entry 0 hands over to the next one in a
// `key_rotate` entry that both have signed; docs/ledger.md section 6.2 is normative.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/entry.hpp"
#include "ledger/genesis.hpp"
#include "ledger/keys.hpp"
#include "ledger/layout.hpp"
#include "ledger/note.hpp"

namespace forensics::ledger {

// Whether the checkpoint in a note, of the root that the ledger has there, hands over.
bool hands_over(const Note& note, std::string_view origin, const PublicKey& from,
                const PublicKey& to);

class LogKeys {
 public:
  explicit LogKeys(const PublicKey& first) : keys_{{0, first}} {}

  // The key that must have signed a checkpoint of `size`.
  const PublicKey& at(std::uint64_t size) const;
  const PublicKey& current() const { return keys_.back().key; }
  std::size_t changes() const { return keys_.size() - 1; }

  // From checkpoints of `size` on. Sizes grow from call to call.
  void hand_over(std::uint64_t size, const PublicKey& key) { keys_.push_back({size, key}); }

  // The keys of a ledger on disk, up to its newest checkpoint. Reads all of the ledger where the
  // first key did not sign that one alone. ErrorCode::integrity: a change of keys has not the
  // consent of both.
  static Result<LogKeys> read(const Layout& layout, const Identity& identity);

 private:
  struct Since {
    std::uint64_t size;
    PublicKey key;
  };
  std::vector<Since> keys_;
};

}  // namespace forensics::ledger
