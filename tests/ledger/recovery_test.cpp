// What a crash leaves behind, at every point where one can happen.

#include <gtest/gtest.h>

#include <filesystem>

#include "../support/dying_files.hpp"
#include "fixture.hpp"

namespace forensics::ledger {
namespace {

using test::DyingFiles;

Result<Writer> open_writer(Files& files, const std::string& folder, int second = 30) {
  return Writer::open(files, folder, ticking_clock(second), example_session());
}

std::vector<Entry> recovery_entries(const ExampleCase& example) {
  std::vector<Entry> found;
  for (const std::string& line : example.lines())
    if (Entry entry = *parse_entry(line); entry.type == "recovery")
      found.push_back(std::move(entry));
  return found;
}

void append_bytes(const ExampleCase& example, ByteView bytes) {
  replace_file(example.layout().entries(), contents_of(example.layout().entries()).append(bytes));
}

TEST(Recovery, TornTailIsMovedAsideAndRecorded) {
  const ExampleCase example;
  const std::string good = contents_of(example.layout().entries());
  append_bytes(example, "{\"actor\":\"E. Ex");
  const auto writer = open_writer(Files::system(), example.path());
  ASSERT_TRUE(writer) << writer.error().text();
  EXPECT_EQ(writer->recovered().moved_bytes, 15U);
  EXPECT_EQ(writer->recovered().unsigned_entries, 0U);
  EXPECT_EQ(contents_of(example.layout().entries()).substr(0, good.size()), good);

  const auto entries = recovery_entries(example);
  ASSERT_EQ(entries.size(), 1U);
  const Json& body = entries[0].body;
  EXPECT_EQ(body.text("kind"), "tail_moved");
  EXPECT_EQ(body.text("sha256"), to_hex(view(Sha256::of("{\"actor\":\"E. Ex"))));
  EXPECT_EQ(body.integer("size"), 15);
  EXPECT_EQ(contents_of(example.layout().recovery() + '/' + std::string(body.text("file"))),
            "{\"actor\":\"E. Ex");
  EXPECT_EQ(example.codes(), "");
}

TEST(Recovery, BadEntriesAfterTheCheckpointAreMovedFromTheFirstOn) {
  const ExampleCase example;
  {
    auto writer = open_writer(Files::system(), example.path());
    ASSERT_TRUE(writer);
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(writer->append("assert", Json::object()));
    ASSERT_TRUE(writer->commit());
  }
  auto lines = example.lines();
  ASSERT_EQ(lines.size(), 12U);
  const std::string moved = lines[10] + "\n" + lines[11] + "\n";
  lines[9] = lines[9].replace(lines[9].find("assert"), 6, "report");  // breaks the chain to 10
  example.write_lines(lines);
  const auto writer = open_writer(Files::system(), example.path(), 50);
  ASSERT_TRUE(writer);
  EXPECT_EQ(writer->recovered().unsigned_entries, 2U);
  EXPECT_EQ(writer->recovered().moved_bytes, moved.size());
  const auto entries = recovery_entries(example);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].body.text("kind"), "tail_unsigned");
  EXPECT_EQ(entries[0].body.integer("first_seq"), 8);
  EXPECT_EQ(entries[0].body.integer("count"), 2);
  EXPECT_EQ(
      contents_of(example.layout().recovery() + '/' + std::string(entries[1].body.text("file"))),
      moved);
  EXPECT_EQ(example.codes(), "UNSIGNED");
}

TEST(Recovery, CrashBetweenCommitAndCheckpointKeepsTheEntriesAndSaysSo) {
  const ExampleCase example;
  {
    auto writer = open_writer(Files::system(), example.path());
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->append("assert", Json::object()));
    ASSERT_TRUE(writer->commit());
  }
  EXPECT_EQ(example.codes(), "TAIL");
  {
    const auto writer = open_writer(Files::system(), example.path());
    ASSERT_TRUE(writer);
    EXPECT_EQ(writer->recovered().unsigned_entries, 1U);
    EXPECT_EQ(writer->size(), 10U);
    EXPECT_EQ(writer->last_checkpoint().size, 10U);
  }
  EXPECT_EQ(example.codes(), "UNSIGNED");
  const auto again = open_writer(Files::system(), example.path());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->size(), 10U);
  EXPECT_EQ(again->recovered().unsigned_entries, 0U);
}

// The newest checkpoint is taken away, an entry edited and all of them chained again: no key is
// needed, and the next honest writer signs what it finds. That it did stays said.
TEST(Recovery, EntriesThatWereFoundUnsignedStayAWarningForEver) {
  const ExampleCase example;
  std::filesystem::remove(example.checkpoint_path(checkpoint_file_name(8)));
  auto lines = example.lines();
  lines[6].replace(lines[6].find("report"), 6, "export");
  example.write_chained(lines);
  EXPECT_EQ(example.codes(), "TAIL");
  for (int round = 0; round < 3; ++round) {
    auto writer = open_writer(Files::system(), example.path(), 30 + round);
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->append("assert", Json::object()));
    ASSERT_TRUE(writer->checkpoint());
    const Verdict verdict = example.verdict();
    EXPECT_EQ(example.codes(), "UNSIGNED") << round;
    EXPECT_EQ(verdict.warnings, 1U);
    ASSERT_EQ(verdict.findings.size(), 1U);
    EXPECT_EQ(verdict.findings[0].where, "ledger entry 8");
    EXPECT_TRUE(verdict.findings[0].message.starts_with("entries 5 to 7 (3 of them)"));
  }
}

