// Every database that the tests make and every real one at hand: plain SQL against the records.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>

#include "every_value.hpp"
#include "support/fixtures.hpp"
#include "support/temporary_folder.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp_android(void);
extern "C" const fx_plugin* fx_plugin_entry_v1_whatsapp_ios(void);
extern "C" const fx_plugin* fx_plugin_entry_v1_viber(void);

namespace lossless_test {
namespace {

using forensics::test::SeizedHost;
using forensics::test::slurp;

struct Family {
  const char* name;
  const fx_plugin* plugin;
  const char* folder;
};

// What the plugin itself says that it leaves out, and what its page says repeats another column.
std::set<std::string> columns_left(const SeizedHost& host) {
  std::set<std::string> out = {
      // Parts of jid.raw_string, told where they differ from it.
      "jid.user",
      "jid.server",
      // Told where they are not what the row, its message or its chat says anyhow.
      "message.sort_id",
      "messages_quotes.key_remote_jid",
      "ZWAGROUPINFO.ZCHATSESSION",
      "ZWAMEDIAITEM.ZMESSAGE",
      // Secrets are told by their size.
      "identities.private_key",
      "identities.record",
      "sessions.record",
      // Joined by these.
      "message_thumbnails.key_id",
      "message_thumbnails.key_remote_jid",
      "receipts.key_id",
      "receipts.key_remote_jid",
  };
  for (const std::string& note : host.notes()) {
    if (!note.starts_with("columns-left: ")) continue;
    std::size_t at = note.rfind("values: ");
    if (at == std::string::npos) continue;
    at += 8;
    while (at < note.size()) {
      const std::size_t end = note.find(" (", at);
      if (end == std::string::npos) break;
      out.insert(note.substr(at, end - at));
      const std::size_t next = note.find(", ", end);
      at = next == std::string::npos ? note.size() : next + 2;
    }
  }
  return out;
}

// The plugin that the host would take; nullptr: none reads it.
const fx_plugin* plugin_of(const std::filesystem::path& file) {
  const fx_plugin* best = nullptr;
  int highest = 0;
  for (const fx_plugin* plugin : {fx_plugin_entry_v1_whatsapp_android(),
                                  fx_plugin_entry_v1_whatsapp_ios(), fx_plugin_entry_v1_viber()}) {
    SeizedHost host(slurp(file));
    const int score = host.probe(*plugin, file.filename().string());
    if (score > highest) best = plugin;
    highest = std::max(highest, score);
  }
  return best;
}

void expect_every_value(const fx_plugin& plugin, const std::filesystem::path& file) {
  SeizedHost host(slurp(file));
  for (const auto& [input, ending] : {std::pair(1U, "-wal"), std::pair(2U, "-journal")})
    if (std::filesystem::exists(file.string() + ending))
      host.add_companion(input, file.filename().string() + ending, slurp(file.string() + ending));
  if (host.probe(plugin, file.filename().string()) == 0) return;
  host.parse(plugin, file.filename().string());
  const Outcome outcome = follow(file, host, columns_left(host));
  std::printf("%s:%s\n", file.filename().c_str(), outcome.line().c_str());
  EXPECT_EQ(outcome.differ, std::vector<std::string>{}) << file;
  EXPECT_EQ(outcome.lost, std::vector<std::string>{}) << file;
}

class LosslessMade : public testing::TestWithParam<Family> {};

TEST_P(LosslessMade, EveryValueIsTold) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(GetParam().folder)) {
    if (!entry.is_regular_file() || !slurp(entry.path()).starts_with("SQLite format 3")) continue;
    expect_every_value(*GetParam().plugin, entry.path());
  }
}

// Every real database at hand: those that are SQLite as they lie there, the ones in an archive, and
// the one that a script of SQL statements makes.
TEST(LosslessReal, EveryValueIsTold) {
  const auto fixtures = forensics::test::fixtures();
  if (!fixtures) GTEST_SKIP() << "fixtures are absent";
  const forensics::test::TemporaryFolder scratch;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*fixtures)) {
    if (!entry.is_regular_file()) continue;
    if (slurp(entry.path()).starts_with("SQLite format 3")) files.push_back(entry.path());
    if (entry.path().extension() == ".zip" &&
        entry.path().string().find("/db/") != std::string::npos) {
      const std::string unzip =
          "unzip -qo '" + entry.path().string() + "' -d '" + scratch / "zip" + "'";
      ASSERT_EQ(0, std::system(unzip.c_str()));
    }
  }
  if (std::filesystem::exists(scratch / "zip"))
    for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch / "zip"))
      if (entry.is_regular_file() && slurp(entry.path()).starts_with("SQLite format 3"))
        files.push_back(entry.path());
  const auto script = *fixtures / "whatsapp/db/whatsapp-viewer";
  if (std::filesystem::exists(script)) {
    sqlite3* db = nullptr;
    sqlite3_open((scratch / "msgstore.db").c_str(), &db);
    for (const char* name : {"msgstore.db.schema.sql", "test-database.sql"})
      sqlite3_exec(db, slurp(script / name).c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(db);
    files.emplace_back(scratch / "msgstore.db");
  }
  for (const auto& file : files)
    if (const fx_plugin* plugin = plugin_of(file)) expect_every_value(*plugin, file);
}

INSTANTIATE_TEST_SUITE_P(
    Families, LosslessMade,
    testing::Values(Family{"whatsapp_android", fx_plugin_entry_v1_whatsapp_android(),
                           ANDROID_DATABASES},
                    Family{"whatsapp_ios", fx_plugin_entry_v1_whatsapp_ios(), IOS_DATABASES},
                    Family{"viber", fx_plugin_entry_v1_viber(), VIBER_DATABASES}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace lossless_test
