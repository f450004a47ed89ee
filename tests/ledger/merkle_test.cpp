#include "ledger/merkle.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <string>

namespace forensics::ledger {
namespace {

constexpr std::size_t kSizes = 130;

std::string hex(const Digest& digest) {
  return to_hex(view(digest));
}

std::vector<Digest> numbered_leaves(std::size_t count) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(std::to_string(i)));
  return leaves;
}

// RFC 6962 section 2.1 word for word, to compare the fast forms with.
Digest plain_root(std::span<const Digest> leaves) {
  if (leaves.size() == 1) return leaves[0];
  std::size_t split = 1;
  while (split * 2 < leaves.size()) split *= 2;
  return node_hash(plain_root(leaves.first(split)), plain_root(leaves.subspan(split)));
}

// The tree that Certificate Transparency's own tests use.
TEST(Merkle, RootsOfTheKnownTree) {
  const char* leaves[] = {"",
                          "00",
                          "10",
                          "2021",
                          "3031",
                          "40414243",
                          "5051525354555657",
                          "606162636465666768696a6b6c6d6e6f"};
  const char* roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                         "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  Tree tree;
  EXPECT_EQ(hex(tree.root()), roots[0]);
  for (std::size_t i = 0; i < std::size(leaves); ++i) {
    tree.append(leaf_hash(*from_hex(leaves[i])));
    EXPECT_EQ(hex(tree.root()), roots[i + 1]) << i + 1;
    EXPECT_EQ(tree.size(), i + 1);
  }
}

TEST(Merkle, ALeafIsNoNode) {
  const Digest left = leaf_hash("a");
  const Digest right = leaf_hash("b");
  const std::string both = std::string(view(left)) + std::string(view(right));
  EXPECT_NE(leaf_hash(both), node_hash(left, right));
  EXPECT_NE(leaf_hash('\x01' + both), node_hash(left, right));  // what a node is the hash of
}

TEST(Merkle, GrowingTreeHasTheRootOfTheDefinition) {
  const auto leaves = numbered_leaves(kSizes);
  Tree tree;
  for (std::size_t size = 1; size <= kSizes; ++size) {
    tree.append(leaves[size - 1]);
    ASSERT_EQ(tree.root(), plain_root(std::span(leaves).first(size))) << size;
  }
}

TEST(Merkle, EveryLeafOfEverySizeIsIncludedAndNothingElse) {
  const auto all = numbered_leaves(kSizes);
  for (std::size_t size = 1; size <= kSizes; ++size) {
    const auto leaves = std::span(all).first(size);
    const Digest root = root_of(leaves);
    for (std::size_t index = 0; index < size; ++index) {
      auto proof = inclusion_proof(leaves, index);
      ASSERT_LE(proof.size(), static_cast<std::size_t>(std::bit_width(size - 1)));
      ASSERT_TRUE(verify_inclusion(leaves[index], index, size, proof, root))
          << size << ' ' << index;
      ASSERT_FALSE(verify_inclusion(leaf_hash("other"), index, size, proof, root));
      ASSERT_FALSE(verify_inclusion(leaves[index], size, size, proof, root));
      if (size > 1) {
        ASSERT_FALSE(verify_inclusion(leaves[index], index ^ 1U, size, proof, root));
        proof[index % proof.size()][0] ^= 1U;
        ASSERT_FALSE(verify_inclusion(leaves[index], index, size, proof, root));
        proof[index % proof.size()][0] ^= 1U;
        const auto shorter = std::span<const Digest>(proof).first(proof.size() - 1);
        ASSERT_FALSE(verify_inclusion(leaves[index], index, size, shorter, root));
      }
      proof.push_back(leaf_hash("more"));
      ASSERT_FALSE(verify_inclusion(leaves[index], index, size, proof, root));
    }
  }
}

TEST(Merkle, EveryPrefixOfEverySizeIsConsistentAndNothingElse) {
  const auto all = numbered_leaves(kSizes);
  for (std::size_t size = 2; size <= kSizes; ++size) {
    const auto leaves = std::span(all).first(size);
    const Digest root = root_of(leaves);
    for (std::size_t old_size = 1; old_size < size; ++old_size) {
      const Digest old_root = root_of(leaves.first(old_size));
      auto proof = consistency_proof(leaves, old_size);
      ASSERT_FALSE(proof.empty());
      ASSERT_TRUE(verify_consistency(old_size, old_root, size, root, proof))
          << old_size << ' ' << size;
      ASSERT_FALSE(verify_consistency(old_size, leaf_hash("x"), size, root, proof));
      ASSERT_FALSE(verify_consistency(old_size, old_root, size, leaf_hash("x"), proof));
      for (Digest& hash : proof) {
        hash[31] ^= 0x80U;
        ASSERT_FALSE(verify_consistency(old_size, old_root, size, root, proof));
        hash[31] ^= 0x80U;
      }
      const auto shorter = std::span<const Digest>(proof).first(proof.size() - 1);
      ASSERT_FALSE(verify_consistency(old_size, old_root, size, root, shorter));
      proof.push_back(leaf_hash("more"));
      ASSERT_FALSE(verify_consistency(old_size, old_root, size, root, proof));
    }
  }
}

TEST(Merkle, ConsistencyAtTheBorders) {
  const auto leaves = numbered_leaves(4);
  const Digest root = root_of(leaves);
  const Digest empty = Tree{}.root();
  EXPECT_FALSE(verify_consistency(0, empty, 0, empty, {}));
  EXPECT_FALSE(verify_consistency(0, empty, 4, root, {}));
  EXPECT_TRUE(verify_consistency(4, root, 4, root, {}));
  EXPECT_FALSE(verify_consistency(4, root, 4, leaves[0], {}));
  EXPECT_FALSE(verify_consistency(4, root, 4, root, std::span(leaves).first(1)));
  EXPECT_FALSE(verify_consistency(4, root, 3, root_of(std::span(leaves).first(3)), {}));
  EXPECT_TRUE(consistency_proof(leaves, 0).empty());
  EXPECT_TRUE(consistency_proof(leaves, 4).empty());
  EXPECT_TRUE(inclusion_proof(leaves, 4).empty());
  EXPECT_FALSE(verify_inclusion(leaves[0], 0, 0, {}, empty));
}

TEST(Merkle, ProofsWithEnormousNumbersEnd) {
  const std::vector<Digest> proof(64, leaf_hash("x"));
  EXPECT_FALSE(verify_inclusion(proof[0], ~0ULL - 1, ~0ULL, proof, proof[0]));
  EXPECT_FALSE(verify_consistency(~0ULL - 1, proof[0], ~0ULL, proof[0], proof));
}

}  // namespace
}  // namespace forensics::ledger
