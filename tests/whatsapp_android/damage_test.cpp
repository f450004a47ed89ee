// Databases that are damaged or lie: no crash, no end that is not said, no value that is not there.

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "store.hpp"

namespace whatsapp_android_test {
namespace {

void read_damaged(std::string bytes, const std::string& what) {
  SeizedHost host(std::move(bytes));
  host.probe(plugin(), "msgstore.db");
  const fx_status status = host.parse(plugin(), "msgstore.db");
  ASSERT_TRUE(status == FX_OK || status == FX_NOT_MINE || status == FX_ENCRYPTED ||
              status == FX_CORRUPT || status == FX_TRUNCATED)
      << what << ": " << status;
  ASSERT_EQ(host.breaches(), std::vector<std::string>{}) << what;
}

TEST(WhatsappAndroidDamage, FlippedBits) {
  std::mt19937 random(20240305);
  const char* wanted = std::getenv("WHATSAPP_DAMAGE_ROUNDS");
  const int rounds = wanted == nullptr ? 20 : std::atoi(wanted);
  for (const char* name :
       {"current-small-pages.db", "legacy.db", "both.db", "deleted.db", "wa.db", "axolotl.db"}) {
    const std::string whole = forensics::test::slurp(made(name));
    for (int round = 0; round < rounds; ++round) {
      std::string bytes = whole;
      for (int flip = 0; flip < 1 + round % 200; ++flip)
        bytes[100 + random() % (bytes.size() - 100)] ^= static_cast<char>(1U << random() % 8);
      read_damaged(std::move(bytes), std::string(name) + " round " + std::to_string(round));
    }
  }
}

TEST(WhatsappAndroidDamage, FlippedBitsInTheLog) {
  std::mt19937 random(20240306);
  const std::string main = forensics::test::slurp(made("in-log.db"));
  const std::string log = forensics::test::slurp(made("in-log.db-wal"));
  for (int round = 0; round < 40; ++round) {
    std::string damaged = log;
    for (int flip = 0; flip < 1 + round; ++flip)
      damaged[random() % damaged.size()] ^= static_cast<char>(1U << random() % 8);
    SeizedHost host(main);
    host.add_companion(1, "msgstore.db-wal", damaged);
    const fx_status status = host.parse(plugin(), "msgstore.db");
    ASSERT_TRUE(status == FX_OK || status == FX_CORRUPT) << round << ": " << status;
    ASSERT_EQ(host.breaches(), std::vector<std::string>{}) << round;
    ASSERT_EQ(host.unexplained(0), 0U) << round;
    ASSERT_EQ(host.unexplained(1), 0U) << round;
  }
}

TEST(WhatsappAndroidDamage, CutOff) {
  for (const char* name : {"current-small-pages.db", "legacy.db"}) {
    const std::string whole = forensics::test::slurp(made(name));
    for (std::size_t length = 0; length < whole.size(); length += 1 + whole.size() / 15)
      read_damaged(whole.substr(0, length), std::string(name) + " of " + std::to_string(length));
  }
}

}  // namespace
}  // namespace whatsapp_android_test
