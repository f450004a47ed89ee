#include "casefile/reader.hpp"

#include <gtest/gtest.h>

#include "reading/small_case.hpp"

namespace forensics::casefile {
namespace {

using Ids = std::vector<std::int64_t>;

class ReaderTest : public testing::Test {
 protected:
  Ids messages(const MessageFilter& filter) {
    Ids out;
    const Status status = reader_.messages(filter, [&](const Message& message) -> Result<bool> {
      out.push_back(message.id);
      return true;
    });
    EXPECT_TRUE(status) << status.error().text();
    return out;
  }

  Ids timeline(const EventFilter& filter) {
    Ids out;
    const Status status = reader_.timeline(filter, [&](const Event& event) -> Result<bool> {
      out.push_back(event.message.id);
      return true;
    });
    EXPECT_TRUE(status) << status.error().text();
    return out;
  }

  test::SmallCase case_;
  Reader reader_{case_.database()};
};

TEST_F(ReaderTest, TotalsCountWhatTheCaseHolds) {
  const Totals totals = *reader_.totals();
  EXPECT_EQ(totals.exhibits, 2);
  EXPECT_EQ(totals.artifacts, 4);
  EXPECT_EQ(totals.bytes, 5700);
  EXPECT_EQ(totals.conversations, 3);
  EXPECT_EQ(totals.participants, 4);
  EXPECT_EQ(totals.messages, 11);
  EXPECT_EQ(totals.attachments, 3);
  EXPECT_EQ(totals.attachments_missing, 1);
  EXPECT_EQ(totals.unrecognised, 1);
  EXPECT_EQ(totals.errors, 1);
  EXPECT_EQ(totals.unexplained_bytes, 107);
  EXPECT_EQ(totals.rejected, 1);
  EXPECT_EQ(totals.pending, 0);
}

TEST_F(ReaderTest, ExhibitsCarryTheirCounts) {
  const auto exhibits = *reader_.exhibits();
  ASSERT_EQ(exhibits.size(), 2U);
  EXPECT_EQ(exhibits[0].reference, "EX001");
  EXPECT_EQ(exhibits[0].artifacts, 3);
  EXPECT_EQ(exhibits[0].bytes, 5000);
  EXPECT_EQ(exhibits[0].messages, 8);
  EXPECT_EQ(exhibits[0].unexplained, 7);
  EXPECT_FALSE(exhibits[0].zone);
  EXPECT_EQ(exhibits[1].zone, "Africa/Tripoli");
  EXPECT_EQ(exhibits[1].messages, 3);
  EXPECT_EQ(exhibits[1].errors, 1);
}

TEST_F(ReaderTest, AnExhibitWithoutArtifactsCountsZero) {
  case_.execute("INSERT INTO exhibit VALUES (3, 'EX003', 'x', '', '', NULL, NULL, 0, 9)");
  const auto exhibits = *reader_.exhibits();
  ASSERT_EQ(exhibits.size(), 3U);
  EXPECT_EQ(exhibits[2].artifacts, 0);
  EXPECT_EQ(exhibits[2].messages, 0);
}

TEST_F(ReaderTest, ArtifactsKeepErrorsAndAbsence) {
  Ids seen;
  ASSERT_TRUE(reader_.artifacts(1, std::nullopt, [&](const Artifact& artifact) -> Result<bool> {
    seen.push_back(artifact.id);
    return true;
  }));
  EXPECT_EQ(seen, (Ids{1, 2, 3}));
  seen.clear();
  ASSERT_TRUE(reader_.artifacts(std::nullopt, ArtifactStatus::partial,
                                [&](const Artifact& artifact) -> Result<bool> {
                                  seen.push_back(artifact.id);
                                  return true;
                                }));
  EXPECT_EQ(seen, (Ids{4}));
  const auto broken = *reader_.artifact(4);
  ASSERT_TRUE(broken && broken->error);
  EXPECT_EQ(broken->error->code, ErrorCode::truncated);
  EXPECT_EQ(broken->error->where, "b.txt at byte 600");
  EXPECT_FALSE(broken->parent);
  EXPECT_EQ((*reader_.artifact(2))->parent, 1);
  EXPECT_FALSE((*reader_.artifact(3))->error);
  EXPECT_EQ((*reader_.artifact(3))->type, "image/jpeg");
  EXPECT_FALSE(*reader_.artifact(99));
}

TEST_F(ReaderTest, AnErrorOfUnknownNameIsKeptInItsOwnWords) {
  case_.execute("UPDATE artifact SET error_code = 'moon-phase' WHERE id = 4");
  const auto broken = *reader_.artifact(4);
  EXPECT_EQ(broken->error->code, ErrorCode::internal);
  EXPECT_EQ(broken->error_code, "moon-phase");
}

TEST_F(ReaderTest, RunsProbesSkipsGapsAndNotes) {
  const auto runs = *reader_.runs(2);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].level, "L3");
  EXPECT_EQ(runs[0].rejected, 1);
  EXPECT_EQ(runs[0].first_message, 1);
  EXPECT_EQ((*reader_.run(2))->ending, "truncated");
  const auto probes = *reader_.probes(2);
  ASSERT_EQ(probes.size(), 3U);
  EXPECT_EQ(probes[0].first, "org.example.chat");
  EXPECT_EQ(probes[1].first, "org.example.also");
  std::vector<std::string> said;
  ASSERT_TRUE(reader_.skips(1, [&](const SkipRow& row) -> Result<bool> {
    said.push_back(row.code);
    return true;
  }));
  ASSERT_TRUE(reader_.gaps(1, [&](const GapRow& row) -> Result<bool> {
    said.push_back(std::to_string(row.start) + "+" + std::to_string(row.length));
    return true;
  }));
  ASSERT_TRUE(reader_.notes(1, [&](const NoteRow& row) -> Result<bool> {
    said.push_back(row.message);
    return true;
  }));
  EXPECT_EQ(said,
            (std::vector<std::string>{"byte-order-mark", "8000+5", "8100+2", "no template fits"}));
}

