// ChatStorage.sqlite: what each table becomes.

#include "database_host.hpp"

namespace ios_test {
namespace {

using forensics::test::SeizedRecord;

const SeizedRecord* of_message(const forensics::test::SeizedHost& host, std::string_view kind,
                               const SeizedRecord* message, int which = 0) {
  for (const auto* record : host.of(kind))
    if (message != nullptr && record->number("message") == message->ref && which-- == 0)
      return record;
  return nullptr;
}

// The same rows whatever the encoding and the size of the pages are.
class IosMessages : public testing::TestWithParam<const char*> {};

TEST_P(IosMessages, TextQuoteAndReceipt) {
  const auto host = read(GetParam());
  const auto* asked = message(*host, "text", "Where is the boat?");
  ASSERT_NE(asked, nullptr);
  EXPECT_EQ(asked->text("type"), "text");
  EXPECT_EQ(asked->text("direction"), "in");
  EXPECT_EQ(asked->number("sent"), (700000120 + 978307200) * 1000LL + 500);
  const auto* sender = host->referred("participant", asked->number("sender"));
  ASSERT_NE(sender, nullptr);
  EXPECT_EQ(sender->text("name"), "Anna Ålesund");
  EXPECT_EQ(sender->text("phone"), "+491701111111");

  const auto* answer = message(*host, "text", "At the pier");
  EXPECT_EQ(answer->text("state"), "read");
  EXPECT_EQ(host->referred("participant", answer->number("sender"))->number("owner"), 1);
  const auto* receipt = of_message(*host, "receipt", answer);
  ASSERT_NE(receipt, nullptr);
  EXPECT_EQ(receipt->number("read").value() - receipt->number("delivered").value(), 57000);
  // What the receipts are counted from stands beside them.
  ASSERT_NE(of_message(*host, "receipt", answer, 1), nullptr);
  EXPECT_EQ(of_message(*host, "receipt", answer, 1)->text("state"), "receipt-info");
  EXPECT_EQ(of_message(*host, "receipt", answer, 2), nullptr);

  const auto* quoting = message(*host, "text", "Which one?");
  EXPECT_EQ(quoting->text("reply_to"), "3A000000000000000002");
  EXPECT_EQ(quoting->text("quoted"), "Where is the boat?");
  EXPECT_EQ(quoting->number("quoted_sender"), asked->number("sender"));
  EXPECT_EQ(message(*host, "text", "and I")->text("reply_to"), "3A000000000000000012");
}

TEST_P(IosMessages, FilesCardsAndPlaces) {
  const auto host = read(GetParam());
  const auto* picture = message(*host, "source_id", "3A000000000000000005");
  EXPECT_EQ(picture->number("forward_score"), 6);
  EXPECT_EQ(picture->number("forwarded"), 1);
  EXPECT_TRUE(picture->has_extra("metadata.99=5"));
  const auto* file = of_message(*host, "attachment", picture);
  EXPECT_EQ(file->text("type"), "image");
  EXPECT_EQ(file->text("mime"), "image/jpeg");
  EXPECT_EQ(file->text("caption"), "the pier");
  EXPECT_EQ(file->number("bytes"), 4711);
  EXPECT_EQ(file->text("sha256"),
            "2cea274d0bedc39ec4ab6ba9e59ec889e3ed6fb56a1cf088a64d9b383378dc97");
  EXPECT_TRUE(file->has_extra("width=640"));
  EXPECT_EQ(of_message(*host, "location", picture), nullptr);  // a picture's size is no place

  const auto* place = of_message(*host, "location", message(*host, "type", "location"));
  EXPECT_EQ(place->text("latitude"), "35.6385040283203");
  EXPECT_EQ(place->text("name"), "Pier 7");

  const auto* cards = message(*host, "type", "contact");
  EXPECT_NE(of_message(*host, "contact", cards), nullptr);
  EXPECT_EQ(of_message(*host, "contact", cards)->text("name"), "Dora Dock");
  if (std::string_view(GetParam()).find("utf16") == std::string_view::npos) {
    EXPECT_EQ(of_message(*host, "contact", cards)->text("phone"), "+49 170 4444444");
    EXPECT_EQ(of_message(*host, "contact", cards, 1)->text("name"), "Emil");
  }
  const auto* link = message(*host, "text", "see https://example.org/x");
  EXPECT_EQ(of_message(*host, "attachment", link)->text("url"), "https://example.org/x");
  const auto* plan =
      of_message(*host, "attachment", message(*host, "source_id", "3A00000000000000000B"));
  EXPECT_EQ(plan->text("name"), "plan.pdf");
}

TEST_P(IosMessages, KindsOfMessages) {
  const auto host = read(GetParam());
  EXPECT_EQ(message(*host, "type", "deleted")->number("deleted"), 1);
  EXPECT_EQ(message(*host, "type", "view_once")->number("view_once"), 1);
  const auto* poll = of_message(*host, "poll", message(*host, "type", "poll"));
  EXPECT_EQ(poll->text("question"), "When?");
  const auto* missed = message(*host, "action", "missed-video-call");
  EXPECT_EQ(of_message(*host, "call", missed)->text("state"), "missed");
  EXPECT_EQ(of_message(*host, "call", missed)->text("type"), "video");
  EXPECT_EQ(message(*host, "text", "starred")->number("starred"), 1);
  EXPECT_NE(message(*host, "action", "encryption-notice"), nullptr);
  EXPECT_NE(message(*host, "action", "member-added"), nullptr);
  EXPECT_EQ(message(*host, "action", "members-changed")->text("code"), "ZCHANGETYPE=2");
}

TEST_P(IosMessages, UnknownCodesStayAndAreCalledSo) {
  const auto host = read(GetParam());
  const auto* strange = message(*host, "text", "from the future");
  EXPECT_EQ(strange->text("type"), "other");
  EXPECT_EQ(strange->text("code"), "message_type=999");
  EXPECT_TRUE(strange->has_extra("unknown=message_type"));
  const auto* event = message(*host, "code", "message_type=6 group_event_type=444");
  ASSERT_NE(event, nullptr);
  EXPECT_TRUE(event->has_extra("unknown=group_event_type"));
}

TEST_P(IosMessages, ReactionsOfOthersAndOfTheOwner) {
  const auto host = read(GetParam());
  const auto* hello = message(*host, "text", "Hello harbour");
  const auto* thumb = of_message(*host, "reaction", hello);
  EXPECT_EQ(thumb->text("emoji"), "👍");
  EXPECT_EQ(host->referred("participant", thumb->number("sender"))->text("name"), "ben ⚓");
  const auto* anchor = of_message(*host, "reaction", hello, 1);
  EXPECT_EQ(anchor->text("emoji"), "⚓");
  EXPECT_EQ(host->referred("participant", anchor->number("sender"))->number("owner"), 1);
}

TEST_P(IosMessages, ChatsGroupsAndMembers) {
  const auto host = read(GetParam());
  const SeizedRecord* group = nullptr;
  for (const auto* chat : host->of("conversation"))
    if (chat->text("title") == "Harbour") group = chat;
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->text("type"), "group");
  EXPECT_EQ(group->number("created"), (700000000LL - 5000 + 978307200) * 1000);
  int current = 0;
  int former = 0;
  for (const auto* member : host->of("membership")) {
    current += member->text("state") == "current" ? 1 : 0;
    former += member->text("state") == "former" ? 1 : 0;
  }
  EXPECT_EQ(current, 1);
  EXPECT_EQ(former, 1);
  ASSERT_EQ(host->of("account").size(), 1U);
  EXPECT_EQ(host->of("account")[0]->text("phone"), "+491709999999");
  ASSERT_EQ(host->of("identity").size(), 1U);
  EXPECT_EQ(host->of("identity")[0]->text("phone"), "+491702222222");
}

// Left joins only: what refers to nothing is kept, and said to refer to nothing.
TEST_P(IosMessages, NothingIsLostForWantOfAnother) {
  const auto host = read(GetParam());
  const auto* stray = message(*host, "text", "my chat is gone");
  const auto* chat = host->referred("conversation", stray->number("conversation"));
  EXPECT_EQ(chat->text("state"), "missing");
  EXPECT_EQ(chat->text("account"), "491705555555@s.whatsapp.net");
  const auto* file = message(*host, "state", "message-missing");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(of_message(*host, "attachment", file)->text("path"),
            "Media/491701111111@s.whatsapp.net/z/z/9.jpg");
  EXPECT_EQ(host->referred("conversation", file->number("conversation"))->text("title"),
            "Anna Ålesund");
}

TEST_P(IosMessages, DeletionIsInferredAndNeverStated) {
  const auto host = read(GetParam());
  std::vector<std::string> values;
  for (const auto* reading : host->of("reading")) {
    EXPECT_EQ(reading->text("verdict"), "undecided");
    values.push_back(reading->text("value"));
  }
  EXPECT_EQ(values, (std::vector<std::string>{"newest-message-missing", "counter-above-rows",
                                              "row-ids-missing"}));
}

INSTANTIATE_TEST_SUITE_P(Encodings, IosMessages,
                         testing::Values("chats/ChatStorage.sqlite", "chats/utf16.sqlite",
                                         "chats/small-pages.sqlite"));

TEST(IosOldMessages, FewColumnsAreEnough) {
  const auto host = read("old/ChatStorage.sqlite");
  ASSERT_EQ(host->of("message").size(), 2U);
  EXPECT_EQ(host->of("message")[0]->text("text"), "old");
  EXPECT_EQ(host->of("message")[1]->text("direction"), "out");
  EXPECT_EQ(host->of("message")[1]->number("sent"), (700000000LL + 978307200) * 1000 + 250);
}

TEST(IosOddMessages, AreAllKept) {
  const auto host = read("odd/ChatStorage.sqlite");
  EXPECT_GE(host->of("message").size(), 14U);
}

TEST(IosRealMessages, RealDatabase) {
  if (!std::filesystem::exists(database("real/ChatStorage.sqlite")))
    GTEST_SKIP() << "fixtures are absent";
  const auto host = read("real/ChatStorage.sqlite");
  EXPECT_EQ(host->of("message").size(), 32U);
  EXPECT_EQ(host->of("conversation").size(), 5U);
  EXPECT_EQ(host->of("location").size(), 4U);
  EXPECT_EQ(host->of("attachment").size(), 2U);
  ASSERT_EQ(host->of("reaction").size(), 1U);
  EXPECT_EQ(host->of("reaction")[0]->text("emoji"), "👍");
  ASSERT_EQ(host->of("reading").size(), 2U);  // one message is known to be gone
  EXPECT_TRUE(host->of("reading")[1]->has_extra("row_ids=28"));
}

}  // namespace
}  // namespace ios_test