TEST(Recovery, BytesMovedAsideAreStillThere) {
  const ExampleCase example;
  append_bytes(example, "torn bytes");
  ASSERT_TRUE(open_writer(Files::system(), example.path()));
  EXPECT_EQ(example.codes(), "");
  const std::string path = example.layout().recovery() + '/' +
                           std::string(recovery_entries(example)[0].body.text("file"));
  replace_file(path, "torn bytfs");
  EXPECT_EQ(example.codes(), "RECOVERY-LOST");
  replace_file(path, "torn bytes and more");
  EXPECT_EQ(example.codes(), "RECOVERY-LOST");
  std::filesystem::remove(path);
  EXPECT_EQ(example.codes(), "RECOVERY-LOST");
  EXPECT_GT(example.verdict().failures, 0U);
  replace_file(example.path() + "/aside", "torn bytes");
  std::filesystem::create_symlink(example.path() + "/aside", path);
  EXPECT_EQ(example.codes(), "RECOVERY-LOST") << "a link";
  std::filesystem::remove_all(example.layout().recovery());
  EXPECT_EQ(example.codes(), "RECOVERY-LOST");
}

TEST(Recovery, WhatNoWriterMovedThereIsNeitherRecordedNorInTheWay) {
  const ExampleCase example;
  const std::string folder = example.layout().recovery() + '/';
  const std::string zeros(64, '0');
  replace_file(folder + "1-" + zeros + ".tail", "other bytes than its name says");
  replace_file(folder + "notes.tail", "no such name");
  std::filesystem::create_directory(folder + "2-" + zeros + ".tail");
  std::filesystem::create_symlink("/etc/passwd", folder + "3-" + zeros + ".tail");
  ASSERT_TRUE(open_writer(Files::system(), example.path()));
  EXPECT_TRUE(recovery_entries(example).empty());
  EXPECT_EQ(example.codes(), "EXTRA");
  EXPECT_EQ(example.verdict().warnings, 4U);
}

TEST(Recovery, StrangersBesideTheLedgerAndTheKeysAreExtra) {
  const ExampleCase example;
  for (const std::string& path :
       {example.layout().folder() + "/entries.jsonl.old", example.layout().keys() + "/other.key"}) {
    replace_file(path, "x");
    EXPECT_EQ(example.codes(), "EXTRA") << path;
    std::filesystem::remove(path);
  }
  EXPECT_EQ(example.codes(), "");
}

TEST(Recovery, EntriesThatContradictThemselves) {
  const std::string zeros(64, '0');
  for (const char* body :
       {R"({"count":1,"first_seq":7,"kind":"tail_unsigned"})",
        R"({"count":0,"first_seq":8,"kind":"tail_unsigned"})",
        R"({"count":8,"first_seq":0,"kind":"tail_unsigned"})", R"({"kind":"tail_unsigned"})",
        R"({"count":"1","first_seq":7,"kind":"tail_unsigned"})",
        R"({"file":"1-x.tail","kind":"tail_moved","sha256":"x","size":1})",
        R"({"file":"01-","kind":"tail_moved","sha256":"","size":1})", R"({"kind":"tail_moved"})"}) {
    const ExampleCase example;
    auto writer = open_writer(Files::system(), example.path());
    ASSERT_TRUE(writer->append("recovery", *Json::parse_canonical(body)));
    ASSERT_TRUE(writer->checkpoint());
    // The first says of entry 7 what is true of it.
    const bool sound = std::string_view(body).find("\"count\":1,") != std::string_view::npos;
    EXPECT_EQ(example.codes(), sound ? "UNSIGNED" : "ENTRY") << body;
  }
}

TEST(Recovery, ALostEmptyFolderIsMadeAgain) {
  const ExampleCase example;
  std::filesystem::remove(example.layout().recovery());
  append_bytes(example, "torn");
  const auto writer = open_writer(Files::system(), example.path());
  ASSERT_TRUE(writer) << writer.error().text();
  EXPECT_EQ(recovery_entries(example).size(), 1U);
}

TEST(Recovery, WhatACheckpointCoversIsNeverTouched) {
  using Damage = void (*)(std::vector<std::string>&);
  for (const Damage damage : std::initializer_list<Damage>{
           [](auto& lines) { lines.pop_back(); },
           [](auto& lines) { lines.back().pop_back(); },
           [](auto& lines) { lines[6][20] ^= 1; },
           [](auto& lines) { std::swap(lines[5], lines[6]); },
           [](auto& lines) { lines.erase(lines.begin() + 4); },
       }) {
    const ExampleCase example;
    auto lines = example.lines();
    damage(lines);
    example.write_lines(lines);
    const std::string before = contents_of(example.layout().entries());
    const auto writer = open_writer(Files::system(), example.path());
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().code, ErrorCode::integrity);
    EXPECT_EQ(contents_of(example.layout().entries()), before);
  }
  const ExampleCase torn;  // the last LF is covered too
  std::string text = contents_of(torn.layout().entries());
  text.pop_back();
  replace_file(torn.layout().entries(), text);
  EXPECT_EQ(open_writer(Files::system(), torn.path()).error().code, ErrorCode::integrity);
}

