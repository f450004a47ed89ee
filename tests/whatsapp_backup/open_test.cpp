// What the right key opens.

#include <gtest/gtest.h>

#include "backup_host.hpp"
#include "backup_maker.hpp"
#include "support/fixtures.hpp"

namespace backup_test {
namespace {

const std::string kPlain = database(700);
const std::string kRoot = "a root key of thirty-two bytes !";

void expect_verified(BackupHost& host, std::string_view name, std::string_view child,
                     const std::string& plain) {
  ASSERT_EQ(host.parse(name), FX_OK);
  ASSERT_EQ(host.children.size(), 1U);
  EXPECT_EQ(host.children[0].name, child);
  EXPECT_TRUE(host.children[0].verified) << host.children[0].why;
  EXPECT_EQ(host.children[0].bytes, plain);
  EXPECT_EQ(host.uncovered(), 0U);
}

TEST(BackupOpen, Crypt12) {
  BackupHost host(crypt12(compressed(kPlain)));
  host.key(key_file());
  EXPECT_GE(host.probe("msgstore.db.crypt12"), 90);
  expect_verified(host, "msgstore.db.crypt12", "msgstore.db", kPlain);
  EXPECT_TRUE(host.has_extra("phone_ends_with=67"));
}

TEST(BackupOpen, Crypt12WithoutDigitsInTheirPlace) {
  Options options;
  options.digits = std::string(4, '\0');
  BackupHost host(crypt12(compressed(kPlain), options));
  host.key(key_file());
  expect_verified(host, "msgstore.db.crypt12", "msgstore.db", kPlain);
}

TEST(BackupOpen, Crypt14WithShortAndLongHeaders) {
  for (const int features : {0, 60, 120, 900}) {
    Options options;
    options.features = features;
    BackupHost host(crypt14(compressed(kPlain), options));
    host.key(key_file());
    EXPECT_GE(host.probe("any name"), 90);
    expect_verified(host, "msgstore-2024-01-02.1.db.crypt14", "msgstore-2024-01-02.1.db", kPlain);
    EXPECT_TRUE(host.has_extra("app_version=2.24.1.2"));
    EXPECT_TRUE(host.has_extra("phone_ends_with=67"));
  }
}

TEST(BackupOpen, Crypt15WithEachFormOfTheKey) {
  std::string digits;
  for (const char c : kRoot) {
    char two[4];
    std::snprintf(two, sizeof two, "%02x ", static_cast<unsigned char>(c));
    digits += two;
  }
  for (const std::string& key : {root_key_file(kRoot), kRoot, digits}) {
    BackupHost host(crypt15(compressed(kPlain), kRoot));
    host.key("no key at all").key(key);
    expect_verified(host, "msgstore.db.crypt15", "msgstore.db", kPlain);
  }
}

TEST(BackupOpen, KeyOfTheExhibit) {
  BackupHost host(crypt14(compressed(kPlain)));
  host.companion(1, "files/key", key_file());
  expect_verified(host, "msgstore.db.crypt14", "msgstore.db", kPlain);
  EXPECT_NE(host.children[0].why.find("files/key"), std::string::npos);
}

TEST(BackupOpen, PartOfABackupInSeveralFiles) {
  Options options;
  options.md5 = false;
  BackupHost host(crypt15(compressed("{\"settings\":1}"), kRoot, options));
  host.key(kRoot);
  expect_verified(host, "backup_settings.json.crypt15", "backup_settings.json", "{\"settings\":1}");
}

TEST(BackupOpen, StickersAreAnArchive) {
  const std::string zip = "PK\3\4" + std::string(5000, 'z');
  BackupHost host(crypt15(zip, kRoot));
  host.key(kRoot);
  expect_verified(host, "stickers.backup.crypt15", "stickers.backup", zip);
}

TEST(BackupOpen, EmptyDatabase) {
  BackupHost host(crypt14(compressed("")));
  host.key(key_file());
  ASSERT_EQ(host.parse("a.db.crypt14"), FX_OK);
  EXPECT_TRUE(host.children.at(0).verified);
  EXPECT_EQ(host.children[0].bytes, "");
}

TEST(BackupOpen, IncrementIsSaidNotToBeMerged) {
  BackupHost host(crypt15(compressed(kPlain), kRoot));
  host.key(kRoot);
  EXPECT_EQ(host.parse("msgstore-increment-1.db.crypt15"), FX_OK);
  EXPECT_TRUE(host.has_note("increment"));
}

// Without a tag nothing is ever verified, however well it opens.
TEST(BackupOpen, OldFormatsAreNeverVerified) {
  const auto check = [](std::string backup, std::string key, std::string_view name) {
    BackupHost host(std::move(backup));
    host.key(std::move(key));
    EXPECT_GT(host.probe(name), 0);
    EXPECT_EQ(host.parse(name), FX_OK) << name;
    ASSERT_EQ(host.children.size(), 1U) << name;
    EXPECT_FALSE(host.children[0].verified);
    EXPECT_TRUE(host.children[0].bytes == kPlain) << name;
    EXPECT_TRUE(host.has_note("unauthenticated"));
    EXPECT_EQ(host.uncovered(), 0U) << name;
  };
  check(crypt5(kPlain, "someone@example.org"), "someone@example.org", "msgstore.db.crypt5");
  check(crypt7(kPlain), key_file(), "msgstore.db.crypt7");
  check(crypt7(compressed(kPlain)), key_file(), "msgstore.db.crypt8");
  check(crypt7(gzipped(kPlain)), key_file(), "msgstore.db.crypt8");
}

TEST(BackupOpen, KeyFilesSayWhatTheyAre) {
  BackupHost host(key_file());
  EXPECT_GE(host.probe("key"), 90);
  EXPECT_EQ(host.parse("key"), FX_OK);
  EXPECT_EQ(host.uncovered(), 0U);
  for (const std::string& extra : host.extras)
    EXPECT_EQ(extra.find(kSecret.substr(0, 4)), std::string::npos);
  BackupHost root(root_key_file(kRoot));
  EXPECT_GE(root.probe("encrypted_backup.key"), 90);
  EXPECT_EQ(root.parse("encrypted_backup.key"), FX_OK);
  EXPECT_EQ(root.uncovered(), 0U);
}

TEST(BackupOpen, RealBackups) {
  const auto folder = forensics::test::fixtures();
  if (!folder) GTEST_SKIP() << "fixtures are absent";
  const auto file = [&](std::string_view name) {
    return forensics::test::slurp(*folder / "whatsapp/crypt/wa-crypt-tools" / name);
  };
  for (const std::string_view name : {"msgstore.db.crypt14", "msgstore.db.crypt15"}) {
    BackupHost host(file(name));
    host.key(file("key")).key(file("encrypted_backup.key"));
    expect_verified(host, name, "msgstore.db", file("msgstore.db"));
    EXPECT_TRUE(host.has_extra("phone_ends_with=67"));
    EXPECT_TRUE(host.has_extra("app_version=2.22.5.13"));
  }
}

}  // namespace
}  // namespace backup_test
