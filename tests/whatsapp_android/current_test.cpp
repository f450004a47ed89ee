// Table message and what stands beside it: every value at its place, nothing lost.

#include <gtest/gtest.h>

#include "store.hpp"

namespace whatsapp_android_test {
namespace {

constexpr std::int64_t kT0 = 1709640000000;

class WhatsappAndroidCurrent : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    host_ = open(made(GetParam()));
    host_->add_companion(5, "com.whatsapp_preferences_light.xml",
                         forensics::test::slurp(made("com.whatsapp_preferences_light.xml")));
    host_->add_companion(3, "wa.db", forensics::test::slurp(made("wa.db")));
    ASSERT_GE(host_->probe(plugin(), "any name"), 15);
    ASSERT_GE(host_->probe(plugin(), "msgstore.db"), 85);
    ASSERT_EQ(host_->parse(plugin(), "msgstore.db"), FX_OK);
  }
  const SeizedRecord& message(const std::string& id) {
    const SeizedRecord* found = by_source_id(*host_, id);
    EXPECT_NE(found, nullptr) << id;
    static const SeizedRecord kNone;
    return found == nullptr ? kNone : *found;
  }
  const SeizedRecord& who(const SeizedRecord& record, const char* key) {
    const SeizedRecord* found = host_->referred("participant", record.number(key));
    static const SeizedRecord kNone;
    return found == nullptr ? kNone : *found;
  }
  std::vector<const SeizedRecord*> on(const SeizedRecord& message, const char* kind) {
    std::vector<const SeizedRecord*> out;
    for (const SeizedRecord* each : host_->of(kind))
      if (each->number("message") == message.ref) out.push_back(each);
    return out;
  }

  std::unique_ptr<SeizedHost> host_;
};

TEST_P(WhatsappAndroidCurrent, KeepsTheContractAndAccountsForAllBytes) {
  EXPECT_EQ(host_->breaches(), std::vector<std::string>{});
  EXPECT_EQ(host_->unexplained(0), 0U);
}

TEST_P(WhatsappAndroidCurrent, IsTheSameTwice) {
  const std::vector<std::string> first = host_->lines();
  ASSERT_EQ(host_->parse(plugin(), "msgstore.db"), FX_OK);
  EXPECT_EQ(host_->lines(), first);
}

TEST_P(WhatsappAndroidCurrent, MessagesAndPeople) {
  const SeizedRecord& in = message("KEY0002");
  EXPECT_EQ(in.text("text"), "Guten Tag \xE2\x9C\x93");
  EXPECT_EQ(in.text("type"), "text");
  EXPECT_EQ(in.text("direction"), "in");
  EXPECT_EQ(in.number("sent"), kT0 + 120000);
  EXPECT_EQ(in.number("received"), kT0 + 120500);
  EXPECT_EQ(who(in, "sender").text("account"), "491701111111@s.whatsapp.net");
  EXPECT_EQ(who(in, "sender").text("phone"), "+491701111111");
  EXPECT_EQ(who(in, "sender").text("name"), "Anna Blick");

  const SeizedRecord& out = message("KEY0003");
  EXPECT_EQ(out.text("direction"), "out");
  EXPECT_EQ(out.number("starred"), 1);
  EXPECT_EQ(who(out, "sender").number("owner"), 1);
  EXPECT_EQ(who(out, "sender").text("phone"), "+491705555555");
  EXPECT_EQ(out.text("reply_to"), "KEY0002");
  EXPECT_EQ(out.text("quoted"), "Guten Tag \xE2\x9C\x93");
  EXPECT_EQ(who(out, "quoted_sender").text("name"), "Anna Blick");

  const SeizedRecord& lid = message("KEY0004");
  EXPECT_EQ(who(lid, "sender").text("account"), "491702222222@s.whatsapp.net");
  EXPECT_TRUE(who(lid, "sender").has_extra("lid=98765432109876@lid"));
  EXPECT_EQ(who(lid, "mentions").text("account"), "491703333333@s.whatsapp.net");
  const SeizedRecord* group = host_->referred("conversation", lid.number("conversation"));
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->text("title"), "Harbour");
  EXPECT_EQ(group->text("type"), "group");
  EXPECT_EQ(group->number("created"), kT0 - 3000);
}

