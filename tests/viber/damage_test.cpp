// Databases that are odd, cut or damaged: whatever they are, the contract holds.
#include <random>

#include "databases.hpp"

using namespace viber_test;

namespace {

constexpr const char* kNames[] = {"desktop.db", "deleted.db",  "viber_messages",
                                  "viber_data", "viber_prefs", "Contacts.data"};

// Values stand on their bytes, whatever those are; a sound database is explained to the last byte,
// a damaged one need not be.
void survive(const std::string& bytes, const char* name) {
  SeizedHost host(bytes);
  host.probe(*fx_plugin_entry_v1_viber(), name);
  const fx_status status = host.parse(*fx_plugin_entry_v1_viber(), name);
  EXPECT_NE(status, FX_BUG);
  EXPECT_EQ(host.breaches(), std::vector<std::string>{});
}

TEST(ViberDamage, OddTypesAndNullsLoseNoMessage) {
  for (const char* name : {"viber_messages", "viber_data", "Contacts.data"}) {
    Read sound(database(name), name);
    Read odd(database(std::string("odd_") + name), name);
    EXPECT_GE(odd.host.of("message").size(), sound.host.of("message").size() - 2) << name;
    EXPECT_EQ(odd.host.of("call").size(), sound.host.of("call").size()) << name;
  }
  Read sound(database("desktop.db"));
  Read odd(database("odd_desktop.db"));
  EXPECT_GE(odd.host.of("message").size(), sound.host.of("message").size() - 2);
}

TEST(ViberDamage, SameInputSameRecords) {
  for (const char* name : kNames)
    EXPECT_EQ(Read(database(name), name).host.lines(), Read(database(name), name).host.lines());
}

TEST(ViberDamage, BitFlips) {
  for (const char* name : kNames) {
    const std::string sound = database(name);
    std::mt19937 random(11);
    for (int round = 0; round < 40; ++round) {
      std::string bytes = sound;
      const auto flips = 1 + random() % 64;
      for (unsigned i = 0; i < flips; ++i)
        bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
      SCOPED_TRACE(std::string(name) + " round " + std::to_string(round));
      survive(bytes, name);
    }
  }
}

TEST(ViberDamage, Truncation) {
  for (const char* name : kNames) {
    const std::string sound = database(name);
    for (std::size_t part = 0; part < 16; ++part) {
      SCOPED_TRACE(std::string(name) + " part " + std::to_string(part));
      survive(sound.substr(0, sound.size() * part / 16 + part), name);
    }
  }
}

}  // namespace
