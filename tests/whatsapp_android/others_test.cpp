// The other files, and what is not live: logs, deleted rows, versions with little in them.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "store.hpp"

namespace whatsapp_android_test {
namespace {

void expect_sound(const SeizedHost& host) {
  EXPECT_EQ(host.breaches(), std::vector<std::string>{});
  EXPECT_EQ(host.unexplained(0), 0U);
}

TEST(WhatsappAndroidOthers, AVersionWithFewColumns) {
  const auto host = open(made("bare.db"));
  ASSERT_EQ(host->parse(plugin(), "msgstore.db"), FX_OK);
  expect_sound(*host);
  EXPECT_GE(host->of("message").size(), 4U);
  EXPECT_EQ(host->of("call").size(), 1U);
  bool kept = false;
  for (const SeizedRecord* message : host->of("message"))
    kept = kept || message->has_extra("message.future=kept");
  EXPECT_TRUE(kept);
}

TEST(WhatsappAndroidOthers, RowsThatOnlyTheLogHasAreMarked) {
  const auto host = open(made("in-log.db"));
  ASSERT_EQ(host->parse(plugin(), "msgstore.db"), FX_OK);
  expect_sound(*host);
  EXPECT_EQ(host->unexplained(1), 0U);
  const SeizedRecord* fresh = by_source_id(*host, "KEY0012");
  ASSERT_NE(fresh, nullptr);
  EXPECT_EQ(fresh->input, 1U);
  EXPECT_TRUE(fresh->has_extra("log=this row stands in the write-ahead log only"));
  const SeizedRecord* changed = by_source_id(*host, "KEY0005");
  ASSERT_NE(changed, nullptr);
  EXPECT_EQ(changed->text("text"), "after");
  EXPECT_TRUE(changed->has_extra("log=the main file has an earlier version of this row"));
  bool earlier = false;
  for (const SeizedRecord* message : host->of("message"))
    earlier = earlier || (message->text("standing") == "earlier version" &&
                          message->text("text") == "message 5");
  EXPECT_TRUE(earlier);
}

TEST(WhatsappAndroidOthers, RowIdsThatAreNotInUse) {
  const auto host = open(made("deleted.db"));
  ASSERT_EQ(host->parse(plugin(), "msgstore.db"), FX_OK);
  std::map<std::string, std::string> missing;
  for (const SeizedRecord* reading : host->of("reading"))
    for (const char* table : {"message", "call_log"})
      if (reading->has_extra(std::string("table=") + table))
        missing[table] = reading->text("reason");
  EXPECT_EQ(
      missing["message"],
      "22 of the row ids 1 to 201 of table message are not in use: such rows were deleted, or "
      "never kept");
  EXPECT_EQ(missing["call_log"],
            "2 of the row ids 1 to 30 of table call_log are not in use: such rows were deleted, or "
            "never kept");
}

TEST(WhatsappAndroidOthers, TablesThatOnlyTheLogHas) {
  SeizedHost alone(forensics::test::slurp(made("all-in-log.db")));
  EXPECT_EQ(alone.probe(plugin(), "odd name"), 5);
  EXPECT_EQ(alone.parse(plugin(), "odd name"), FX_NOT_MINE);
  const auto host = open(made("all-in-log.db"));
  ASSERT_EQ(host->parse(plugin(), "odd name"), FX_OK);
  expect_sound(*host);
  EXPECT_EQ(host->unexplained(1), 0U);
  ASSERT_EQ(host->of("message").size(), 1U);
  EXPECT_EQ(host->of("message")[0]->text("text"), "all of it in the log");
}

TEST(WhatsappAndroidOthers, NoiseUnderTheNameOfAStoreIsCalledEncrypted) {
  std::string noise(16384, '\0');
  std::mt19937 random(1);
  for (char& c : noise) c = static_cast<char>(random());
  SeizedHost host(noise);
  EXPECT_EQ(host.probe(plugin(), "msgstore.db"), 60);
  EXPECT_EQ(host.parse(plugin(), "msgstore.db"), FX_ENCRYPTED);
  EXPECT_EQ(host.unexplained(0), 0U);
  EXPECT_EQ(host.probe(plugin(), "noise.bin"), 0);
}

TEST(WhatsappAndroidOthers, AStoreWithoutItsSchemaIsDamagedAndNotUnknown) {
  std::string bytes = forensics::test::slurp(made("current.db"));
  std::fill(bytes.begin() + 4096, bytes.end(), '\0');
  SeizedHost host(bytes);
  EXPECT_EQ(host.parse(plugin(), "msgstore.db"), FX_CORRUPT);
  EXPECT_EQ(host.parse(plugin(), "other.db"), FX_NOT_MINE);
}

TEST(WhatsappAndroidOthers, DamageIsSaid) {
  const std::string whole = forensics::test::slurp(made("current.db"));
  SeizedHost host(whole.substr(0, whole.size() - 5000));
  EXPECT_EQ(host.parse(plugin(), "msgstore.db"), FX_TRUNCATED);
  EXPECT_FALSE(host.of("message").empty());
}

TEST(WhatsappAndroidOthers, DeletedRowsComeBackAndLiveOnesDoNot) {
  const auto host = open(made("deleted.db"));
  ASSERT_EQ(host->parse(plugin(), "msgstore.db"), FX_OK);
  expect_sound(*host);
  std::set<std::string> texts;
  std::size_t calls = 0;
  for (const SeizedRecord* message : host->of("message")) {
    if (message->find("recovered") == nullptr) continue;
    if (message->text("type") == "call") {
      ++calls;
      continue;
    }
    texts.insert(message->text("text"));
    EXPECT_TRUE(message->number("confidence"));
    EXPECT_EQ(message->text("standing"), "deleted");
  }
  std::size_t found = 0;
  for (int number = 40; number <= 60; ++number)
    found +=
        texts.count("words of message " + std::to_string(number) + " that are long enough to tell");
  EXPECT_EQ(texts.size(), found) << "a live row was told as deleted";
  EXPECT_GE(found, 19U);
  EXPECT_GE(calls, 1U);
}

TEST(WhatsappAndroidOthers, AddressBook) {
  const auto host = open(made("wa.db"));
  ASSERT_EQ(host->probe(plugin(), "x"), 95);
  ASSERT_EQ(host->parse(plugin(), "wa.db"), FX_OK);
  expect_sound(*host);
  const auto contacts = host->of("contact");
  ASSERT_GE(contacts.size(), 5U);
  EXPECT_EQ(contacts[0]->text("name"), "Anna Blick");
  EXPECT_EQ(contacts[0]->text("phone"), "+49 170 1111111");
  EXPECT_EQ(contacts[0]->text("caption"), "at sea");
  EXPECT_TRUE(contacts[0]->has_extra("wa_contacts.wa_name=anna"));
  EXPECT_EQ(contacts[1]->text("phone"), "+491702222222");
  std::string all;
  for (const std::string& line : host->lines()) all += line + '\n';
  EXPECT_NE(all.find("Boats Ltd"), std::string::npos);
  EXPECT_NE(all.find("state=blocked"), std::string::npos);
  EXPECT_NE(all.find("caption=tides"), std::string::npos);
}

TEST(WhatsappAndroidOthers, KeysSayWhomTheDeviceKnew) {
  const auto host = open(made("axolotl.db"));
  ASSERT_GE(host->probe(plugin(), "x"), 90);
  ASSERT_EQ(host->parse(plugin(), "axolotl.db"), FX_OK);
  expect_sound(*host);
  ASSERT_EQ(host->of("account").size(), 1U);
  EXPECT_TRUE(host->of("account")[0]->has_extra("identities.registration_id=4242"));
  EXPECT_TRUE(host->of("account")[0]->has_extra("private_key=(32 bytes)"));
  ASSERT_EQ(host->of("contact").size(), 2U);
  EXPECT_EQ(host->of("contact")[0]->text("phone"), "+491702222222");
}

TEST(WhatsappAndroidOthers, PreferencesNameTheOwner) {
  SeizedHost host(forensics::test::slurp(made("com.whatsapp_preferences_light.xml")));
  ASSERT_GE(host.probe(plugin(), "com.whatsapp_preferences_light.xml"), 90);
  ASSERT_EQ(host.parse(plugin(), "com.whatsapp_preferences_light.xml"), FX_OK);
  expect_sound(host);
  ASSERT_EQ(host.of("account").size(), 1U);
  const SeizedRecord& account = *host.of("account")[0];
  EXPECT_EQ(account.text("account"), "491705555555@s.whatsapp.net");
  EXPECT_EQ(account.text("phone"), "+491705555555");
  EXPECT_EQ(account.text("name"), "K\xC3\xA4pt'n Olaf");
  EXPECT_EQ(account.number("owner"), 1);
}

}  // namespace
}  // namespace whatsapp_android_test