TEST(Recovery, AnotherKeyOrNoCheckpointIsRefused) {
  const ExampleCase other_key;
  ASSERT_TRUE(fixed_secrets('\x09').log.store(Files::system(), other_key.layout().signing_key()));
  EXPECT_EQ(open_writer(Files::system(), other_key.path()).error().code, ErrorCode::integrity);

  const ExampleCase forged;
  forged.write_checkpoint("000000000009.note", {forged.origin(), 9, Digest{}},
                          fixed_secrets('\x09').log);
  EXPECT_EQ(open_writer(Files::system(), forged.path()).error().code, ErrorCode::integrity);

  const ExampleCase bare;
  std::filesystem::remove_all(bare.layout().checkpoints());
  std::filesystem::create_directory(bare.layout().checkpoints());
  EXPECT_EQ(open_writer(Files::system(), bare.path()).error().code, ErrorCode::integrity);
}

// `promised` is what the dead process had been told is on disk.
TEST(Recovery, ADeathAtAnyStepLosesNothingThatWasCommitted) {
  for (int steps = 0;; ++steps) {
    const ExampleCase example;
    DyingFiles files(steps);
    std::uint64_t promised = 8;
    std::uint64_t signed_size = 8;
    [&] {
      auto writer = open_writer(files, example.path());
      if (!writer) return;
      for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 2; ++i)
          if (!writer->append("assert", Json::object())) return;
        if (!writer->commit()) return;
        promised = writer->size();
        if (!writer->append("report", Json::object())) return;
        if (!writer->checkpoint()) return;
        promised = signed_size = writer->size();
      }
    }();
    const auto writer = open_writer(Files::system(), example.path());
    ASSERT_TRUE(writer) << steps << ": " << writer.error().text();
    EXPECT_GE(writer->size(), promised) << steps;
    EXPECT_GE(writer->last_checkpoint().size, signed_size) << steps;
    EXPECT_EQ(writer->last_checkpoint().size, writer->size()) << steps;
    const Verdict verdict = example.verdict();
    EXPECT_EQ(verdict.failures, 0U) << steps;
    EXPECT_EQ(verdict.signed_entries, verdict.entries) << steps;
    if (!files.died()) {
      EXPECT_EQ(promised, 17U);
      EXPECT_TRUE(recovery_entries(example).empty());
      break;
    }
    ASSERT_LT(steps, 200);
  }
}

TEST(Recovery, ADeathWhileRecoveringIsRecoveredFrom) {
  for (int steps = 0;; ++steps) {
    const ExampleCase example;
    append_bytes(example, "torn bytes");
    DyingFiles files(steps);
    { const auto dead = open_writer(files, example.path()); }
    const auto writer = open_writer(Files::system(), example.path());
    ASSERT_TRUE(writer) << steps << ": " << writer.error().text();
    EXPECT_EQ(example.verdict().failures, 0U) << steps;

    int recorded = 0;
    for (const Entry& entry : recovery_entries(example)) {
      if (entry.body.text("kind") != "tail_moved") continue;
      const std::string kept =
          contents_of(example.layout().recovery() + '/' + std::string(entry.body.text("file")));
      EXPECT_EQ(entry.body.text("sha256"), to_hex(view(Sha256::of(kept))));
      if (kept == "torn bytes") ++recorded;
    }
    EXPECT_EQ(recorded, 1) << steps;
    if (!files.died()) break;
    ASSERT_LT(steps, 200);
  }
}

TEST(Recovery, ADeathWhileCreatingCanBeRepeated) {
  for (int steps = 0;; ++steps) {
    const TempFolder folder;
    DyingFiles files(steps);
    const auto created = create(files, folder.path(), example_genesis(), ticking_clock());
    if (!exists(Layout(folder.path()).entries())) {
      ASSERT_TRUE(create(Files::system(), folder.path(), example_genesis(), ticking_clock()));
    }
    const auto writer = open_writer(Files::system(), folder.path());
    ASSERT_TRUE(writer) << steps << ": " << writer.error().text();
    EXPECT_EQ(writer->size(), 1U);
    if (created) break;
    ASSERT_LT(steps, 200);
  }
}

TEST(Recovery, AFailedCommitIsFinal) {
  const ExampleCase example;
  DyingFiles files(1);  // opening is one step, the write the second
  auto writer = open_writer(files, example.path());
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->append("assert", Json::object()));
  ASSERT_FALSE(writer->commit());
  EXPECT_EQ(writer->commit().error().code, ErrorCode::output);
  EXPECT_EQ(writer->append("assert", Json::object()).error().code, ErrorCode::output);
  EXPECT_EQ(writer->checkpoint().error().code, ErrorCode::output);
}

}  // namespace
}  // namespace forensics::ledger
