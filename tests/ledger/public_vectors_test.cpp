// The probes that transparency-dev/merkle publishes as test vectors, made anew: the same trees and
// sizes, the same classes of damage, in the same numbers (98 of inclusion, 97 of consistency and
// one of ours). Proofs come from the recursive definitions of RFC 9162 written out below, not from
// the code under test. Probes there whose hashes have the wrong length have other hashes here: our
// type has only one length.

#include <gtest/gtest.h>

#include <functional>

#include "base/sha256.hpp"
#include "ledger/merkle.hpp"
#include "ledger/proof_path.hpp"

namespace forensics::ledger {
namespace {

using Hashes = std::vector<Digest>;

// RFC 9162 sections 2.1.1, 2.1.3.1 and 2.1.4.1 word for word. D[a:b] is a span.
namespace definition {

Digest sha256(const std::string& bytes) {
  return Sha256::of(bytes);
}

Digest leaf(const std::string& bytes) {
  return sha256(std::string(1, '\0') + bytes);
}

std::size_t k_of(std::size_t n) {
  std::size_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

Digest mth(std::span<const std::string> d) {
  if (d.empty()) return sha256("");
  if (d.size() == 1) return leaf(d[0]);
  const std::size_t k = k_of(d.size());
  return sha256('\x01' + std::string(view(mth(d.first(k)))) + std::string(view(mth(d.subspan(k)))));
}

Hashes path(std::size_t m, std::span<const std::string> d) {
  if (d.size() == 1) return {};
  const std::size_t k = k_of(d.size());
  Hashes out = m < k ? path(m, d.first(k)) : path(m - k, d.subspan(k));
  out.push_back(m < k ? mth(d.subspan(k)) : mth(d.first(k)));
  return out;
}

Hashes subproof(std::size_t m, std::span<const std::string> d, bool b) {
  if (m == d.size()) return b ? Hashes{} : Hashes{mth(d)};
  const std::size_t k = k_of(d.size());
  Hashes out = m <= k ? subproof(m, d.first(k), b) : subproof(m - k, d.subspan(k), false);
  out.push_back(m <= k ? mth(d.subspan(k)) : mth(d.first(k)));
  return out;
}

Hashes proof(std::size_t m, std::span<const std::string> d) {
  return subproof(m, d, true);
}

}  // namespace definition

std::vector<std::string> known_leaves() {
  std::vector<std::string> leaves;
  for (const char* hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                          "606162636465666768696a6b6c6d6e6f"})
    leaves.push_back(*from_hex(hex));
  return leaves;
}

const Digest kNothing{};
const Digest kEmptyTree = Sha256::of("");
const Digest kSomeHash = Sha256::of("some hash");

Hashes with_front(Hashes hashes, const Digest& hash) {
  hashes.insert(hashes.begin(), hash);
  return hashes;
}

Hashes with_back(Hashes hashes, const Digest& hash) {
  hashes.push_back(hash);
  return hashes;
}

struct Count {
  int accepted = 0, refused = 0;
};

struct Inclusion {
  std::uint64_t index, size;
  Digest root, leaf;
  Hashes proof;