TEST_F(ReaderTest, ConversationsNameTheirSource) {
  const auto third = *reader_.conversation(3);
  ASSERT_TRUE(third);
  EXPECT_EQ(third->reference, "EX002");
  EXPECT_EQ(third->path, "b.txt");
  EXPECT_EQ(third->platform, "telegram");
  EXPECT_FALSE((*reader_.conversation(2))->title);
  Ids of_first_exhibit;
  ASSERT_TRUE(reader_.conversations(1, [&](const Conversation& row) -> Result<bool> {
    of_first_exhibit.push_back(row.id);
    return true;
  }));
  EXPECT_EQ(of_first_exhibit, (Ids{1, 2}));
  EXPECT_EQ(reader_.participants(1)->size(), 2U);
}

TEST_F(ReaderTest, AMessageKnowsWhereItComesFrom) {
  const auto message = *reader_.message(3, 3);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->id, 11);
  EXPECT_EQ(message->sender_name, "Selam");
  EXPECT_EQ(message->sender_phone, "+39 06 5550 0101");
  EXPECT_EQ(message->platform, "telegram");
  EXPECT_EQ(message->exhibit, "EX002");
  EXPECT_EQ(message->path, "b.txt");
  EXPECT_EQ(message->artifact, 4);
  EXPECT_EQ(message->plugin, "org.example.chat");
  EXPECT_EQ(message->start, 1100);
  EXPECT_FALSE(*reader_.message(3, 4));
  EXPECT_FALSE(*reader_.message(12));
}

TEST_F(ReaderTest, AReusedMessageForgetsTheRowBefore) {
  std::vector<bool> has_text, has_sender, has_wall;
  MessageFilter filter;
  filter.conversation = 1;
  ASSERT_TRUE(reader_.messages(filter, [&](const Message& message) -> Result<bool> {
    has_text.push_back(message.text.has_value());
    has_sender.push_back(message.sender.has_value());
    has_wall.push_back(message.wall.has_value());
    return true;
  }));
  EXPECT_EQ(has_text, (std::vector<bool>{true, true, false, true, true}));
  EXPECT_EQ(has_sender, (std::vector<bool>{true, true, true, true, false}));
  EXPECT_EQ(has_wall, (std::vector<bool>{true, true, true, true, false}));
}

TEST_F(ReaderTest, TheRecordComesBackWithItsText) {
  const auto record = Reader::record(**reader_.message(1));
  ASSERT_TRUE(record) << record.error().text();
  const model::Field* text = record->find(model::Key::text);
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(text->text, "The boat leaves at four");
  EXPECT_EQ(text->span.offset, 120U);
  EXPECT_EQ(text->basis, model::Basis::verbatim);
}

TEST_F(ReaderTest, ABrokenStoredRecordIsAnErrorAndNoCrash) {
  case_.execute("UPDATE message SET data = x'ffffffffff' WHERE id = 1");
  const auto record = Reader::record(**reader_.message(1));
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().code, ErrorCode::corrupt);
  EXPECT_EQ(record.error().where, "C0001-M000001");
}

TEST_F(ReaderTest, AttachmentsAndRecordsOfAMessage) {
  const auto present = *reader_.attachments(3);
  ASSERT_EQ(present.size(), 1U);
  EXPECT_EQ(present[0].path, "a.zip/photo.jpg");
  EXPECT_TRUE(present[0].sha256);
  EXPECT_FALSE((*reader_.attachments(4))[0].sha256);
  EXPECT_FALSE((*reader_.attachments(6))[0].name);
  EXPECT_TRUE(reader_.attachments(1)->empty());
  const auto records = *reader_.records_of(6);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].find(model::Key::question)->text, "Which quay?");
  int polls = 0;
  ASSERT_TRUE(reader_.records(1, model::Kind::poll, [&](const model::Record&) -> Result<bool> {
    ++polls;
    return true;
  }));
  EXPECT_EQ(polls, 1);
}

