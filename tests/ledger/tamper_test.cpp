// Each way to tamper with a case, and what the verifier says. The numbers are those of the table in
// docs/ledger.md section 9.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "fixture.hpp"

namespace forensics::ledger {
namespace {

constexpr std::string_view kArchive = "PK archive bytes";
constexpr std::string_view kMember = "12/31/25, 23:59 - Ana: caf\xC3\xA9";

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

SigningKey other_key(char fill = '\x09') {
  return *SigningKey::from_seed(std::string(32, fill));
}

// The object is replaced, and its entry says so.
void replace_object_and_hash(const ExampleCase& example) {
  const Json object = example.put_object("PK other bytes!!");
  std::filesystem::remove(example.object_path(kArchive));
  auto lines = example.lines();
  lines[3] = with(lines[3], to_hex(view(Sha256::of(kArchive))), object.text("sha256"));
  example.write_lines(lines);
}

TEST(Tamper, UntouchedCaseHasNoFinding) {
  const ExampleCase example;
  const Verdict verdict = example.verdict();
  EXPECT_TRUE(verdict.findings.empty());
  EXPECT_EQ(verdict.failures + verdict.warnings, 0U);
  EXPECT_EQ(verdict.entries, 8U);
  EXPECT_EQ(verdict.signed_entries, 8U);
  EXPECT_EQ(verdict.checkpoints, 3U);
  EXPECT_EQ(verdict.objects, 2U);
  EXPECT_EQ(verdict.object_bytes, kArchive.size() + kMember.size());
  EXPECT_EQ(verdict.record_trees, 1U);
  EXPECT_EQ(verdict.records, 3U);
  EXPECT_EQ(verdict.root, example.root_at(8));
  EXPECT_EQ(verdict.origin, example.origin());
  EXPECT_EQ(verdict.key_fingerprint, example.key().public_key().fingerprint());
}

TEST(Tamper, Case01FlipByteInObject) {
  const ExampleCase example;
  replace_file(example.object_path(kArchive), "PK archive bytez");
  EXPECT_EQ(example.codes(), "OBJ-HASH");
}

TEST(Tamper, Case02DeleteObject) {
  const ExampleCase example;
  std::filesystem::remove(example.object_path(kArchive));
  EXPECT_EQ(example.codes(), "OBJ-MISSING");
}

TEST(Tamper, Case03ReplaceObjectAndItsHash) {
  const ExampleCase example;
  replace_object_and_hash(example);
  EXPECT_EQ(example.codes(), "CHAIN ROOT TAIL");
}

TEST(Tamper, Case04AndChainAgain) {
  const ExampleCase example;
  replace_object_and_hash(example);
  example.write_chained(example.lines());
  EXPECT_EQ(example.codes(), "ROOT TAIL");
}

TEST(Tamper, Case05AndSignWithAnotherKeyOfTheSameName) {
  const ExampleCase example;
  replace_object_and_hash(example);
  example.write_chained(example.lines());
  example.sign_again(other_key());
  EXPECT_EQ(example.codes(), "SIG TAIL");
}

TEST(Tamper, Case06AndSwapTheKeyInTheGenesis) {
  const ExampleCase example;
  const std::string expected = example.key().public_key().fingerprint();
  replace_object_and_hash(example);
  auto lines = example.lines();
  lines[0] = with(lines[0], to_base64(example.key().public_key().bytes()),
                  to_base64(other_key().public_key().bytes()));
  example.write_chained(lines);
  example.sign_again(other_key());
  EXPECT_EQ(example.codes({.key_fingerprint = expected}), "KEY");
  EXPECT_EQ(example.codes(), "") << "a documented limit: no key came from outside";
}

TEST(Tamper, Case09RewriteWithTheStolenKeyIsADocumentedLimit) {
  const ExampleCase example;
  replace_object_and_hash(example);
  example.write_chained(example.lines());
  example.sign_again(example.key());
  EXPECT_EQ(example.codes(), "");
  const VerifyOptions options;
  const auto limits = limits_of(example.verdict(), options);
  EXPECT_TRUE(std::any_of(limits.begin(), limits.end(), [](const std::string& text) {
    return text.find("whoever holds the key can rewrite all of it") != text.npos;
  }));
}

TEST(Tamper, Case10TheSameWithAnAnchor) {
  const ExampleCase example;
  const Anchor anchor{8, example.root_at(8)};
  EXPECT_EQ(example.codes({.anchors = {anchor}}), "");
  EXPECT_EQ(example.verdict({.anchors = {anchor}}).anchors, 1U);
  replace_object_and_hash(example);
  example.write_chained(example.lines());
  example.sign_again(example.key());
  EXPECT_EQ(example.codes({.anchors = {anchor}}), "ANCHOR");
}

TEST(Tamper, Case11TruncateAndKeepTheCheckpoint) {
  const ExampleCase example;
  auto lines = example.lines();
  lines.pop_back();
  example.write_lines(lines);
  EXPECT_EQ(example.codes(), "TAIL TRUNC");
}

TEST(Tamper, Case12And13RollBackToAnOldCheckpoint) {
  const ExampleCase example;
  const Anchor anchor{8, example.root_at(8)};
  example.write_lines({example.lines()[0]});
  std::filesystem::remove(example.checkpoint_path("000000000005.note"));
  std::filesystem::remove(example.checkpoint_path("000000000008.note"));
  EXPECT_EQ(example.codes(), "EXTRA");
  EXPECT_EQ(example.verdict().failures, 0U);
  std::filesystem::remove_all(example.layout().objects());
  EXPECT_EQ(example.codes(), "") << "a documented limit: no anchor";
  EXPECT_EQ(example.codes({.anchors = {anchor}}), "ANCHOR");
}

TEST(Tamper, Case14DeleteAMiddleEntry) {
  const ExampleCase example;
  auto lines = example.lines();
  lines.erase(lines.begin() + 5);
  example.write_lines(lines);
  EXPECT_EQ(example.codes(), "CHAIN SEQ TAIL TRUNC");
}

TEST(Tamper, Case15SwapEntries) {
  const ExampleCase example;
  auto lines = example.lines();
  std::swap(lines[5], lines[6]);
  example.write_lines(lines);
  EXPECT_EQ(example.codes(), "CHAIN CLOCK ROOT SEQ TAIL");
}

TEST(Tamper, Case16DuplicateAnEntry) {
  const ExampleCase example;
  auto lines = example.lines();
  lines.insert(lines.begin() + 6, lines[6]);
  example.write_lines(lines);
  EXPECT_EQ(example.codes(), "CHAIN ROOT SEQ TAIL");
}

TEST(Tamper, Case17AppendAfterTheLastCheckpoint) {
  const ExampleCase example;
  auto lines = example.lines();
  lines.push_back(lines.back());
  example.write_chained(lines);
  const Verdict verdict = example.verdict();
  EXPECT_EQ(example.codes(), "TAIL");
  EXPECT_EQ(verdict.failures, 0U);
  EXPECT_EQ(verdict.warnings, 1U);
  EXPECT_EQ(verdict.entries, 9U);
  EXPECT_EQ(verdict.signed_entries, 8U);
}

TEST(Tamper, Case18BackdateOneEntry) {
  const ExampleCase example;
  auto lines = example.lines();
  lines[6] = with(lines[6], "2026-01-02", "2025-12-24");
  example.write_lines(lines);
  EXPECT_EQ(example.codes(), "CHAIN CLOCK ROOT TAIL");
}

TEST(Tamper, Case19PrintAnEntryPrettily) {
  const ExampleCase example;
  auto lines = example.lines();
  lines[5] = with(lines[5], "\"seq\":5", "\"seq\": 5");
  example.write_lines(lines);
  EXPECT_EQ(example.codes(), "CANON CHAIN ROOT TAIL");
}

TEST(Tamper, Case20RepeatAKey) {
  const ExampleCase example;
  auto lines = example.lines();
  lines[5] = with(lines[5], "\"seq\":5", "\"seq\":5,\"seq\":5");
  example.write_lines(lines);
  EXPECT_EQ(example.codes(), "CANON CHAIN ROOT TAIL");
}

TEST(Tamper, Case21DecomposeAName) {
  const ExampleCase example;
  auto lines = example.lines();
  lines[2] = with(lines[2], "\xC3\xA9", "e\xCC\x81");
  example.write_lines(lines);
  EXPECT_EQ(example.codes(), "CHAIN ROOT TAIL");
}

TEST(Tamper, Case22ConvertLineEnds) {
  const ExampleCase example;
  auto lines = example.lines();
  for (std::string& line : lines) line += '\r';
  example.write_lines(lines);
  EXPECT_EQ(example.codes(), "CANON EXTRA KEY SIG TAIL");
  EXPECT_EQ(example.verdict().found.at("CANON"), 8U);
}

TEST(Tamper, Case23SmuggleAFileIn) {
  const ExampleCase object;
  object.put_object("nobody spoke of this");
  EXPECT_EQ(object.codes(), "EXTRA");
  const ExampleCase file;
  replace_file(file.layout().objects() + "/readme.txt", "hello");
  EXPECT_EQ(file.codes(), "EXTRA");
  const ExampleCase note;
  replace_file(note.checkpoint_path("latest.note"), "hello");
  EXPECT_EQ(note.codes(), "EXTRA");
}

TEST(Tamper, Case24EditTheSizeOfACheckpoint) {
  const ExampleCase example;
  const std::string path = example.checkpoint_path("000000000005.note");
  replace_file(path, with(contents_of(path), "\n5\n", "\n6\n"));
  EXPECT_EQ(example.codes(), "NAME ROOT SIG");
}

TEST(Tamper, Case25CheckpointOfAnotherCase) {
  const ExampleCase example;
  const ExampleCase other('\x01', '2');
  replace_file(example.checkpoint_path("000000000005.note"),
               contents_of(other.checkpoint_path("000000000005.note")));
  EXPECT_EQ(example.codes(), "ORIGIN");
}

TEST(Tamper, Case26MoveASignatureBetweenCheckpoints) {
  const ExampleCase example;
  const std::string path = example.checkpoint_path("000000000005.note");
  const std::string text = contents_of(path);
  const std::string other = contents_of(example.checkpoint_path("000000000008.note"));
  replace_file(path, text.substr(0, text.find("\n\n")) + other.substr(other.find("\n\n")));
  EXPECT_EQ(example.codes(), "SIG");
}

TEST(Tamper, Case29To31EditDropAndReorderRecords) {
  ExampleCase example;
  const auto records = example.records;
  example.records[1] = with(records[1], "two", "tvo");
  EXPECT_EQ(example.codes(), "RECORDS");
  example.records = {records[0], records[2]};
  EXPECT_EQ(example.codes(), "RECORDS");
  example.records = {records[0], records[2], records[1]};
  EXPECT_EQ(example.codes(), "RECORDS");
}

TEST(Tamper, Case32To35RedactedRecords) {
  ExampleCase example;
  const auto records = example.records;
  example.records[1] = redacted_form(records[1]);
  EXPECT_EQ(example.codes(), "") << "an honest redaction passes";
  example.records[1] = redacted_form("something else");
  EXPECT_EQ(example.codes(), "RECORDS");
  example.records[1] = with(records[1], "two", "not what it was");
  EXPECT_EQ(example.codes(), "RECORDS");
  const Digest inner = node_hash(leaf_hash(records[0]), leaf_hash(records[1]));
  example.records = {"redacted:" + to_hex(view(inner)), records[2]};
  EXPECT_EQ(ExampleCase::record_summary(example.records).root,
            ExampleCase::record_summary(records).root)
      << "the root alone would not show it: the count does";
  EXPECT_EQ(example.codes(), "RECORDS");
}

TEST(Tamper, Case36TearTheLastLine) {
  const ExampleCase after;
  replace_file(after.layout().entries(), contents_of(after.layout().entries()) + "{\"actor\"");
  EXPECT_EQ(after.codes(), "TORN");
  EXPECT_EQ(after.verdict().failures, 0U);

  const ExampleCase covered;
  const std::string text = contents_of(covered.layout().entries());
  replace_file(covered.layout().entries(), text.substr(0, text.size() - 1));
  EXPECT_EQ(covered.codes(), "TAIL TORN TRUNC");
}

TEST(Tamper, Case37PutALinkInPlaceOfAnObject) {
  const ExampleCase example;
  const std::string path = example.object_path(kArchive);
  const std::string aside = example.path() + "/aside";
  std::filesystem::rename(path, aside);
  std::filesystem::create_symlink(aside, path);
  EXPECT_EQ(example.codes(), "OBJ-MISSING");
}

Status append_honestly(const ExampleCase& example, std::string_view type, Json body,
                       const Clock& clock = ticking_clock(40)) {
  Writer writer = TRY(Writer::open(Files::system(), example.path(), clock, example_session()));
  TRY(writer.append(type, std::move(body)));
  TRY(writer.checkpoint());
  return {};
}

TEST(Tamper, Case38ClockSetBack) {
  const ExampleCase example;
  ASSERT_TRUE(append_honestly(example, "assert", Json::object(), ticking_clock(0)));
  EXPECT_EQ(example.codes(), "CLOCK");
  EXPECT_EQ(example.verdict().failures, 0U);
}

TEST(Tamper, Case39WriteAnIntegerAsAFraction) {
  const ExampleCase example;
  auto lines = example.lines();
  lines[6] = with(lines[6], "\"v\":1", "\"v\":1.0");
  example.write_lines(lines);
  EXPECT_EQ(example.codes(), "CANON CHAIN ROOT TAIL");
}

TEST(Tamper, Case40ForkSignedWithTheKeyOfTheCase) {
  const ExampleCase one;
  const ExampleCase two;
  ASSERT_TRUE(append_honestly(one, "assert", Json::object()));
  ASSERT_TRUE(append_honestly(two, "report", Json::object()));
  EXPECT_EQ(one.codes({.anchors = {{9, one.root_at(9)}}}), "");
  EXPECT_EQ(one.codes({.anchors = {{9, two.root_at(9)}}}), "ANCHOR");
}

TEST(Tamper, Case41ParentPointsNowhere) {
  const Json parents[] = {999, -1, 8, 2, "3", Json(), 9'007'199'254'740'991};
  for (const Json& parent : parents) {
    const ExampleCase example;
    Json body;
    body["parent"] = parent;
    ASSERT_TRUE(append_honestly(example, "acquire", std::move(body)));
    EXPECT_EQ(example.codes(), "PARENT") << parent.dump();
  }
}

TEST(Tamper, Case50IllFormedText) {
  // U+0000 as one byte and overlong, a lone surrogate, overlong '/', no UTF-8, a control character.
  constexpr std::string_view kNul("\0", 1);
  for (const std::string_view bytes :
       {kNul, std::string_view("\xC0\x80"), std::string_view("\xED\xA0\x80"),
        std::string_view("\xE0\x80\xAF"), std::string_view("\xFF"), std::string_view("\x01")}) {
    const ExampleCase example;
    auto lines = example.lines();
    lines[2] = with(lines[2], "noir", bytes);
    example.write_lines(lines);
    EXPECT_EQ(example.codes(), "CANON CHAIN ROOT TAIL") << to_hex(bytes);
  }
}

TEST(Tamper, ASecondGenesis) {
  const ExampleCase example;
  auto lines = example.lines();
  lines.push_back(lines[0]);
  example.write_chained(lines);
  EXPECT_EQ(example.codes(), "CLOCK ENTRY TAIL");
}

TEST(Tamper, ObjectOfAnotherSize) {
  const ExampleCase example;
  Json body;
  body["object"] = example.put_object("four");
  body["object"]["size"] = 5;
  ASSERT_TRUE(append_honestly(example, "acquire", std::move(body)));
  EXPECT_EQ(example.codes(), "OBJ-HASH");
}

TEST(Tamper, MalformedBodies) {
  for (const char* key : {"object", "records"}) {
    const ExampleCase example;
    Json body;
    body[key] = Json::object();
    ASSERT_TRUE(append_honestly(example, "acquire", std::move(body)));
    EXPECT_EQ(example.codes(), "ENTRY") << key;
  }
}

TEST(Tamper, AnchorsAtTheBorders) {
  const ExampleCase example;
  EXPECT_EQ(example.codes({.anchors = {{0, Sha256::of("")}}}), "ANCHOR");
  EXPECT_EQ(example.codes({.anchors = {{9, example.root_at(8)}}}), "ANCHOR");
  EXPECT_EQ(example.codes({.anchors = {{3, example.root_at(3)}}}), "") << "between checkpoints";
}

TEST(Tamper, LedgerOfNothingOrOfGarbage) {
  const ExampleCase empty;
  replace_file(empty.layout().entries(), "");
  EXPECT_EQ(empty.codes(), "EXTRA KEY SIG");
  const ExampleCase endless;
  replace_file(endless.layout().entries(), std::string(3 * kMaxLine, 'x'));
  EXPECT_EQ(endless.codes(), "CANON EXTRA KEY SIG");
  const ExampleCase blank;
  replace_file(blank.layout().entries(), std::string(1000, '\n'));
  const Verdict verdict = blank.verdict();
  EXPECT_EQ(verdict.found.at("CANON"), 1000U);
  EXPECT_LE(verdict.findings.size(), Verdict::kKeptPerCode + 5);
}

TEST(Tamper, WhatCannotBeReadIsAnErrorAndNoVerdict) {
  const TempFolder folder;
  FolderSource source(folder.path());
  const auto verdict = verify(source, {});
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().code, ErrorCode::not_found);
}

TEST(Tamper, FingerprintOnPaperIsConfirmed) {
  const ExampleCase example;
  std::string paper = example.key().public_key().fingerprint();
  for (std::size_t at = 60; at > 0; at -= 4) paper.insert(at, " ");
  EXPECT_TRUE(example.verdict({.key_fingerprint = paper}).key_confirmed);
  EXPECT_EQ(example.codes({.key_fingerprint = paper}), "");
  EXPECT_FALSE(example.verdict().key_confirmed);
  EXPECT_EQ(example.codes({.key_fingerprint = "00"}), "KEY");
}

TEST(Tamper, EveryFlippedBitOfTheLedgerIsFound) {
  const ExampleCase example;
  const std::string text = contents_of(example.layout().entries());
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
    replace_file(example.layout().entries(), changed);
    FolderSource source(example.path());
    const auto verdict = verify(source, {.objects = false});
    if (!verdict) {
      ASSERT_EQ(verdict.error().code, ErrorCode::newer) << at;
      continue;
    }
    ASSERT_GT(verdict->failures, 0U) << at;
  }
}

TEST(Tamper, EveryFlippedBitOfACheckpointIsFound) {
  const ExampleCase example;
  const std::string path = example.checkpoint_path("000000000008.note");
  const std::string text = contents_of(path);
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
    replace_file(path, changed);
    ASSERT_GT(example.verdict().failures, 0U) << at;
  }
}

}  // namespace
}  // namespace forensics::ledger
