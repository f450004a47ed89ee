#include "ledger/proof_path.hpp"

#include <algorithm>
#include <bit>

namespace forensics::ledger {

PathCollector PathCollector::inclusion(std::uint64_t index, std::uint64_t size) {
  PathCollector path;
  for (std::uint64_t begin = 0, end = size; end - begin > 1;) {
    const std::uint64_t middle = begin + std::bit_floor(end - begin - 1);
    path.subtrees_.push_back(index < middle ? Subtree{middle, end, {}}
                                            : Subtree{begin, middle, {}});
    (index < middle ? end : begin) = middle;
  }
  return path;
}

PathCollector PathCollector::consistency(std::uint64_t old_size, std::uint64_t size) {
  PathCollector path;
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end != old_size) {
    const std::uint64_t middle = begin + std::bit_floor(end - begin - 1);
    const bool left = old_size <= middle;
    path.subtrees_.push_back(left ? Subtree{middle, end, {}} : Subtree{begin, middle, {}});
    (left ? end : begin) = middle;
  }
  // What is left is a complete subtree of the old tree. If it is all of it, its root is known.
  if (begin != 0) path.subtrees_.push_back({begin, end, {}});
  return path;
}

void PathCollector::append(const Digest& leaf) {
  const auto subtree =
      std::find_if(subtrees_.begin(), subtrees_.end(),
                   [this](const Subtree& each) { return each.begin <= next_ && next_ < each.end; });
  if (subtree != subtrees_.end()) subtree->tree.append(leaf);
  ++next_;
}

std::vector<Digest> PathCollector::hashes() const {
  std::vector<Digest> hashes;
  for (auto subtree = subtrees_.rbegin(); subtree != subtrees_.rend(); ++subtree)
    hashes.push_back(subtree->tree.root());
  return hashes;
}

}  // namespace forensics::ledger
