// Viber on phones: Android's databases, the iOS store, settings.
#include <algorithm>

#include "databases.hpp"

using namespace viber_test;

namespace {

TEST(ViberAndroid, ReadsMessages) {
  Read read(database("viber_messages"), "viber_messages");
  EXPECT_GE(read.score, 94);
  ASSERT_EQ(read.host.of("message").size(), 11U);  // two stand for what is not there
  const SeizedRecord* answer = read.find("message", "text", "tu sam");
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->text("direction"), "out");
  EXPECT_EQ(answer->text("quoted"), "gdje si?");
  EXPECT_EQ(read.host.referred("participant", answer->number("sender"))->number("owner"), 1);
  EXPECT_EQ(read.find("attachment", "name", "1.jpg")->text("path"),
            "content://com.viber.voip/1.jpg");
  EXPECT_EQ(read.find("membership", "state", "inactive")->number("participant"), 3);
  const SeizedRecord* long_text = read.find("message", "text", std::string(6000, 'x'));
  ASSERT_NE(long_text, nullptr) << "a text over several pages";
  EXPECT_NE(read.of_message("receipt", *long_text), nullptr);
  EXPECT_NE(read.find("message", "text", "of nobody"), nullptr);
}

TEST(ViberAndroid, CodesOfOneSource) {
  Read read(database("viber_messages"), "viber_messages");
  const SeizedRecord* rich = read.find("message", "text", "a \"rich\" notice");
  ASSERT_NE(rich, nullptr);
  EXPECT_EQ(rich->find("type")->rule, "viber.code-of-one-source");
  const SeizedRecord* unknown = read.find("message", "text", "?");
  ASSERT_NE(unknown, nullptr);
  EXPECT_EQ(unknown->find("type")->rule, "viber.content-guess");
  EXPECT_TRUE(unknown->has_extra("unknown-code=extra_mime=4711"));
  EXPECT_EQ(read.find("attachment", "name", "1.jpg")->text("type"), "image");
  EXPECT_EQ(read.find("conversation", "source_id", "6")->text("type"), "notes");
}

TEST(ViberAndroid, WhoTookAMessageBackIsAPerson) {
  Read read(database("viber_messages"), "viber_messages");
  const SeizedRecord* deleted = read.find("message", "type", "deleted");
  ASSERT_NE(deleted, nullptr);
  const SeizedRecord* by = read.host.referred("participant", deleted->number("deleted_by"));
  ASSERT_NE(by, nullptr);
  EXPECT_EQ(by->text("name"), "Rosa");
}

TEST(ViberAndroid, LikesAndCallsFindTheirMessages) {
  Read read(database("viber_messages"), "viber_messages");
  const SeizedRecord* first = read.find("message", "text", "gdje si?");
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(read.of_message("call", *first)->number("duration"), 5);
  const SeizedRecord* like = read.of_message("reaction", *first);
  ASSERT_NE(like, nullptr);
  EXPECT_EQ(read.host.referred("participant", like->number("sender"))->text("name"), "Rosa");
  EXPECT_EQ(read.host.of("reaction").size(), 2U);
}

TEST(ViberAndroid, ThreadsOfOldVersions) {
  Read read(database("threads.db"), "viber_messages");
  EXPECT_GE(read.score, 80);
  ASSERT_EQ(read.host.of("message").size(), 2U);
  EXPECT_EQ(read.host.of("location")[0]->text("latitude"), "45");
  EXPECT_EQ(read.host.of("participant")[0]->text("phone"), "+385912222222");
  EXPECT_EQ(read.find("message", "text", "old")->text("direction"), "in");
  EXPECT_EQ(read.find("conversation", "source_id", "1")->text("type"), "direct");
  EXPECT_EQ(read.find("conversation", "title", "Crossing")->text("type"), "group");
  const SeizedRecord* mine = read.find("message", "text", "mine");
  ASSERT_NE(mine, nullptr);
  EXPECT_EQ(mine->text("direction"), "out");
  EXPECT_EQ(read.host.referred("participant", mine->number("sender"))->number("owner"), 1);
}

TEST(ViberPhoneBook, CallsAreMessagesWithACall) {
  Read read(database("viber_data"), "viber_data");
  ASSERT_EQ(read.host.of("call").size(), 5U);
  ASSERT_EQ(read.host.of("message").size(), 5U);
  EXPECT_EQ(read.find("call", "state", "missed")->text("direction"), "in");
  EXPECT_EQ(read.find("call", "type", "video")->number("duration"), 61);
  EXPECT_NE(read.find("participant", "name", "Karim"), nullptr) << "of the conference";
  EXPECT_NE(read.find("contact", "state", "blocked"), nullptr);
  EXPECT_NE(read.find("contact", "name", "Without number"), nullptr);
  EXPECT_EQ(read.find("contact", "phone", "+385913333333")->text("name"), "Rosa");
  EXPECT_NE(read.find("contact", "phone", "123456"), nullptr) << "its contact is gone";
  const SeizedRecord* own = read.find("contact", "type", "viber-number");
  EXPECT_EQ(own->text("name"), "") << "nobody saved what somebody calls himself";
  EXPECT_TRUE(own->has_extra("vibernumbers.viber_name=rosa89"));
}

