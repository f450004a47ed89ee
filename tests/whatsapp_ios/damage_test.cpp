// Whatever is changed or cut: no crash, no value that its bytes do not prove.

#include <random>

#include "database_host.hpp"

namespace ios_test {
namespace {

void try_damaged(std::string bytes, std::mt19937& random, int round) {
  if (round % 3 == 0) bytes.resize(random() % (bytes.size() + 1));
  const int changes = round % 3 == 1 ? 1 : 40;
  for (int i = 0; i < changes && !bytes.empty(); ++i) {
    const std::size_t at = random() % bytes.size();
    bytes[at] = round % 2 == 0 ? static_cast<char>(random()) : static_cast<char>(bytes[at] ^ 0x80);
  }
  forensics::test::SeizedHost host(bytes);
  host.probe(*fx_plugin_entry_v1_whatsapp_ios(), "x");
  const fx_status status = host.parse(*fx_plugin_entry_v1_whatsapp_ios(), "x");
  EXPECT_TRUE(status == FX_OK || status == FX_CORRUPT || status == FX_NOT_MINE ||
              status == FX_TRUNCATED)
      << status;
  EXPECT_EQ(host.breaches(), std::vector<std::string>{}) << round;
}

TEST(IosDamage, EveryDatabase) {
  for (const char* name :
       {"chats/ChatStorage.sqlite", "chats/utf16.sqlite", "chats/small-pages.sqlite",
        "deleted/ChatStorage.sqlite", "others/ContactsV2.sqlite", "others/CallHistory.sqlite"}) {
    const std::string whole = forensics::test::slurp(database(name));
    std::mt19937 random(7);
    for (int round = 0; round < 100; ++round) {
      SCOPED_TRACE(name);
      try_damaged(whole, random, round);
      if (HasFatalFailure() || HasNonfatalFailure()) return;
    }
  }
}

TEST(IosDamage, SameBytesSameRecords) {
  const auto first = read("deleted/ChatStorage.sqlite");
  const auto second = read("deleted/ChatStorage.sqlite");
  EXPECT_EQ(first->lines(), second->lines());
}

}  // namespace
}  // namespace ios_test
