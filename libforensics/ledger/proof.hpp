#pragma once
// Proof files: that one entry, or one record, stands under a signed checkpoint, and that a ledger
// only grew between two sizes, for someone who has nothing else of the case. docs/ledger.md section
// 9.4 is normative.
//
//   Proof proof = TRY(prove_entry("case-17", 42));
//   write(proof.encode());
//   ProofCheck check = check_proof(read(), {.key_fingerprint = from_paper});

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/checkpoint.hpp"
#include "ledger/entry.hpp"
#include "ledger/keys.hpp"
#include "ledger/verify.hpp"

namespace forensics::ledger {

inline constexpr std::uint64_t kMaxProof = 268'500'000;
inline constexpr std::size_t kMaxPath = 64;

struct Proof {
  struct Record {
    std::uint64_t index = 0;
    std::string line;
    std::vector<Digest> path;
  };

  PublicKey key;
  std::optional<Record> record;
  std::string entry;  // its line
  std::uint64_t index = 0;
  std::vector<Digest> path;
  std::string checkpoint;  // the bytes of its file

  std::string encode() const;
  static Result<Proof> parse(ByteView file);
};

struct ConsistencyProof {
  PublicKey key;
  std::uint64_t old_size = 0;
  Digest old_root{};
  std::vector<Digest> path;
  std::string checkpoint;

  std::string encode() const;
  static Result<ConsistencyProof> parse(ByteView file);
};

// Of the entry with this number, under the newest checkpoint. ErrorCode::usage: there is no such
// entry under it; ::integrity: the entries do not have its root.
Result<Proof> prove_entry(const std::string& case_folder, std::uint64_t seq);

// From `old_size` to the checkpoint of `new_size`, or to the newest. Errors as above.
Result<ConsistencyProof> prove_consistency(const std::string& case_folder, std::uint64_t old_size,
                                           std::optional<std::uint64_t> new_size = {});

struct ProofOptions {
  std::optional<std::string> key_fingerprint = {};
  std::vector<Anchor> anchors = {};
};

struct ProofCheck {
  std::vector<Finding> findings;  // none: it holds
  std::string key_fingerprint;
  bool key_confirmed = false;
  std::optional<Checkpoint> checkpoint;  // as far as these could be read
  std::optional<Entry> entry;
  std::optional<Proof::Record> record;
  std::optional<std::uint64_t> old_size;  // of a consistency proof
  std::uint64_t anchors = 0;              // that agree

  // Whether the file fits together. Anybody can make one that does, with a key of their own: only a
  // key or a checkpoint that is known from outside makes it a proof (KEY-UNCONFIRMED).
  bool fits() const;
};
ProofCheck check_proof(ByteView file, const ProofOptions& options);

}  // namespace forensics::ledger
