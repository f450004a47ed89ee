#include "casefile/case.hpp"

#include <gtest/gtest.h>

#include "../support/temporary_folder.hpp"
#include "casefile/create.hpp"
#include "casefile/lock.hpp"

namespace forensics::casefile {
namespace {

CaseFacts sample() {
  CaseFacts facts;
  facts.uuid = "01234567-89ab-4def-8123-456789abcdef";
  facts.number = "2026-0001";
  facts.examiner = "A. Examiner";
  facts.created = "2026-01-02T03:04:05.678Z";
  facts.version = "forensics 0.1.0";
  return facts;
}

TEST(Case, IsMadeAndReadAgain) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(create_case(folder / "case", sample()));
  const auto opened = open_case(folder / "case");
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_EQ(opened->facts.uuid, sample().uuid);
  EXPECT_EQ(opened->facts.number, "2026-0001");
  EXPECT_EQ(opened->facts.examiner, "A. Examiner");
}

TEST(Case, IsNeverMadeOverAnythingElse) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(create_case(folder / "case", sample()));
  const auto again = create_case(folder / "case", sample());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::usage);

  ASSERT_TRUE(Files::system().make_directory(folder / "other"));
  ASSERT_TRUE(write_atomically(Files::system(), folder / "other/notes.txt", "mine", 0600));
  const auto foreign = create_case(folder / "other", sample());
  ASSERT_FALSE(foreign);
  EXPECT_NE(foreign.error().message.find("notes.txt"), std::string::npos);
}

TEST(Case, CreationThatWasKilledCanBeRepeated) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(create_case(folder / "case", sample()));
  // The state just before the last step.
  ASSERT_TRUE(Files::system().remove(folder / "case/case.json"));
  EXPECT_EQ(open_case(folder / "case").error().code, ErrorCode::not_found);
  const auto again = create_case(folder / "case", sample());
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_TRUE(open_case(folder / "case"));
}

TEST(Case, OfANewerVersionIsRefusedWithBothVersions) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(create_case(folder / "case", sample()));
  std::string facts = read_file(folder / "case/case.json", 10'000).value();
  const std::string old = "\"version\":1";
  ASSERT_NE(facts.find(old), std::string::npos);
  facts.replace(facts.find(old), old.size(), "\"version\":2");
  ASSERT_TRUE(Files::system().remove(folder / "case/case.json"));
  ASSERT_TRUE(write_atomically(Files::system(), folder / "case/case.json", facts, 0600));
  const auto opened = open_case(folder / "case");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::newer);
  EXPECT_NE(opened.error().message.find("case format 2"), std::string::npos);
}

std::int64_t applied(const Database& database) {
  Statement select = database.prepare("SELECT value FROM meta WHERE key = 'applied'").value();
  return select.step().value_or(false) ? select.integer(0) : -1;
}

TEST(Case, AReaderSeesTheMomentAtWhichItWasOpened) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(create_case(folder / "case", sample()));
  const auto writer = open_or_create_database(folder / "case/case.db");
  ASSERT_TRUE(writer && prepare_for_writing(*writer));
  const auto before = open_case(folder / "case");
  ASSERT_TRUE(before) << before.error().text();
  ASSERT_TRUE(writer->execute("UPDATE meta SET value = 7 WHERE key = 'applied'"));
  EXPECT_EQ(applied(before->database), 0);
  const auto after = open_case(folder / "case");
  ASSERT_TRUE(after) << after.error().text();
  EXPECT_EQ(applied(after->database), 7);
}

TEST(Case, ALogIsNotFoldedUnderAReader) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(create_case(folder / "case", sample()));
  const auto writer = open_or_create_database(folder / "case/case.db");
  ASSERT_TRUE(writer && prepare_for_writing(*writer));
  sqlite3_busy_timeout(writer->handle(), 0);
  {
    const auto reader = open_case(folder / "case");
    ASSERT_TRUE(reader) << reader.error().text();
    const Status folded = fold_log(*writer);
    ASSERT_FALSE(folded);
    EXPECT_EQ(folded.error().code, ErrorCode::busy);
  }
  EXPECT_TRUE(fold_log(*writer));
  EXPECT_FALSE(exists(folder / "case/case.db-wal"));
}

TEST(WriterLock, KeepsASecondWriterOutAndSaysWhoHoldsIt) {
  const test::TemporaryFolder folder;
  const CasePaths paths{folder.path()};
  auto first = WriterLock::take(paths, "ingest");
  ASSERT_TRUE(first);
  const auto second = WriterLock::take(paths, "verify");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
  EXPECT_NE(second.error().message.find("forensics ingest"), std::string::npos);
  EXPECT_NE(second.error().message.find("since 2"), std::string::npos);
  EXPECT_TRUE(is_being_written(paths));
  first = tl::unexpected(Error{});
  EXPECT_FALSE(is_being_written(paths));
  EXPECT_TRUE(WriterLock::take(paths, "verify"));
}

}  // namespace
}  // namespace forensics::casefile
