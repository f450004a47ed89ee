// Viber desktop: live rows, the log, deleted rows.
#include "databases.hpp"

using namespace viber_test;

namespace {

TEST(ViberDesktop, ReadsMessagesWithTheirPeople) {
  Read read(database("desktop.db"));
  EXPECT_GE(read.score, 94);
  EXPECT_EQ(read.status, FX_OK);
  const SeizedRecord* asked = read.find("message", "text", "gdje si \"ti\"?é");
  ASSERT_NE(asked, nullptr);
  EXPECT_EQ(asked->text("direction"), "in");
  EXPECT_EQ(asked->text("type"), "text");
  EXPECT_EQ(asked->number("sent"), 1'700'000'000'000);
  EXPECT_EQ(asked->number("server_time"), 1'699'999'999'600);
  EXPECT_EQ(asked->text("source_id"), "5905337700004659200");
  const SeizedRecord* sender = read.host.referred("participant", asked->number("sender"));
  ASSERT_NE(sender, nullptr);
  EXPECT_EQ(sender->text("name"), "Rosa");
  EXPECT_EQ(sender->text("account"), "mid-rosa");
}

TEST(ViberDesktop, TheAuthorOfWhatWentOutIsTheOwner) {
  Read read(database("desktop.db"));
  ASSERT_EQ(read.host.of("account").size(), 1U);
  EXPECT_EQ(read.host.of("account")[0]->text("phone"), "+385911111111");
  EXPECT_EQ(read.host.of("account")[0]->number("owner"), 1);
}

TEST(ViberDesktop, QuotesAndEditsStandOnTheirBytesInsideTheJson) {
  Read read(database("desktop.db"));
  const SeizedRecord* answer = read.find("message", "text", "tu sam");
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->text("quoted"), "gdje si \"ti\"?é");
  EXPECT_EQ(answer->find("quoted")->basis, static_cast<std::uint32_t>(FX_BASIS_DECODED));
  EXPECT_EQ(answer->text("reply_to"), "5905337701682380807");
  EXPECT_EQ(answer->number("edited"), 1);
  EXPECT_TRUE(answer->has_extra("Messages.Info.quote.memberId=mid-rosa"));
}

TEST(ViberDesktop, TheTextBeforeAnEditStands) {
  Read read(database("desktop.db"));
  const SeizedRecord* last = read.find("message", "text", "last text");
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->number("edited"), 1);
  EXPECT_EQ(last->number("edited_at"), 1'700'005'000'000);
  const SeizedRecord* first = read.find("message", "text", "first text");
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->text("action"), "message-edit");
  EXPECT_TRUE(first->has_extra("Messages.ClientFlag=256"));
}

TEST(ViberDesktop, FilesPlacesCardsCallsAndReactions) {
  Read read(database("desktop.db"));
  const SeizedRecord* file = read.find("attachment", "name", "map.pdf");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->text("sha256").size(), 64U);
  EXPECT_EQ(file->number("bytes"), 123456);
  EXPECT_EQ(file->text("path"), "C:\\ViberDownloads\\map.pdf");
  ASSERT_EQ(read.host.of("location").size(), 1U);
  const SeizedRecord* place = read.host.of("location")[0];
  EXPECT_EQ(place->text("latitude"), "45.8150000");
  EXPECT_EQ(place->find("latitude")->rule, "viber.scale-1e7-guess");
  const SeizedRecord* card = read.find("contact", "type", "card");
  ASSERT_NE(card, nullptr);
  EXPECT_EQ(card->text("phone"), "+905551112233");
  ASSERT_EQ(read.host.of("call").size(), 2U);
  EXPECT_EQ(read.host.of("call")[0]->number("duration"), 63);
  const SeizedRecord* like = read.find("reaction", "type", "like");
  ASSERT_NE(like, nullptr);
  const SeizedRecord* liked = read.host.referred("message", like->number("message"));
  ASSERT_NE(liked, nullptr);
  EXPECT_EQ(liked->text("text"), "gdje si \"ti\"?é");
}

TEST(ViberDesktop, DeletedForEveryoneStaysAsAMessage) {
  Read read(database("desktop.db"));
  const SeizedRecord* deleted = read.find("message", "type", "deleted");
  ASSERT_NE(deleted, nullptr);
  EXPECT_EQ(deleted->number("deleted"), 1);
  EXPECT_EQ(deleted->text("text"), "");
}

TEST(ViberDesktop, NothingIsLostForWantOfAPartner) {
  Read read(database("desktop.db"));
  for (const std::string_view text :
       {"nobody knows me", "no chat at all", "a message without an event"})
    EXPECT_NE(read.find("message", "text", text), nullptr) << text;
  const SeizedRecord* lone = read.find("message", "text", "nobody knows me");
  const SeizedRecord* sender = read.host.referred("participant", lone->number("sender"));
  ASSERT_NE(sender, nullptr);
  EXPECT_EQ(sender->text("source_id"), "88");
  EXPECT_NE(read.find("message", "source_id", "4242"), nullptr) << "liked, and not there";
}

TEST(ViberDesktop, UnknownCodesStayAndAreCalledUnknown) {
  Read read(database("desktop.db"));
  const SeizedRecord* other = read.find("message", "text", "new kind");
  ASSERT_NE(other, nullptr);
  EXPECT_EQ(other->text("type"), "other");
  EXPECT_EQ(other->text("code"), "Messages.Type=99");
  EXPECT_TRUE(other->has_extra("unknown-code=Messages.Type=99"));
  EXPECT_TRUE(other->has_extra("Messages.Info={broken"));
}