TEST(ViberPhoneBook, RealDatabase) {
  const auto fixtures = forensics::test::fixtures();
  if (!fixtures) GTEST_SKIP() << "fixtures are absent";
  Read read(forensics::test::slurp(*fixtures / "viber/db/plaso/viber_data"), "viber_data");
  EXPECT_GE(read.score, 90);
  ASSERT_EQ(read.host.of("call").size(), 4U);
  EXPECT_EQ(read.host.of("call")[0]->number("duration"), 98);
  EXPECT_EQ(read.host.of("message")[0]->number("sent"), 1'669'408'465'582);
  EXPECT_EQ(read.host.of("message")[0]->number("server_time"), 1'669'408'459'420);
  EXPECT_TRUE(std::ranges::any_of(read.host.notes(), [](const std::string& note) {
    return note.find("the largest difference is 6.7 s") != std::string::npos;
  }));
}

TEST(ViberIos, ReadsMessages) {
  Read read(database("Contacts.data"), "83b9310399a905c7781f95580174f321cd18fd97");
  EXPECT_GE(read.score, 94);
  const SeizedRecord* asked = read.find("message", "text", "gdje si?");
  ASSERT_NE(asked, nullptr);
  EXPECT_EQ(asked->number("sent"), 1'700'000'000'250);
  EXPECT_EQ(asked->text("direction"), "in");
  EXPECT_EQ(read.host.referred("participant", asked->number("sender"))->text("phone"),
            "+385912222222");
  const SeizedRecord* answer = read.find("message", "text", "tu sam");
  EXPECT_EQ(answer->text("quoted"), "gdje si?");
  EXPECT_EQ(answer->number("sent"), 1'700'000'001'250) << "the time that is nearer to the token";
  EXPECT_EQ(read.of_message("receipt", *answer)->number("delivered"), 1'700'000'003'000);
  EXPECT_EQ(read.find("attachment", "type", "picture")->number("bytes"), 99);
  EXPECT_EQ(read.find("location", "address", "Zagreb")->text("latitude"), "45.815");
  EXPECT_TRUE(read.find("message", "text", "?")->has_extra("unknown-code=ZSYSTEMTYPE=brandNew"));
  EXPECT_NE(read.find("message", "text", "of nowhere"), nullptr);
  EXPECT_EQ(read.host.referred("participant", answer->number("sender"))->number("owner"), 1);
  const SeizedRecord* place = read.find("message", "type", "location");
  EXPECT_EQ(read.host.referred("participant", place->number("sender"))->text("name"), "Rosa")
      << "in a conversation of two the other one wrote what came in";
  EXPECT_EQ(read.find("contact", "phone", "0914444444")->text("name"), "Rosa Home");
}

TEST(ViberIos, ACallWithoutABubbleIsAnInference) {
  Read read(database("Contacts.data"), "Contacts.data");
  ASSERT_EQ(read.host.of("call").size(), 2U);
  const SeizedRecord* missed = read.find("call", "state", "missed");
  const SeizedRecord* message = read.host.referred("message", missed->number("message"));
  EXPECT_TRUE(message->has_extra("bubble=deleted from its conversation (inferred)"));
  EXPECT_EQ(read.host.referred("participant", missed->number("participant"))->text("phone"),
            "+385912222222");
}

TEST(ViberSettings, TheOwnersNumber) {
  Read ios(database("Settings.data"), "Settings.data");
  ASSERT_EQ(ios.host.of("account").size(), 1U);
  EXPECT_EQ(ios.host.of("account")[0]->text("phone"), "+385911111111");
  EXPECT_EQ(ios.host.of("account")[0]->text("name"), "Owner");
  EXPECT_EQ(ios.host.of("account")[0]->number("owner"), 1);
  ASSERT_EQ(ios.host.notes().size(), 1U);
  EXPECT_TRUE(ios.host.notes()[0].starts_with("hidden-chats-pin:"));
  Read android(database("viber_prefs"), "viber_prefs");
  EXPECT_EQ(android.host.of("account")[0]->text("phone"), "+385911111111");
  ASSERT_EQ(android.host.notes().size(), 1U);
  EXPECT_TRUE(android.host.notes()[0].starts_with("hidden-chats-pin:"));
}

TEST(ViberAnywhere, OneTokenIsOneMessageOnAllDevices) {
  Read desktop(database("desktop.db"));
  Read android(database("viber_messages"), "viber_messages");
  Read ios(database("Contacts.data"), "Contacts.data");
  EXPECT_EQ(android.find("message", "text", "tu sam")->text("source_id"),
            ios.find("message", "text", "tu sam")->text("source_id"));
  EXPECT_EQ(desktop.host.of("message")[0]->text("source_id"), "5905337700004659200");
}

}  // namespace
