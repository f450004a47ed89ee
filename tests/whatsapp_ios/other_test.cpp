// ContactsV2.sqlite, CallHistory.sqlite, LID.sqlite, and what is none of them.

#include "database_host.hpp"

namespace ios_test {
namespace {

TEST(IosContacts, AddressBook) {
  const auto host = read("others/ContactsV2.sqlite");
  const auto contacts = host->of("contact");
  ASSERT_EQ(contacts.size(), 3U);
  EXPECT_EQ(contacts[0]->text("name"), "Anna Ålesund");
  EXPECT_EQ(contacts[0]->text("phone"), "+49 170 1111111");
  EXPECT_EQ(contacts[0]->text("username"), "anna");
  EXPECT_EQ(contacts[0]->text("caption"), "At sea");
  EXPECT_TRUE(contacts[0]->has_extra("ZWAADDRESSBOOKCONTACT.ZNEWCOLUMN=new"));
  EXPECT_EQ(contacts[1]->text("name"), "Dock Ltd");
  EXPECT_EQ(contacts[1]->text("phone"), "+491702222222");
  ASSERT_EQ(host->of("identity").size(), 1U);
  EXPECT_EQ(host->of("identity")[0]->text("account"), "111@lid");
}

TEST(IosCalls, AreMessagesWithACall) {
  const auto host = read("others/CallHistory.sqlite");
  const auto calls = host->of("call");
  ASSERT_EQ(calls.size(), 5U);
  ASSERT_EQ(host->of("message").size(), 5U);
  EXPECT_EQ(calls[0]->text("type"), "video");
  EXPECT_EQ(calls[0]->text("state"), "ended");
  EXPECT_EQ(calls[0]->text("direction"), "in");
  EXPECT_EQ(calls[0]->number("duration"), 61);
  const auto* who = host->referred("participant", calls[0]->number("participant"));
  EXPECT_EQ(who->text("phone"), "+491701111111");
  EXPECT_EQ(calls[1]->text("state"), "rejected");
  EXPECT_EQ(calls[1]->text("direction"), "out");
  EXPECT_EQ(calls[2]->text("code"), "outcome=77");
  EXPECT_TRUE(calls[2]->has_extra("unknown=outcome"));
  EXPECT_EQ(host->of("message")[1]->number("sent"), (700000100LL + 978307200) * 1000);
  // A participant whose call is gone is kept.
  ASSERT_EQ(host->of("contact").size(), 1U);
  EXPECT_EQ(host->of("contact")[0]->text("type"), "call-participant");
}

TEST(IosIdentities, PairsOfHiddenIdentityAndNumber) {
  const auto host = read("others/LID.sqlite");
  const auto pairs = host->of("identity");
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_EQ(pairs[0]->text("account"), "205690463334636@lid");
  EXPECT_EQ(pairs[0]->text("phone"), "491702222222");
  EXPECT_EQ(pairs[0]->number("sent"), (700000000LL + 978307200) * 1000);
}

TEST(IosPlugin, OtherFilesAreNotOurs) {
  for (const std::string& bytes : {std::string(), std::string("SQLite format 3"),
                                   std::string(4096, 'x'), std::string("ZWAMESSAGE")}) {
    forensics::test::SeizedHost host(bytes);
    EXPECT_EQ(host.probe(*fx_plugin_entry_v1_whatsapp_ios(), "ChatStorage.sqlite"), 0);
    EXPECT_EQ(host.parse(*fx_plugin_entry_v1_whatsapp_ios(), "ChatStorage.sqlite"), FX_NOT_MINE);
  }
}

}  // namespace
}  // namespace ios_test
