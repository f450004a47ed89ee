#include "ledger/record_tree.hpp"

#include <gtest/gtest.h>

#include "fixture.hpp"

namespace forensics::ledger {
namespace {

TEST(Salts, AreAFunctionOfKeySourceAndIndex) {
  auto key = SaltKey::from_bytes(std::string(32, '\x02'));
  ASSERT_TRUE(key);
  const std::string source(32, '\x03');
  const Salt salt = key->salt(source, 258);
  const std::string message = source + std::string("\0\0\0\0\0\0\x01\x02", 8);
  const Digest full = HmacSha256(std::string(32, '\x02')).of(message);
  EXPECT_TRUE(std::equal(salt.begin(), salt.end(), full.begin()));
  EXPECT_EQ(key->salt(source, 258), salt);
  EXPECT_NE(key->salt(source, 259), salt);
  EXPECT_NE(key->salt(std::string(32, '\x04'), 258), salt);
  EXPECT_NE(SaltKey::from_bytes(std::string(32, '\x05'))->salt(source, 258), salt);
}

TEST(Salts, KeyIsStoredAsHex) {
  const TempFolder folder;
  const std::string path = folder.path() + "/salt.key";
  ASSERT_TRUE(SaltKey::store(Files::system(), path, std::string(32, '\x02')));
  std::string hex;
  for (int i = 0; i < 32; ++i) hex += "02";
  EXPECT_EQ(contents_of(path), hex + '\n');
  auto key = SaltKey::load(path);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->salt("x", 1), SaltKey::from_bytes(std::string(32, '\x02'))->salt("x", 1));
  replace_file(path, "0202\n");
  EXPECT_FALSE(SaltKey::load(path));
  EXPECT_FALSE(SaltKey::from_bytes("short"));
}

TEST(RecordTrees, AreMerkleTreesOverLines) {
  RecordTree tree;
  EXPECT_EQ(tree.count(), 0U);
  EXPECT_EQ(tree.root(), Sha256::of(""));
  tree.add("one");
  tree.add("two");
  EXPECT_EQ(tree.count(), 2U);
  EXPECT_EQ(tree.root(), node_hash(leaf_hash("one"), leaf_hash("two")));
}

TEST(RecordTrees, SummaryComesBackFromJson) {
  const RecordSummary summary{5, leaf_hash("x")};
  EXPECT_EQ(RecordSummary::from(summary.json()), summary);
  EXPECT_FALSE(RecordSummary::from(Json::object()));
  Json json = summary.json();
  json["count"] = -1;
  EXPECT_FALSE(RecordSummary::from(json));
}

TEST(RecordTrees, RedactedLineKeepsTheRoot) {
  const std::string hidden = redacted_form("two");
  EXPECT_EQ(hidden, "redacted:" + to_hex(view(leaf_hash("two"))));
  RecordTree whole;
  RecordTree redacted;
  for (const char* line : {"one", "two", "three"}) whole.add(line);
  for (const std::string& line : {std::string("one"), hidden, std::string("three")})
    redacted.add_leaf(*disclosed_leaf(line));
  EXPECT_EQ(redacted.summary(), whole.summary());
  for (const char* line : {"redacted:", "redacted:zz", "redacted:AB"})
    EXPECT_FALSE(disclosed_leaf(line)) << line;
}

}  // namespace
}  // namespace forensics::ledger
