#pragma once
// Merkle trees as RFC 6962 section 2.1 defines them, over SHA-256: leaf and node hashes carry
// different prefixes, a tree of n leaves splits at the largest power of two below n, and no leaf is
// ever duplicated or padded. A root says something only together with its size.
//
//   Tree tree;
//   for (ByteView line : lines) tree.append(leaf_hash(line));
//   publish(tree.size(), tree.root());
//
// Threads: plain values; use one Tree from one thread at a time.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.hpp"

namespace forensics::ledger {

Digest leaf_hash(ByteView bytes);                           // SHA-256(00 || bytes)
Digest node_hash(const Digest& left, const Digest& right);  // SHA-256(01 || left || right)

// A growing tree in constant memory: it keeps the roots of its complete subtrees, not its leaves.
class Tree {
 public:
  void append(const Digest& leaf);
  std::uint64_t size() const { return size_; }
  Digest root() const;  // of the empty tree: SHA-256 of nothing

 private:
  std::array<Digest, 64>
      complete_{};  // [k]: subtree of 2^k leaves, present if bit k of size_ is set
  std::uint64_t size_ = 0;
};

Digest root_of(std::span<const Digest> leaves);

// Hashes that lead from leaf `index` to the root of `leaves`, lowest first. Empty where
// index >= leaves.size().
std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::uint64_t index);

// Hashes that show the first `old_size` of `leaves` to be a prefix of all of them. Empty where
// old_size is 0 or not below leaves.size().
std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size);

// The loops of RFC 9162 sections 2.1.3.2 and 2.1.4.2. False for every input that is not a proof of
// exactly this; the size 0 is never consistent with anything.
bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Digest> proof, const Digest& root);
bool verify_consistency(std::uint64_t old_size, const Digest& old_root, std::uint64_t new_size,
                        const Digest& new_root, std::span<const Digest> proof);

}  // namespace forensics::ledger
