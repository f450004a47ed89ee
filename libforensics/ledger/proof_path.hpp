#pragma once
// Inclusion and consistency proofs of a tree whose leaves stream by: memory grows with the height
// of the tree, not with its size.
//
//   PathCollector path = PathCollector::inclusion(index, size);
//   for (const Digest& leaf : leaves) path.append(leaf);   // exactly `size` of them
//   publish(path.hashes());

#include <cstdint>
#include <vector>

#include "ledger/merkle.hpp"

namespace forensics::ledger {

class PathCollector {
 public:
  // index < size, 0 < old_size <= size.
  static PathCollector inclusion(std::uint64_t index, std::uint64_t size);
  static PathCollector consistency(std::uint64_t old_size, std::uint64_t size);

  void append(const Digest& leaf);
  std::vector<Digest> hashes() const;  // lowest first

 private:
  struct Subtree {
    std::uint64_t begin = 0, end = 0;  // leaves
    Tree tree;
  };
  std::vector<Subtree> subtrees_;  // disjoint, highest first
  std::uint64_t next_ = 0;
};

}  // namespace forensics::ledger
