#include "ledger/ledger.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "fixture.hpp"

namespace forensics::ledger {
namespace {

Result<Writer> open_writer(const std::string& folder) {
  return Writer::open(Files::system(), folder, ticking_clock(), example_session());
}

TEST(Ledger, CreationMakesKeysGenesisAndCheckpoint) {
  const TempFolder folder;
  ASSERT_TRUE(create(Files::system(), folder.path(), example_genesis(), ticking_clock()));
  const Layout layout(folder.path());
  for (const std::string& secret : {layout.signing_key(), layout.salt_key()}) {
    struct stat facts {};
    ASSERT_EQ(::stat(secret.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U) << secret;
  }
  const auto writer = open_writer(folder.path());
  ASSERT_TRUE(writer) << writer.error().text();
  EXPECT_EQ(writer->size(), 1U);
  EXPECT_EQ(writer->case_uuid(), "00000000-0000-4000-8000-000000000001");
  EXPECT_EQ(writer->last_checkpoint().size, 1U);
  EXPECT_EQ(writer->last_checkpoint().root, writer->root());
  EXPECT_EQ(writer->identity().key.pem(), contents_of(layout.public_key()));
}

TEST(Ledger, CreationRefusesASecondOneAndABadGenesis) {
  const ExampleCase example;
  const std::string before = contents_of(example.layout().entries());
  const auto again = create(Files::system(), example.path(), example_genesis(), ticking_clock());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::usage);
  EXPECT_EQ(contents_of(example.layout().entries()), before);

  const TempFolder folder;
  Genesis genesis = example_genesis();
  genesis.case_uuid = "not a uuid";
  EXPECT_EQ(create(Files::system(), folder.path(), genesis, ticking_clock()).error().code,
            ErrorCode::usage);
  genesis = example_genesis();
  genesis.examiner = "\xFF";
  EXPECT_EQ(create(Files::system(), folder.path(), genesis, ticking_clock()).error().code,
            ErrorCode::usage);
  EXPECT_FALSE(exists(folder.path() + "/keys"));
}

TEST(Ledger, TheSameEntriesMakeTheSameBytes) {
  const ExampleCase a;
  const ExampleCase b;
  EXPECT_EQ(contents_of(a.layout().entries()), contents_of(b.layout().entries()));
  for (const char* name : {"000000000001.note", "000000000005.note", "000000000008.note"})
    EXPECT_EQ(contents_of(a.checkpoint_path(name)), contents_of(b.checkpoint_path(name)));
}

TEST(Ledger, AppendedEntriesAreOnDiskAfterCommitAndNotBefore) {
  const ExampleCase example;
  auto writer = open_writer(example.path());
  ASSERT_TRUE(writer);
  const std::string before = contents_of(example.layout().entries());
  const auto seq = writer->append("assert", Json::object());
  ASSERT_TRUE(seq);
  EXPECT_EQ(*seq, 8U);
  EXPECT_EQ(writer->size(), 9U);
  EXPECT_EQ(contents_of(example.layout().entries()), before);
  ASSERT_TRUE(writer->commit());
  EXPECT_EQ(example.lines().size(), 9U);
  EXPECT_EQ(example.root_at(9), writer->root());
}

TEST(Ledger, CheckpointWithoutNewEntriesWritesNothing) {
  const ExampleCase example;
  auto writer = open_writer(example.path());
  ASSERT_TRUE(writer);
  const auto names = *list_directory(example.layout().checkpoints());
  const auto checkpoint = writer->checkpoint();
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->size, 8U);
  EXPECT_EQ(*list_directory(example.layout().checkpoints()), names);
}

TEST(Ledger, RefusesBodiesOutsideTheProfile) {
  const ExampleCase example;
  auto writer = open_writer(example.path());
  ASSERT_TRUE(writer);
  Json key;
  key["Not-A-Key"] = 1;
  Json bytes;
  bytes["name"] = "\xFF\xFE";
  Json large;
  large["size"] = std::uint64_t{1} << 60;
  Json longer;
  longer["text"] = std::string(kMaxLine, 'x');
  for (const Json& body : {key, bytes, large, longer, Json("text"), Json()}) {
    const auto seq = writer->append("assert", body);
    ASSERT_FALSE(seq);
    EXPECT_EQ(seq.error().code, ErrorCode::usage);
  }
  EXPECT_FALSE(writer->append("Assert", Json::object()));
  EXPECT_FALSE(writer->append("genesis", Json::object()));
  EXPECT_EQ(writer->size(), 8U);
}

TEST(Ledger, SessionGoesIntoEveryEntry) {
  const ExampleCase example;
  auto writer = open_writer(example.path());
  ASSERT_TRUE(writer);
  writer->set_session({"S2", "B. Other", "tool"});
  ASSERT_TRUE(writer->append("assert", Json::object()));
  ASSERT_TRUE(writer->commit());
  const auto entry = parse_entry(example.lines().back());
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->session, "S2");
  EXPECT_EQ(entry->actor, "B. Other");
  EXPECT_EQ(entry->tool, "tool");
}