  bool holds() const { return verify_inclusion(leaf, index, size, proof, root); }
};

void try_damaged(const Inclusion& good, Count& count) {
  ASSERT_TRUE(good.holds());
  ++count.accepted;
  const auto refused = [&](const char* what, const std::function<void(Inclusion&)>& damage) {
    Inclusion bad = good;
    damage(bad);
    EXPECT_FALSE(bad.holds()) << what << ", leaf " << good.index << " of " << good.size;
    ++count.refused;
  };
  refused("index - 1", [](Inclusion& p) { --p.index; });
  refused("index + 1", [](Inclusion& p) { ++p.index; });
  refused("index ^ 2", [](Inclusion& p) { p.index ^= 2U; });
  refused("size * 2", [](Inclusion& p) { p.size *= 2; });
  refused("size / 2", [](Inclusion& p) { p.size /= 2; });
  refused("wrong leaf", [](Inclusion& p) { p.leaf = leaf_hash("WrongLeaf"); });
  refused("empty root", [](Inclusion& p) { p.root = kEmptyTree; });
  refused("random root", [](Inclusion& p) { p.root = kSomeHash; });
  refused("garbage behind", [](Inclusion& p) { p.proof = with_back(p.proof, kNothing); });
  refused("root behind", [](Inclusion& p) { p.proof = with_back(p.proof, p.root); });
  refused("garbage before", [](Inclusion& p) { p.proof = with_front(p.proof, kNothing); });
  refused("root before", [](Inclusion& p) { p.proof = with_front(p.proof, p.root); });
  for (std::size_t i = 0; i < good.proof.size(); ++i)
    refused("bit 3 of a hash", [i](Inclusion& p) { p.proof[i][0] ^= 8U; });
  if (!good.proof.empty()) refused("a hash less", [](Inclusion& p) { p.proof.pop_back(); });
  if (good.proof.size() > 1)
    refused("a hash between", [](Inclusion& p) { p.proof.insert(p.proof.begin() + 1, kSomeHash); });
}

TEST(PublicVectors, NinetyEightOfInclusion) {
  const auto leaves = known_leaves();
  Count count;
  constexpr std::pair<std::size_t, std::size_t> kCases[] = {{0, 1}, {0, 8}, {5, 8}, {2, 3}, {1, 5}};
  for (const auto& [index, size] : kCases) {
    const auto tree = std::span(leaves).first(size);
    try_damaged(Inclusion{index, size, definition::mth(tree), definition::leaf(leaves[index]),
                          definition::path(index, tree)},
                count);
  }
  const Digest only = leaf_hash("data");
  EXPECT_TRUE((Inclusion{0, 1, only, only, {}}.holds()));
  EXPECT_FALSE((Inclusion{0, 1, only, kNothing, {}}.holds()));
  EXPECT_FALSE((Inclusion{0, 1, kNothing, only, {}}.holds()));
  // Two equal hashes are a tree of one leaf, whatever they are: 32 zeros are no wrong length.
  EXPECT_FALSE((Inclusion{0, 1, kEmptyTree, kNothing, {}}.holds()));
  count.accepted += 1;
  count.refused += 3;
  constexpr std::pair<std::uint64_t, std::uint64_t> kImpossible[] = {
      {0, 0}, {0, 1}, {1, 0}, {2, 1}};
  for (const auto& [index, size] : kImpossible) {
    EXPECT_FALSE((Inclusion{index, size, kNothing, kSomeHash, {}}.holds()));
    EXPECT_FALSE((Inclusion{index, size, kEmptyTree, kNothing, {}}.holds()));
    EXPECT_FALSE((Inclusion{index, size, kEmptyTree, kSomeHash, {}}.holds()));
    count.refused += 3;
  }
  EXPECT_EQ(count.accepted, 6);
  EXPECT_EQ(count.accepted + count.refused, 98);
}

struct Consistency {
  std::uint64_t old_size, new_size;
  Digest old_root, new_root;
  Hashes proof;

