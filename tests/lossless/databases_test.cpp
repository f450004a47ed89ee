// Every database that the tests make and every real one at hand: plain SQL against the records.

#include <gtest/gtest.h>

#include <cstdio>

#include "every_value.hpp"
#include "support/fixtures.hpp"

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

INSTANTIATE_TEST_SUITE_P(
    Families, LosslessMade,
    testing::Values(Family{"whatsapp_android", fx_plugin_entry_v1_whatsapp_android(),
                           ANDROID_DATABASES},
                    Family{"whatsapp_ios", fx_plugin_entry_v1_whatsapp_ios(), IOS_DATABASES},
                    Family{"viber", fx_plugin_entry_v1_viber(), VIBER_DATABASES}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace lossless_test