TEST(ViberDesktop, KindsOfConversations) {
  Read read(database("desktop.db"));
  EXPECT_EQ(read.find("conversation", "source_id", "11")->text("type"), "notes");
  EXPECT_EQ(read.find("conversation", "source_id", "5577")->text("type"), "group");
  EXPECT_EQ(read.find("conversation", "source_id", "9")->text("type"), "channel");
  EXPECT_EQ(read.find("conversation", "source_id", "77")->text("state"), "unlisted");
  EXPECT_EQ(read.find("membership", "role", "leader")->number("conversation"),
            read.find("conversation", "source_id", "5577")->ref);
}

TEST(ViberDesktop, AClockThatDisagreesIsNoted) {
  Read read(database("desktop.db"));
  const auto& notes = read.host.notes();
  ASSERT_GE(notes.size(), 2U);
  EXPECT_NE(notes[0].find("3600.0 s apart"), std::string::npos) << notes[0];
  EXPECT_NE(notes[1].find("19 times compared"), std::string::npos) << notes[1];
  EXPECT_NE(notes[1].find("1 differ"), std::string::npos) << notes[1];
}

TEST(ViberDesktop, Utf16SaysTheSame) {
  Read one(database("desktop.db"));
  Read other(database("desktop_utf16.db"));
  ASSERT_EQ(one.host.of("message").size(), other.host.of("message").size());
  for (std::size_t i = 0; i < one.host.of("message").size(); ++i) {
    EXPECT_EQ(one.host.of("message")[i]->text("text"), other.host.of("message")[i]->text("text"));
    EXPECT_EQ(one.host.of("message")[i]->text("quoted"),
              other.host.of("message")[i]->text("quoted"));
  }
}

TEST(ViberDesktop, OldSchemasHaveFewerColumns) {
  Read read(database("desktop_old.db"));
  ASSERT_EQ(read.host.of("message").size(), 1U);
  EXPECT_EQ(read.host.of("message")[0]->text("text"), "old");
  EXPECT_TRUE(read.host.of("message")[0]->has_extra("Events.Number=+123456789"));
}

TEST(ViberDesktop, OldVersionsNamePeopleByTheirNumber) {
  Read read(database("desktop_numbers.db"));
  const auto author = [&](std::string_view text) {
    const SeizedRecord* message = read.find("message", "text", text);
    const SeizedRecord* found =
        message == nullptr ? nullptr : read.host.referred("participant", message->number("sender"));
    return found == nullptr ? std::string("(none)")
                            : found->text("name") + "/" + found->text("phone") +
                                  (found->number("owner") == 1 ? "/owner" : "");
  };
  EXPECT_EQ(author("a"), "Rosa Horvat/+385912222222");
  EXPECT_EQ(author("b"), "Karim/+963933333333");
  EXPECT_EQ(author("c"), "//owner");
  EXPECT_EQ(author("d"), "/+111222333") << "of a contact that is gone";
  EXPECT_EQ(read.find("message", "text", "a")->number("sent"), 1'700'000'000'000) << "in seconds";
  EXPECT_EQ(read.host.of("membership").size(), 1U);
  EXPECT_EQ(read.find("contact", "type", "number")->text("name"), "Rosa Horvat");
}

TEST(ViberDesktop, DeletedRowsComeBackMarked) {
  Read read(database("deleted.db"));
  std::size_t texts = 0;
  std::size_t timed = 0;
  for (const SeizedRecord* message : read.host.of("message")) {
    const bool number = message->text("text").starts_with("number ");
    const int which = number ? std::stoi(message->text("text").substr(7)) : -1;
    const bool was_deleted = which >= 50 && which < 250;
    if (message->text("recovered").empty()) {
      EXPECT_FALSE(was_deleted) << message->line();
      continue;
    }
    EXPECT_TRUE(!number || was_deleted) << "a live row as deleted: " << message->line();
    EXPECT_EQ(message->text("standing"), "deleted");
    if (number) ++texts;
    if (number && message->number("sent")) ++timed;
  }
  EXPECT_GE(texts, 120U);  // of 200: pages are used again while rows are deleted
  EXPECT_GE(timed, 30U);   // those whose event was recovered with its number
}

TEST(ViberDesktop, TheLogIsReadAndSaidToBeOne) {
  Read read(database("log.db"), "viber.db", database("log.db-wal"));
  const SeizedRecord* late = read.find("message", "text", "only the log has me");
  ASSERT_NE(late, nullptr);
  EXPECT_TRUE(late->has_extra("log=this row stands in the write-ahead log only"));
  const SeizedRecord* gone = read.find("message", "text", "gdje si \"ti\"?é");
  ASSERT_NE(gone, nullptr);
  EXPECT_EQ(gone->text("standing"), "deleted");
  EXPECT_EQ(read.host.referred("conversation", gone->number("conversation"))->text("source_id"),
            "5577");
}

TEST(ViberDesktop, AnEncryptedDatabaseIsNeverAnEmptyOne) {
  Read read(database("viber.db"));
  EXPECT_GE(read.score, 50);
  EXPECT_EQ(read.status, FX_ENCRYPTED);
  EXPECT_TRUE(read.host.records().empty());
  ASSERT_EQ(read.host.notes().size(), 1U);
  EXPECT_TRUE(read.host.notes()[0].starts_with("encrypted:"));
  SeizedHost noise(database("viber.db"));
  EXPECT_EQ(noise.probe(*fx_plugin_entry_v1_viber(), "noise.bin"), 0);
}

TEST(ViberDesktop, RealDatabase) {
  const auto fixtures = forensics::test::fixtures();
  if (!fixtures) GTEST_SKIP() << "fixtures are absent";
  Read read(forensics::test::slurp(*fixtures / "viber/everysaid/viber_desktop_small.db"));
  EXPECT_EQ(read.host.of("message").size(), 4U);
  EXPECT_EQ(read.host.of("conversation").size(), 3U);
}

}  // namespace