  bool holds() const { return verify_consistency(old_size, old_root, new_size, new_root, proof); }
};

void try_damaged(const Consistency& good, Count& count) {
  ASSERT_TRUE(good.holds());
  ++count.accepted;
  if (good.proof.empty()) return;
  const auto refused = [&](const char* what, const std::function<void(Consistency&)>& damage) {
    Consistency bad = good;
    damage(bad);
    EXPECT_FALSE(bad.holds()) << what << ", " << good.old_size << " to " << good.new_size;
    ++count.refused;
  };
  refused("old size - 1", [](Consistency& p) { --p.old_size; });
  refused("old size + 1", [](Consistency& p) { ++p.old_size; });
  refused("old size ^ 2", [](Consistency& p) { p.old_size ^= 2U; });
  refused("new size * 2", [](Consistency& p) { p.new_size *= 2; });
  refused("new size / 2", [](Consistency& p) { p.new_size /= 2; });
  refused("wrong old root", [](Consistency& p) { p.old_root = leaf_hash("WrongRoot"); });
  refused("wrong new root", [](Consistency& p) { p.new_root = leaf_hash("WrongRoot"); });
  refused("swapped roots", [](Consistency& p) { std::swap(p.old_root, p.new_root); });
  refused("empty proof", [](Consistency& p) { p.proof.clear(); });
  refused("garbage behind", [](Consistency& p) { p.proof = with_back(p.proof, kNothing); });
  refused("old root behind", [](Consistency& p) { p.proof = with_back(p.proof, p.old_root); });
  refused("new root behind", [](Consistency& p) { p.proof = with_back(p.proof, p.new_root); });
  refused("garbage before", [](Consistency& p) { p.proof = with_front(p.proof, kNothing); });
  refused("old root before", [](Consistency& p) { p.proof = with_front(p.proof, p.old_root); });
  refused("new root before", [](Consistency& p) { p.proof = with_front(p.proof, p.new_root); });
  refused("first hash twice",
          [](Consistency& p) { p.proof = with_front(p.proof, Digest(p.proof[0])); });
  refused("a hash less", [](Consistency& p) { p.proof.pop_back(); });
  for (std::size_t i = 0; i < good.proof.size(); ++i)
    refused("bit 4 of a hash", [i](Consistency& p) { p.proof[i][0] ^= 16U; });
}

TEST(PublicVectors, NinetyEightOfConsistency) {
  const auto leaves = known_leaves();
  Count count;
  constexpr std::pair<std::size_t, std::size_t> kCases[] = {{1, 1}, {1, 8}, {6, 8}, {2, 5}, {6, 7}};
  for (const auto& [old_size, size] : kCases) {
    const auto tree = std::span(leaves).first(size);
    try_damaged(Consistency{old_size, size, definition::mth(tree.first(old_size)),
                            definition::mth(tree), definition::proof(old_size, tree)},
                count);
  }
  const Digest one = leaf_hash("one");
  const Digest two = leaf_hash("two");
  const Hashes empty_tree{kEmptyTree};
  EXPECT_TRUE((Consistency{1, 1, two, two, {}}.holds()));
  ++count.accepted;
  const Consistency kRefused[] = {
      {0, 0, one, two, {}},
      {1, 1, one, two, {}},
      // There it holds that nothing is consistent with nothing. Here a size of 0 never proves
      // anything: the one difference, docs/ledger.md section 5.
      {0, 0, one, one, {}},
      {0, 1, one, two, {}},
      {1, 0, one, two, {}},
      {2, 1, one, two, {}},
      {1, 2, one, two, {}},
      {0, 0, kEmptyTree, two, {}},
      {1, 1, kEmptyTree, two, {}},
      {0, 0, kEmptyTree, kEmptyTree, empty_tree},
      {1, 1, kEmptyTree, kEmptyTree, empty_tree},
      {0, 1, kEmptyTree, kEmptyTree, empty_tree},
      // Ours: from nothing to the known tree.
      {0, 8, kEmptyTree, definition::mth(leaves), {}},
  };
  for (const Consistency& probe : kRefused) {
    EXPECT_FALSE(probe.holds()) << probe.old_size << " to " << probe.new_size;
    ++count.refused;
  }
  EXPECT_EQ(count.accepted, 6);
  EXPECT_EQ(count.accepted + count.refused, 98);
}

TEST(PublicVectors, OurProofsAreThoseOfTheDefinition) {
  std::vector<std::string> leaves;
  Hashes hashes;
  for (std::size_t size = 1; size <= 65; ++size) {
    leaves.push_back("leaf " + std::to_string(size));
    hashes.push_back(leaf_hash(leaves.back()));
    for (std::size_t i = 0; i < size; ++i) {
      const Hashes wanted = definition::path(i, leaves);
      ASSERT_EQ(inclusion_proof(hashes, i), wanted) << i << " of " << size;
      PathCollector collector = PathCollector::inclusion(i, size);
      for (const Digest& hash : hashes) collector.append(hash);
      ASSERT_EQ(collector.hashes(), wanted) << i << " of " << size;
    }
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const Hashes wanted = definition::proof(old_size, leaves);
      ASSERT_EQ(consistency_proof(hashes, old_size), wanted) << old_size << " to " << size;
      PathCollector collector = PathCollector::consistency(old_size, size);
      for (const Digest& hash : hashes) collector.append(hash);
      ASSERT_EQ(collector.hashes(), wanted) << old_size << " to " << size;
    }
  }
}

}  // namespace
}  // namespace forensics::ledger