TEST_P(WhatsappAndroidCurrent, WhatHangsOnMessages) {
  const auto files = on(message("KEY0005"), "attachment");
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0]->text("path"), "Media/WhatsApp Images/IMG-1.jpg");
  EXPECT_EQ(files[0]->text("sha256").size(), 64U);
  EXPECT_EQ(files[0]->number("bytes"), 1234);
  EXPECT_EQ(files[0]->text("type"), "image");
  EXPECT_EQ(message("KEY0005").number("forwarded"), 1);
  EXPECT_EQ(message("KEY0005").number("forward_score"), 7);
  EXPECT_TRUE(message("KEY0005").has_extra("message_thumbnail.thumbnail=(5002 bytes)"));

  const auto places = on(message("KEY0006"), "location");
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0]->text("latitude"), "53.5511");
  EXPECT_EQ(places[0]->text("longitude"), "-9.5");
  EXPECT_EQ(places[0]->text("name"), "Pier 3");
  const auto live = on(message("KEY0007"), "location");
  ASSERT_EQ(live.size(), 2U);
  EXPECT_EQ(live[0]->text("latitude"), "53");
  EXPECT_EQ(live[0]->number("duration"), 900);
  EXPECT_EQ(live[1]->text("longitude"), "10.5");
  EXPECT_EQ(live[1]->number("sent"), kT0 + 900000);

  const auto cards = on(message("KEY0008"), "contact");
  ASSERT_EQ(cards.size(), 1U);
  EXPECT_EQ(cards[0]->text("name"), "Kim Berg");
  EXPECT_EQ(cards[0]->text("phone"), "+49 170 9999999");

  const auto polls = on(message("KEY0009"), "poll");
  ASSERT_EQ(polls.size(), 1U);
  EXPECT_EQ(polls[0]->text("question"), "Where?");
  EXPECT_EQ(polls[0]->text("option"), "North");
  EXPECT_EQ(polls[0]->number("votes"), 1);

  const auto votes = on(message("KEY0009"), "reaction");
  ASSERT_EQ(votes.size(), 1U);
  EXPECT_EQ(votes[0]->text("type"), "poll-vote");
  EXPECT_TRUE(votes[0]->has_extra("option=North"));
  const auto reactions = on(message("KEY0002"), "reaction");
  ASSERT_EQ(reactions.size(), 1U);
  EXPECT_EQ(reactions[0]->text("emoji"), "\xF0\x9F\x91\x8D");
  EXPECT_EQ(reactions[0]->number("sent"), kT0 + 130000);
  EXPECT_EQ(who(*reactions[0], "sender").number("owner"), 1);

  const auto receipts = on(message("KEY0014"), "receipt");
  ASSERT_EQ(receipts.size(), 1U);
  EXPECT_EQ(receipts[0]->number("delivered"), kT0 + 9);
  EXPECT_EQ(receipts[0]->number("read"), kT0 + 99);
  EXPECT_FALSE(receipts[0]->number("played"));
}

TEST_P(WhatsappAndroidCurrent, NoticesAndChanges) {
  const SeizedRecord& added = message("KEY0010");
  EXPECT_EQ(added.text("type"), "system");
  EXPECT_EQ(added.text("action"), "member-added");
  const SeizedRecord* actor = host_->referred("participant", added.number("sender"));
  ASSERT_NE(actor, nullptr);
  EXPECT_NE(actor->number("owner"), 1);
  EXPECT_EQ(added.text("code"), "message_type=7,action_type=12");
  EXPECT_EQ(who(added, "participant").text("account"), "491703333333@s.whatsapp.net");
  ASSERT_EQ(on(added, "membership").size(), 1U);
  EXPECT_EQ(on(added, "membership")[0]->number("since"), kT0 + 600000);
  const auto changes = on(message("KEY0011"), "identity");
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0]->text("before"), "491701111111@s.whatsapp.net");
  EXPECT_EQ(changes[0]->text("after"), "447700900123@s.whatsapp.net");
  const SeizedRecord& revoked = message("KEY0012");
  EXPECT_EQ(revoked.number("deleted"), 1);
  EXPECT_EQ(revoked.number("deleted_at"), kT0 + 5000000);
  EXPECT_EQ(who(revoked, "deleted_by").text("account"), "491702222222@s.whatsapp.net");
  EXPECT_EQ(message("KEY0013").number("edited"), 1);
  EXPECT_EQ(message("KEY0013").number("edited_at"), kT0 + 6000000);
  EXPECT_EQ(message("KEY0014").number("timer"), 86400);
  EXPECT_EQ(message("KEY0014").number("expires"), kT0 + 86400000);
  EXPECT_EQ(message("KEY0015").number("view_once"), 1);
  EXPECT_EQ(message("KEY0016").text("type"), "other");
  EXPECT_EQ(message("KEY0016").text("code"), "message_type=4711");
  EXPECT_TRUE(message("KEY0016").has_extra("unknown=message_type"));
  EXPECT_TRUE(message("KEY0017").has_extra("unknown=action_type"));
  EXPECT_TRUE(message("KEY0017").has_extra("message_system_value_change.old_data=old words"));
  EXPECT_EQ(message("KEY0018").text("url"), "https://example.org/x");
  EXPECT_TRUE(message("KEY0021").has_extra("message_event.name=Meeting"));
}

