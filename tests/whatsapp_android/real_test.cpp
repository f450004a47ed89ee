// Real databases in place, where they are at hand.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>

#include "store.hpp"
#include "support/temporary_folder.hpp"

namespace whatsapp_android_test {
namespace {

void expect_sound(const SeizedHost& host) {
  EXPECT_EQ(host.breaches(), std::vector<std::string>{});
  EXPECT_EQ(host.unexplained(0), 0U);
}

TEST(WhatsappAndroidReal, StoreWithBothGenerations) {
  const auto fixtures = forensics::test::fixtures();
  if (!fixtures) GTEST_SKIP() << "fixtures are absent";
  const auto file = *fixtures / "whatsapp/crypt/wa-crypt-tools/msgstore.db";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "fixtures are absent";
  const auto host = open(file);
  EXPECT_GE(host->probe(plugin(), "msgstore.db"), 90);
  ASSERT_EQ(host->parse(plugin(), "msgstore.db"), FX_OK);
  expect_sound(*host);
  if (std::getenv("SHOW") != nullptr) {
    for (const std::string& line : host->lines()) std::puts(line.substr(0, 700).c_str());
    for (const std::string& note : host->notes()) std::puts(note.c_str());
  }
  // Ten rows of `messages`, of which one is the placeholder; the row of `message` is one too.
  EXPECT_EQ(host->of("message").size(), 9U);
  EXPECT_EQ(host->of("attachment").size(), 9U);
}

TEST(WhatsappAndroidReal, ViewersTestDatabase) {
  const auto fixtures = forensics::test::fixtures();
  if (!fixtures) GTEST_SKIP() << "fixtures are absent";
  const auto folder = *fixtures / "whatsapp/db/whatsapp-viewer";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "fixtures are absent";
  const forensics::test::TemporaryFolder scratch;
  const std::string file = scratch / "msgstore.db";
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, "PRAGMA synchronous=off", nullptr, nullptr, nullptr);
  for (const char* name : {"msgstore.db.schema.sql", "test-database.sql"})
    sqlite3_exec(db, forensics::test::slurp(folder / name).c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(db);
  const auto host = open(file);
  EXPECT_GE(host->probe(plugin(), "msgstore.db"), 90);
  ASSERT_EQ(host->parse(plugin(), "msgstore.db"), FX_OK);
  expect_sound(*host);
  if (std::getenv("SHOW") != nullptr)
    for (const std::string& line : host->lines()) std::puts(line.substr(0, 400).c_str());
  EXPECT_GT(host->of("message").size(), 20U);
}

}  // namespace
}  // namespace whatsapp_android_test