TEST(Reading, GivesEveryEntryFromAnyOn) {
  const ExampleCase example;
  const auto lines = example.lines();
  for (std::uint64_t from = 0; from <= lines.size() + 1; ++from) {
    auto reader = Reader::open(example.path(), from);
    ASSERT_TRUE(reader) << reader.error().text();
    EXPECT_EQ(reader->checkpoint().size, 8U);
    std::uint64_t seq = from;
    for (;;) {
      const auto entry = reader->next();
      ASSERT_TRUE(entry) << entry.error().text();
      if (!*entry) break;
      ASSERT_EQ((*entry)->seq, seq);
      ASSERT_EQ(reader->line(), lines[seq]);
      ++seq;
    }
    EXPECT_EQ(seq, std::max<std::uint64_t>(from, lines.size()));
    EXPECT_FALSE(reader->tail());
  }
}

TEST(Reading, PassesAnUnsignedTailAndReportsABrokenOne) {
  const ExampleCase example;
  {
    auto writer = open_writer(example.path());
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->append("assert", Json::object()));
    ASSERT_TRUE(writer->commit());
  }
  const std::string good = contents_of(example.layout().entries());
  replace_file(example.layout().entries(), good + "{\"torn");
  for (const std::uint64_t from : {0U, 20U}) {
    auto reader = Reader::open(example.path(), from);
    ASSERT_TRUE(reader);
    std::uint64_t count = 0;
    for (auto entry = reader->next(); entry && *entry; entry = reader->next()) ++count;
    EXPECT_EQ(count, from == 0 ? 9U : 0U);
    EXPECT_EQ(reader->checkpoint().size, 8U);
    ASSERT_TRUE(reader->tail());
    EXPECT_EQ(reader->tail()->offset, good.size());
  }
}

TEST(Reading, StopsAtDamageThatACheckpointCovers) {
  for (const std::uint64_t from : {0U, 7U}) {
    const ExampleCase example;
    auto lines = example.lines();
    lines.pop_back();
    example.write_lines(lines);
    auto reader = Reader::open(example.path(), from);
    ASSERT_TRUE(reader);
    auto entry = reader->next();
    while (entry && *entry) entry = reader->next();
    ASSERT_FALSE(entry);
    EXPECT_EQ(entry.error().code, ErrorCode::integrity);
  }
}

TEST(Reading, SaysSoWhenALedgerIsNewer) {
  const ExampleCase example;
  auto lines = example.lines();
  lines[0].replace(lines[0].rfind("\"v\":1"), 5, "\"v\":2");
  example.write_lines(lines);
  EXPECT_EQ(Reader::open(example.path()).error().code, ErrorCode::newer);
  EXPECT_EQ(open_writer(example.path()).error().code, ErrorCode::newer);
}

}  // namespace
}  // namespace forensics::ledger
