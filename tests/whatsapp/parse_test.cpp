#include <gtest/gtest.h>

#include "memory_host.hpp"

namespace whatsapp_test {
namespace {

std::vector<std::string> lines_of(const MemoryHost& host) {
  std::map<std::int64_t, std::string> names;
  std::vector<std::string> out;
  for (const Record& record : host.records) {
    if (record.kind == FX_KIND_PARTICIPANT) names[record.ref] = record.text("name");
    if (record.kind != FX_KIND_MESSAGE) continue;
    const Field* sender = record.find("sender");
    out.push_back(iso(record.find("sent")->time) + "|" +
                  (sender == nullptr ? "-" : names[sender->number]) + "|" + record.text("text"));
  }
  return out;
}

TEST(Parse, KeepsAHeadOfAnotherTemplateInTheBody) {
  MemoryHost host(
      "12/03/2024, 10:16 - Alice: he wrote\n[12/03/24, 10:15:00] Bob: come\n"
      "13/03/2024, 10:17 - Bob: yes\n13/03/2024, 10:18 - Alice: no\n");
  ASSERT_EQ(host.parse("chat.txt"), FX_OK);
  EXPECT_EQ(lines_of(host), (std::vector<std::string>{
                                "2024-03-12T10:16|Alice|he wrote\n[12/03/24, 10:15:00] Bob: come",
                                "2024-03-13T10:17|Bob|yes", "2024-03-13T10:18|Alice|no"}));
  EXPECT_EQ(host.uncovered(), 0U);
}

TEST(Parse, TakesAKnownNoticeForTheApplicationsWhereverItsMarkStands) {
  MemoryHost host(
      "\u200E[5.11.2025, 22:07:01] Hawa: \u200EMessages and calls are end-to-end encrypted.\n"
      "[5.11.2025, 22:07:30] Hawa: when?\n[13.11.2025, 06:00:00] Idris: at six\n");
  ASSERT_EQ(host.parse("_chat.txt"), FX_OK);
  ASSERT_EQ(lines_of(host).size(), 3U);
  EXPECT_EQ(lines_of(host)[0],
            "2025-11-05T22:07:01|-|Messages and calls are end-to-end encrypted.");
}

TEST(Parse, NotesAHeadFarOutOfOrder) {
  MemoryHost host(
      "12/03/2024, 10:16 - Alice: he wrote\n14/01/2020, 10:15 - Bob: come\n"
      "13/03/2024, 10:17 - Bob: yes\n");
  ASSERT_EQ(host.parse("chat.txt"), FX_OK);
  EXPECT_EQ(lines_of(host).size(), 3U);
  ASSERT_EQ(host.notes.size(), 1U);
  EXPECT_EQ(host.notes[0].code, "possible-quoted-header");
  EXPECT_EQ(host.notes[0].span.offset, 36U);
}

TEST(Parse, KeepsAnImpossibleDateInTheBody) {
  MemoryHost host("12/03/2024, 10:16 - Alice: a\n31/02/2024, 10:15 - Bob: b\n");
  ASSERT_EQ(host.parse("chat.txt"), FX_OK);
  EXPECT_EQ(lines_of(host).size(), 1U);
  EXPECT_EQ(host.notes.at(0).code, "impossible-date");
}

TEST(Parse, ReadsTheSameWithReadsOfOneByte) {
  const std::string input =
      "\uFEFF5/3/24, 14:03 - Alice: one\r\ntwo\r\n6/13/24, 14:04 - Bob added Carol\r\n";
  MemoryHost whole(input);
  MemoryHost bytes(input, 1);
  ASSERT_EQ(whole.parse("chat.txt"), FX_OK);
  ASSERT_EQ(bytes.parse("chat.txt"), FX_OK);
  EXPECT_EQ(lines_of(whole), lines_of(bytes));
  EXPECT_EQ(lines_of(whole).at(0), "2024-05-03T14:03|Alice|one\ntwo");
  EXPECT_EQ(whole.uncovered(), 0U);
}

TEST(Parse, SplitsAnOversizedMessage) {
  MemoryHost host("12/03/2024, 10:16 - Alice: " + std::string(3U << 20U, 'x') +
                  "\n13/03/2024, 10:17 - Bob: yes\n");
  ASSERT_EQ(host.parse("chat.txt"), FX_OK);
  const std::vector<Record> messages = host.of(FX_KIND_MESSAGE);
  ASSERT_GT(messages.size(), 3U);
  std::size_t length = 0;
  for (std::size_t i = 0; i + 1 < messages.size(); ++i) length += messages[i].text("text").size();
  EXPECT_EQ(length, 3U << 20U);
  EXPECT_EQ(messages.back().text("text"), "yes");
  EXPECT_EQ(host.notes.at(0).code, "oversized-line");
  EXPECT_EQ(host.uncovered(), 0U);
}

TEST(Parse, RefusesWhatIsNoExport) {
  for (const char* input :
       {"", "hello\nworld\n", "a,b,c\n1,2,3\n", "one\ntwo\n12/03/2024, 10:16 - Alice: x\n"}) {
    MemoryHost host(input);
    EXPECT_EQ(host.probe("a.txt"), 0) << input;
    EXPECT_EQ(host.parse("a.txt"), FX_NOT_MINE) << input;
    EXPECT_TRUE(host.records.empty());
  }
}

TEST(Parse, StopsWhenTheHostSaysSo) {
  MemoryHost host("12/03/2024, 10:16 - Alice: a\n13/03/2024, 10:15 - Bob: b\n");
  host.stop_after = 2;
  EXPECT_EQ(host.parse("chat.txt"), FX_CANCELLED);
}

TEST(Parse, RepairsIllFormedTextAndSaysSo) {
  MemoryHost host("12/03/2024, 10:16 - Alice: a\xFF\xE2\x82z\n");
  ASSERT_EQ(host.parse("chat.txt"), FX_OK);
  const Record message = host.of(FX_KIND_MESSAGE).at(0);
  EXPECT_EQ(message.text("text"), "a\uFFFD\uFFFDz");
  EXPECT_EQ(message.find("text")->span.codec, static_cast<std::uint32_t>(FX_CODEC_UTF8_REPAIR));
  EXPECT_EQ(host.notes.at(0).code, "ill-formed-utf8");
}

}  // namespace
}  // namespace whatsapp_test
