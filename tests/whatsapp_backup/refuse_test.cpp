// What does not open, and why: each cause has an answer of its own.

#include <gtest/gtest.h>

#include <random>

#include "backup_host.hpp"
#include "backup_maker.hpp"

namespace backup_test {
namespace {

const std::string kPlain = database(700);
const std::string kRoot = "a root key of thirty-two bytes !";

TEST(BackupRefuse, WithoutAKey) {
  for (const std::string& backup : {crypt12(compressed(kPlain)), crypt14(compressed(kPlain)),
                                    crypt15(compressed(kPlain), kRoot), crypt7(kPlain)}) {
    BackupHost host(backup);
    EXPECT_EQ(host.parse("msgstore.db.crypt"), FX_ENCRYPTED);
    EXPECT_TRUE(host.has_note("key-needed"));
    EXPECT_TRUE(host.children.empty());
    EXPECT_EQ(host.uncovered(), 0U);
  }
}

TEST(BackupRefuse, PasswordWhoseKeyTheProviderHolds) {
  BackupHost host(crypt15(compressed(kPlain), kRoot));
  host.companion(3, "files/password_data.key", "anything");
  EXPECT_EQ(host.parse("msgstore.db.crypt15"), FX_ENCRYPTED);
  EXPECT_TRUE(host.has_note("password-protected"));
}

TEST(BackupRefuse, KeyOfAnotherBackup) {
  BackupHost host(crypt14(compressed(kPlain)));
  host.key(key_file(kSecret, std::string(32, 'x')));
  EXPECT_EQ(host.parse("msgstore.db.crypt14"), FX_ENCRYPTED);
  EXPECT_TRUE(host.has_note("wrong-key"));
  EXPECT_TRUE(host.children.empty());
  EXPECT_EQ(host.uncovered(), 0U);
}

TEST(BackupRefuse, AnotherRootKey) {
  BackupHost host(crypt15(compressed(kPlain), kRoot));
  host.key(std::string(32, 'x')).key(key_file());
  EXPECT_EQ(host.parse("msgstore.db.crypt15"), FX_ENCRYPTED);
  EXPECT_TRUE(host.has_note("wrong-key"));
  EXPECT_TRUE(host.children.empty());
}

TEST(BackupRefuse, OneByteChangedInTheMiddle) {
  std::string backup = crypt14(compressed(kPlain));
  backup[backup.size() / 2] ^= 1;
  BackupHost host(backup);
  host.key(key_file());
  EXPECT_EQ(host.parse("msgstore.db.crypt14"), FX_CORRUPT);
  EXPECT_TRUE(host.has_note("damaged"));
  ASSERT_EQ(host.children.size(), 1U);
  EXPECT_FALSE(host.children[0].verified);
  EXPECT_TRUE(kPlain.starts_with(host.children[0].bytes.substr(0, 1024)));
  EXPECT_EQ(host.uncovered(), 0U);
}

TEST(BackupRefuse, BeginningChanged) {
  std::string backup = crypt14(compressed(kPlain));
  const std::size_t body = backup.size() - compressed(kPlain).size() - 32;
  backup[body] ^= 0x40;
  BackupHost host(backup);
  host.key(key_file());
  EXPECT_EQ(host.parse("msgstore.db.crypt14"), FX_CORRUPT);
  EXPECT_TRUE(host.has_note("damaged"));
  EXPECT_EQ(host.uncovered(), 0U);
}

TEST(BackupRefuse, TagChangedAndNothingElse) {
  Options options;
  options.md5 = false;
  std::string backup = crypt15(compressed(kPlain), kRoot, options);
  backup.back() ^= 1;
  BackupHost host(backup);
  host.key(kRoot);
  EXPECT_EQ(host.parse("wa.db.crypt15"), FX_CORRUPT);
  EXPECT_TRUE(host.has_note("unauthenticated"));
  ASSERT_EQ(host.children.size(), 1U);
  EXPECT_FALSE(host.children[0].verified);
  EXPECT_EQ(host.children[0].bytes, kPlain);
}

TEST(BackupRefuse, Md5ChangedIsNoReasonToDistrust) {
  std::string backup = crypt14(compressed(kPlain));
  backup.back() ^= 1;
  BackupHost host(backup);
  host.key(key_file());
  EXPECT_EQ(host.parse("msgstore.db.crypt14"), FX_OK);
  EXPECT_TRUE(host.children.at(0).verified);
  EXPECT_EQ(host.uncovered(), 0U);
}

TEST(BackupRefuse, CutOffStillYieldsItsBeginning) {
  std::string backup = crypt15(compressed(kPlain), kRoot);
  backup.resize(backup.size() * 2 / 3);
  BackupHost host(backup);
  host.key(kRoot);
  EXPECT_EQ(host.parse("msgstore.db.crypt15"), FX_TRUNCATED);
  EXPECT_TRUE(host.has_note("truncated"));
  ASSERT_EQ(host.children.size(), 1U);
  EXPECT_FALSE(host.children[0].verified);
  EXPECT_GT(host.children[0].bytes.size(), kPlain.size() / 3);
  EXPECT_TRUE(kPlain.starts_with(host.children[0].bytes));
  EXPECT_EQ(host.uncovered(), 0U);
}

TEST(BackupRefuse, OtherFilesAreNotOurs) {
  for (const std::string& bytes :
       {std::string(), std::string(1000, '\0'), database(3), compressed(kPlain),
        std::string("PK\3\4 and so on"), std::string(100, 'a'), std::string("\0\1\2", 3)}) {
    BackupHost host(bytes);
    EXPECT_EQ(host.probe("x.bin"), 0);
    EXPECT_EQ(host.parse("x.bin"), FX_NOT_MINE);
  }
}

// Three bytes are no sign of a backup.
TEST(BackupRefuse, ARawHeaderNeedsANameOrChance) {
  BackupHost table(std::string("\0\1\2", 3) + std::string(500, 'a') + std::string(500, 'b'));
  EXPECT_EQ(table.probe("table.bin"), 0);
  std::mt19937 random(1);
  std::string salts;
  for (int i = 0; i < 500; ++i) salts += static_cast<char>(random());
  BackupHost backup(std::string("\0\1\2", 3) + salts);
  EXPECT_EQ(backup.probe("renamed.bin"), 40);
}

// Whatever is changed or cut: no child is called verified that is not the plain text, and every
// byte is accounted for.
TEST(BackupRefuse, AnyChangeIsNoticed) {
  std::mt19937 random(4);
  const std::string plain = database(9);
  for (const std::string& whole : {crypt12(compressed(plain)), crypt14(compressed(plain)),
                                   crypt15(compressed(plain), kRoot), crypt7(plain)}) {
    for (unsigned i = 0; i < 400; ++i) {
      std::string backup = whole;
      if (i % 4 == 0) backup.resize(random() % (backup.size() + 1));
      for (unsigned flips = i % 4; flips > 0 && !backup.empty(); --flips)
        backup[random() % backup.size()] ^= static_cast<char>(1U << random() % 8);
      BackupHost host(backup);
      host.key(key_file()).key(kRoot);
      host.probe("a.crypt14");
      const fx_status status = host.parse("a.crypt14");
      for (const Child& child : host.children) {
        EXPECT_TRUE(!child.verified || child.bytes == plain);
      }
      EXPECT_TRUE(status == FX_NOT_MINE || host.uncovered() == 0) << i;
    }
  }
}

}  // namespace
}  // namespace backup_test
