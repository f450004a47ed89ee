#pragma once
// The records that a plugin run yields do not stand in the ledger one by one. They form a Merkle
// tree of their own, and the ledger holds its count and root: {"count": n, "root": hex}.
//
// A record line carries a salt, so that a line that is withheld from a third party cannot be
// guessed from its hash; a withheld line is shown as `redacted:<leaf hash>` and the root stays.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/json.hpp"
#include "base/sha256.hpp"
#include "ledger/merkle.hpp"

namespace forensics::ledger {

using Salt = std::array<std::uint8_t, 16>;

// The secret from which every salt of a case follows. Not safe for concurrent use: one per thread.
class SaltKey {
 public:
  static Result<SaltKey> from_bytes(ByteView key);  // exactly 32 bytes
  static Result<SaltKey> load(const std::string& path);
  static Status store(Files& files, const std::string& path, ByteView key);

  // First 16 bytes of HMAC-SHA-256(key, source_id || index as 8 bytes, big endian). `source_id`
  // names the source of the records: the 32 raw bytes of the artifact's SHA-256.
  Salt salt(ByteView source_id, std::uint64_t index);

  // HMAC-SHA-256 of a digest over what may be redacted: plain, it would tell whether a guess is
  // right.
  Digest keyed(const Digest& digest) { return hmac_.of(view(digest)); }

 private:
  explicit SaltKey(ByteView key) : hmac_(key) {}
  HmacSha256 hmac_;
  std::string message_;
};

struct RecordSummary {
  std::uint64_t count = 0;
  Digest root{};

  Json json() const;
  static std::optional<RecordSummary> from(const Json& json);
  bool operator==(const RecordSummary&) const = default;
};

// Leaf hashes of record lines (without LF), in the order in which the plugin gave them.
class RecordTree {
 public:
  void add(ByteView line) { tree_.append(leaf_hash(line)); }
  void add_leaf(const Digest& leaf) { tree_.append(leaf); }
  std::uint64_t count() const { return tree_.size(); }
  Digest root() const { return tree_.root(); }
  RecordSummary summary() const { return {count(), root()}; }

 private:
  Tree tree_;
};

std::string redacted_form(ByteView line);
bool is_redacted(ByteView line);  // begins like one

// Leaf hash of a line as a third party received it: itself, or its redacted form. nullopt where a
// line begins like a redacted one and is none.
std::optional<Digest> disclosed_leaf(ByteView line);

}  // namespace forensics::ledger
