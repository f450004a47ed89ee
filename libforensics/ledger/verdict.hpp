#pragma once
// What a verification found, as plain values.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "ledger/timestamp.hpp"

namespace forensics::ledger {

enum class Severity { failure, warning, note };
std::string_view name_of(Severity severity);

// Codes are stable and documented; messages are not.
struct Finding {
  std::string code;
  Severity severity = Severity::failure;
  std::string where;
  std::string message;
};

// What a good time-stamp token says: the first `size` entries were there at that time.
struct Stamp {
  std::uint64_t size = 0;
  GenTime time;
  std::optional<std::uint64_t> recorded;  // the first entry that names it: later ones are younger
};

// Between which of these times an entry was written; nullptr: nothing bounds it on this side.
struct TimeBracket {
  const Stamp* not_before = nullptr;
  const Stamp* not_after = nullptr;
};
TimeBracket bracket_of(const std::vector<Stamp>& stamps, std::uint64_t seq);

struct Verdict {
  static constexpr std::size_t kKeptPerCode = 50;

  std::vector<Finding> findings;               // at most kKeptPerCode of each code
  std::map<std::string, std::uint64_t> found;  // how many there were of each code
  std::uint64_t failures = 0;
  std::uint64_t warnings = 0;

  std::string origin;
  std::string key_fingerprint;  // of the key in entry 0
  std::uint64_t entries = 0;
  std::uint64_t signed_entries = 0;  // covered by a valid checkpoint
  std::uint64_t checkpoints = 0;     // valid ones
  std::uint64_t anchors = 0;         // that agree
  std::uint64_t objects = 0;         // distinct, read and equal to their digest
  std::uint64_t object_bytes = 0;
  std::uint64_t tokens = 0;            // good ones
  std::uint64_t unchecked_tokens = 0;  // there, and no authority was given to check them with
  std::uint64_t cosignatures = 0;      // good ones, of known witnesses
  std::uint64_t unchecked_cosignatures = 0;
  std::uint64_t key_changes = 0;  // that both keys signed
  std::vector<Stamp> stamps;      // of the good tokens over valid checkpoints, by size
  std::uint64_t record_trees = 0;
  std::uint64_t records = 0;
  std::uint64_t unchecked_record_trees = 0;  // whose records are not there
  Digest root{};                             // over all entries
  std::string signing_key;                   // fingerprint of the key that signs now
  bool key_confirmed = false;                // the expected fingerprint was given and is this one

  void add(Finding finding);  // counts it, and keeps it if there is room
  bool has(std::string_view code) const { return found.contains(std::string(code)); }
  Json json() const;
};

}  // namespace forensics::ledger