TEST_P(WhatsappAndroidCurrent, WhatIsSaidOfChats) {
  const SeizedRecord* channel = nullptr;
  const SeizedRecord* group = nullptr;
  const SeizedRecord* left = nullptr;
  for (const SeizedRecord* chat : host_->of("conversation")) {
    if (chat->text("title") == "Harbour news") channel = chat;
    if (chat->text("title") == "Harbour") group = chat;
    if (chat->has_extra("newsletter.name=A channel that was left")) left = chat;
  }
  ASSERT_NE(channel, nullptr);
  EXPECT_TRUE(channel->has_extra("newsletter.subscribers_count=1234"));
  ASSERT_NE(group, nullptr);
  EXPECT_TRUE(group->has_extra("chat_notes.note=said of a chat"));
  ASSERT_NE(left, nullptr);
  EXPECT_TRUE(left->has_extra("newsletter.chat_row_id=67"));
}

TEST_P(WhatsappAndroidCurrent, NothingIsLostWithWhatItPointsTo) {
  EXPECT_EQ(message("KEY0019").text("text"), "of a chat without a row");
  EXPECT_EQ(who(message("KEY0020"), "sender").text("account"), "");
  EXPECT_TRUE(who(message("KEY0020"), "sender").has_extra("jid_row_id=555"));
  EXPECT_EQ(message("KEY0023").text("type"), "other");
  EXPECT_EQ(message("KEY0023").text("code"), "message_type=NULL");
  bool file = false;
  bool quote = false;
  for (const SeizedRecord* record : host_->of("attachment"))
    file = file || record->text("path") == "Media/left.jpg";
  for (const SeizedRecord* record : host_->of("message"))
    quote = quote || record->has_extra("message_quoted.text_data=what was quoted");
  bool being_deleted = false;
  for (const SeizedRecord* chat : host_->of("conversation"))
    being_deleted =
        being_deleted || (chat->text("title") == "Harbour" && chat->has_extra("being_deleted=yes"));
  EXPECT_TRUE(being_deleted);
  EXPECT_TRUE(file);
  EXPECT_TRUE(quote);
}

TEST_P(WhatsappAndroidCurrent, CallsAndMembers) {
  EXPECT_EQ(message("KEY0024").text("action"), "unblocked");
  ASSERT_EQ(on(message("KEY0025"), "call").size(), 1U);
  EXPECT_EQ(on(message("KEY0025"), "call")[0]->text("state"), "missed");
  EXPECT_EQ(on(message("KEY0025"), "call")[0]->text("type"), "video");
  const SeizedRecord& first = message("call:A");
  EXPECT_EQ(first.text("type"), "call");
  EXPECT_EQ(first.number("sent"), kT0 + 777000);
  ASSERT_EQ(on(first, "call").size(), 1U);
  EXPECT_EQ(on(first, "call")[0]->text("type"), "video");
  EXPECT_EQ(on(first, "call")[0]->text("state"), "answered");
  EXPECT_EQ(on(first, "call")[0]->number("duration"), 65);
  const SeizedRecord& second = message("call:B");
  ASSERT_EQ(on(second, "call").size(), 1U);
  EXPECT_EQ(on(second, "call")[0]->text("state"), "");
  EXPECT_EQ(on(second, "call")[0]->text("code"), "call_result=77");
  EXPECT_EQ(who(*on(second, "call")[0], "participant").text("account"),
            "491703333333@s.whatsapp.net");
  std::size_t present = 0;
  for (const SeizedRecord* member : host_->of("membership")) {
    if (member->text("state") == "present") ++present;
    if (member->text("state") != "past") continue;
    EXPECT_EQ(member->number("until"), kT0 + 1000000);
    EXPECT_EQ(member->text("action"), "member-left");
  }
  EXPECT_EQ(present, 2U);
}

INSTANTIATE_TEST_SUITE_P(All, WhatsappAndroidCurrent,
                         ::testing::Values("current.db", "current-utf16.db",
                                           "current-small-pages.db"));

}  // namespace
}  // namespace whatsapp_android_test