TEST_F(ReaderTest, MessagesPageByPageGiveTheWholeListOnce) {
  const Ids whole = messages({});
  EXPECT_EQ(whole, (Ids{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
  Ids paged;
  for (std::int64_t after = 0;;) {
    const Ids page = messages({.after = after, .limit = 4});
    if (page.empty()) break;
    EXPECT_LE(page.size(), 4U);
    paged.insert(paged.end(), page.begin(), page.end());
    after = page.back();
  }
  EXPECT_EQ(paged, whole);
}

TEST_F(ReaderTest, FiltersAloneAndTogether) {
  EXPECT_EQ(messages({.conversation = 2}), (Ids{6, 7, 8}));
  EXPECT_EQ(messages({.conversation = 2, .after = 6}), (Ids{7, 8}));
  EXPECT_EQ(messages({.conversation = 2, .after = 3}), (Ids{6, 7, 8}));
  EXPECT_EQ(messages({.conversation = 2, .after = 9}), (Ids{}));
  EXPECT_EQ(messages({.participant = 4}), (Ids{9, 10, 11}));
  EXPECT_EQ(messages({.sender = "Kidane"}), (Ids{1, 3, 6, 7}));
  EXPECT_EQ(messages({.sender = "+39 06 5550 0101"}), (Ids{2, 4, 9, 10, 11}));
  EXPECT_EQ(messages({.sender = "+39 06 5550 0101", .after = 2, .limit = 2}), (Ids{4, 9}));
  EXPECT_EQ(messages({.conversation = 2, .sender = "Kidane"}), (Ids{6, 7}));
  EXPECT_EQ(messages({.sender = "kidane"}), (Ids{}));
  EXPECT_EQ(messages({.exhibit = 2}), (Ids{9, 10, 11}));
  EXPECT_EQ(messages({.exhibit = 7}), (Ids{}));
  EXPECT_EQ(messages({.type = MessageType::system}), (Ids{5, 8}));
  EXPECT_EQ(messages({.from = 1710000060000, .to = 1710000120000}), (Ids{2, 6, 10, 11}));
  EXPECT_EQ(messages({.exhibit = 1, .from = 1710000060000}), (Ids{2, 3, 4, 6, 7, 8}));
  EXPECT_EQ(messages({.conversation = 1, .sender = "Kidane", .to = 1710000060000}), (Ids{1}));
}

TEST_F(ReaderTest, EndsEarlyWhenToldAndPassesErrorsOn) {
  int seen = 0;
  EXPECT_TRUE(reader_.messages({}, [&](const Message&) -> Result<bool> { return ++seen < 3; }));
  EXPECT_EQ(seen, 3);
  const Status status = reader_.messages({}, [](const Message&) -> Result<bool> {
    return fail(ErrorCode::output, "page", "disk full");
  });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::output);
}

TEST_F(ReaderTest, ListsMayBeReadInsideOneAnother) {
  Ids seen;
  const Each<Message> each_message = [&](const Message& message) -> Result<bool> {
    TRY(reader_.attachments(message.id));
    seen.push_back(message.id);
    return true;
  };
  ASSERT_TRUE(reader_.conversations(std::nullopt, [&](const Conversation& row) -> Result<bool> {
    TRY(reader_.messages({.conversation = row.id}, each_message));
    return true;
  }));
  EXPECT_EQ(seen, messages({}));
}

TEST_F(ReaderTest, TheTimelineIsOneTotalOrder) {
  EXPECT_EQ(timeline({}), (Ids{1, 9, 2, 6, 10, 11, 3, 4, 7, 8}));
  EXPECT_EQ(timeline({.from = 1710000060000, .to = 1710000090000}), (Ids{2, 6, 10}));
  EXPECT_EQ(timeline({.sender = "Kidane"}), (Ids{1, 6, 3, 7}));
  EXPECT_EQ(timeline({.conversation = 3}), (Ids{9, 10, 11}));
  EXPECT_EQ(timeline({.exhibit = 2, .limit = 2}), (Ids{9, 10}));
}

TEST_F(ReaderTest, TheTimelinePagesThroughEqualMomentsAndBothReadings) {
  case_.execute(
      "UPDATE message SET wall_other = 1710000060000 WHERE id = 2;"
      "INSERT INTO event VALUES (1710000060000, 2, 1)");
  EventFilter filter;
  filter.limit = 1;
  std::vector<std::string> seen;
  for (;;) {
    std::optional<Event> last;
    ASSERT_TRUE(reader_.timeline(filter, [&](const Event& event) -> Result<bool> {
      last = event;
      return true;
    }));
    if (!last) break;
    seen.push_back(std::to_string(last->message.id) + "/" + std::to_string(last->reading));
    filter.after = last;
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"1/0", "9/0", "2/0", "2/1", "6/0", "10/0", "11/0",
                                            "3/0", "4/0", "7/0", "8/0"}));
}

}  // namespace
}  // namespace forensics::casefile
