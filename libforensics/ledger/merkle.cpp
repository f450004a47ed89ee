#include "ledger/merkle.hpp"

#include <algorithm>
#include <bit>

#include "base/sha256.hpp"

namespace forensics::ledger {
namespace {

// The hash context is reused: making one costs more than hashing a short line.
Sha256& hasher() {
  thread_local Sha256 hash;
  return hash;
}

// Where a tree of `size` > 1 leaves splits: the largest power of two strictly below it.
std::uint64_t split_of(std::uint64_t size) {
  return std::bit_floor(size - 1);
}

bool is_odd(std::uint64_t number) {
  return (number & 1U) != 0;
}

}  // namespace

Digest leaf_hash(ByteView bytes) {
  return hasher().update(ByteView("\x00", 1)).update(bytes).finish();
}

Digest node_hash(const Digest& left, const Digest& right) {
  std::array<char, 65> message{'\x01'};
  const auto middle = std::copy(left.begin(), left.end(), message.begin() + 1);
  std::copy(right.begin(), right.end(), middle);
  return hasher().update({message.data(), message.size()}).finish();
}

void Tree::append(const Digest& leaf) {
  Digest node = leaf;
  std::size_t level = 0;
  for (; ((size_ >> level) & 1U) != 0; ++level) node = node_hash(complete_[level], node);
  complete_[level] = node;
  ++size_;
}

Digest Tree::root() const {
  if (size_ == 0) return Sha256::of({});
  auto level = static_cast<std::size_t>(std::countr_zero(size_));
  Digest root = complete_[level];
  for (++level; level < complete_.size(); ++level)
    if (((size_ >> level) & 1U) != 0) root = node_hash(complete_[level], root);
  return root;
}

Digest root_of(std::span<const Digest> leaves) {
  Tree tree;
  for (const Digest& leaf : leaves) tree.append(leaf);
  return tree.root();
}

std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::uint64_t index) {
  std::vector<Digest> proof;
  if (index >= leaves.size()) return proof;
  while (leaves.size() > 1) {
    const std::uint64_t split = split_of(leaves.size());
    const bool in_left = index < split;
    proof.push_back(root_of(in_left ? leaves.subspan(split) : leaves.first(split)));
    leaves = in_left ? leaves.first(split) : leaves.subspan(split);
    if (!in_left) index -= split;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size) {
  std::vector<Digest> proof;
  if (old_size == 0 || old_size >= leaves.size()) return proof;
  bool old_is_complete = true;  // the old tree starts where `leaves` does: its root is known
  while (old_size != leaves.size()) {
    const std::uint64_t split = split_of(leaves.size());
    const bool in_left = old_size <= split;
    proof.push_back(root_of(in_left ? leaves.subspan(split) : leaves.first(split)));
    leaves = in_left ? leaves.first(split) : leaves.subspan(split);
    if (!in_left) {
      old_size -= split;
      old_is_complete = false;
    }
  }
  if (!old_is_complete) proof.push_back(root_of(leaves));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Digest> proof, const Digest& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Digest hash = leaf;
  for (const Digest& sibling : proof) {
    if (last == 0) return false;
    if (is_odd(node) || node == last) {
      hash = node_hash(sibling, hash);
      while (!is_odd(node) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, const Digest& old_root, std::uint64_t new_size,
                        const Digest& new_root, std::span<const Digest> proof) {
  if (old_size == 0 || old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (proof.empty()) return false;

  std::uint64_t node = old_size - 1;
  std::uint64_t last = new_size - 1;
  while (is_odd(node)) {
    node >>= 1;
    last >>= 1;
  }
  // Where the old tree is one complete subtree, its root is known and stands in no proof.
  const bool complete = std::has_single_bit(old_size);
  Digest old_hash = complete ? old_root : proof.front();
  Digest new_hash = old_hash;
  for (const Digest& sibling : complete ? proof : proof.subspan(1)) {
    if (last == 0) return false;
    if (is_odd(node) || node == last) {
      old_hash = node_hash(sibling, old_hash);
      new_hash = node_hash(sibling, new_hash);
      while (!is_odd(node) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_hash = node_hash(new_hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace forensics::ledger
