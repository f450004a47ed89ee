// A change of keys: what holds, what is forged, and what a crash leaves.

#include <gtest/gtest.h>

#include <filesystem>

#include "../support/dying_files.hpp"
#include "fixture.hpp"

namespace forensics::ledger {
namespace {

SigningKey seeded(char fill) {
  return *SigningKey::from_seed(std::string(32, fill));
}

Result<Writer> open_writer(Files& files, const ExampleCase& example, int second = 40) {
  return Writer::open(files, example.path(), ticking_clock(second), example_session());
}

// Adds an entry as someone would who can write the files and not use the writer.
void forge_entry(const ExampleCase& example, std::string_view type, Json body) {
  auto lines = example.lines();
  Entry entry = *parse_entry(lines.back());
  entry.type = type;
  entry.body = std::move(body);
  lines.push_back(entry.line());
  example.write_chained(lines);
}

Json hand_over_to(const SigningKey& key) {
  Json body;
  body["new_key"] = key_json(key.public_key());
  return body;
}

// Writes the checkpoint of all entries, signed by these keys.
void sign_by(const ExampleCase& example, const std::vector<const SigningKey*>& keys) {
  const std::uint64_t size = example.lines().size();
  const Checkpoint checkpoint{example.origin(), size, example.root_at(size)};
  Note note{checkpoint.text(), {}};
  for (const SigningKey* key : keys)
    note.signatures.push_back(sign_note(note.text, example.origin(), *key).signatures[0]);
  replace_file(example.checkpoint_path(checkpoint_file_name(size)), note.encode());
}

TEST(KeyChange, TheNewKeySignsWhatFollows) {
  const ExampleCase example;
  const SigningKey old_key = example.key();
  {
    auto writer = open_writer(Files::system(), example);
    ASSERT_TRUE(writer->change_key("moved", seeded('\x04')));
    EXPECT_EQ(writer->signing_key(), seeded('\x04').public_key());
    ASSERT_TRUE(writer->append("assert", Json::object()));
    ASSERT_TRUE(writer->checkpoint());
  }
  EXPECT_EQ(example.key().public_key(), seeded('\x04').public_key()) << "the old one is gone";
  EXPECT_EQ(contents_of(example.layout().public_key()), seeded('\x04').public_key().pem());
  EXPECT_FALSE(exists(example.layout().next_key()));
  const Entry entry = *parse_entry(example.lines()[8]);
  EXPECT_EQ(entry.type, "key_rotate");
  EXPECT_EQ(entry.body.text("reason"), "moved");

  const std::string paper = old_key.public_key().fingerprint();
  EXPECT_EQ(example.codes({.key_fingerprint = paper}), "");
  const Verdict verdict = example.verdict();
  EXPECT_EQ(verdict.key_changes, 1U);
  EXPECT_EQ(verdict.key_fingerprint, paper);
  EXPECT_EQ(verdict.signing_key, seeded('\x04').public_key().fingerprint());
  EXPECT_EQ(example.codes({.key_fingerprint = seeded('\x04').public_key().fingerprint()}), "KEY");

  // A second change, then a reader and a writer that have to follow both.
  ASSERT_TRUE(open_writer(Files::system(), example, 50)->change_key("", seeded('\x05')));
  auto reader = Reader::open(example.path());
  ASSERT_TRUE(reader) << reader.error().text();
  std::size_t count = 0;
  for (;; ++count) {
    const auto next = reader->next();
    ASSERT_TRUE(next) << next.error().text();
    if (!*next) break;
  }
  EXPECT_EQ(count, example.lines().size());
  ASSERT_TRUE(open_writer(Files::system(), example, 55));
  EXPECT_EQ(example.codes(), "");
  EXPECT_EQ(example.verdict().key_changes, 2U);
  const auto keys = LogKeys::read(example.layout(), *read_identity(example.layout()));
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->at(8), old_key.public_key());
  EXPECT_EQ(keys->at(9), seeded('\x04').public_key());
  EXPECT_EQ(keys->at(10), seeded('\x04').public_key());
  EXPECT_EQ(keys->current(), seeded('\x05').public_key());
}

TEST(KeyChange, Case46WithoutTheOldKeyItIsForged) {
  const ExampleCase example;
  const SigningKey thief = seeded('\x09');
  forge_entry(example, "key_rotate", hand_over_to(thief));
  sign_by(example, {&thief});
  EXPECT_EQ(example.codes(), "KEY SIG TAIL");
  EXPECT_EQ(example.verdict().key_changes, 0U);
  // Nor does a signature of the old key over something else help.
  Note note = *parse_note(contents_of(example.checkpoint_path(checkpoint_file_name(9))));
  note.signatures.push_back(
      parse_note(contents_of(example.checkpoint_path(checkpoint_file_name(8))))->signatures[0]);
  replace_file(example.checkpoint_path(checkpoint_file_name(9)), note.encode());
  EXPECT_EQ(example.codes(), "KEY SIG TAIL");

  const auto writer = open_writer(Files::system(), example);
  ASSERT_FALSE(writer) << "nothing is written onto it";
  EXPECT_EQ(writer.error().code, ErrorCode::integrity);
  EXPECT_FALSE(Reader::open(example.path()));
}

TEST(KeyChange, Case46OverAnEntryThatWasRewritten) {
  // A real checkpoint of the old key over nine entries; the ninth is replaced by a change of keys.
  const ExampleCase example;
  const SigningKey thief = seeded('\x09');
  {
    auto writer = open_writer(Files::system(), example);
    ASSERT_TRUE(writer->append("assert", Json::object()));
    ASSERT_TRUE(writer->checkpoint());
  }
  const std::string path = example.checkpoint_path(checkpoint_file_name(9));
  Note note = *parse_note(contents_of(path));
  auto lines = example.lines();
  lines.pop_back();
  example.write_lines(lines);
  forge_entry(example, "key_rotate", hand_over_to(thief));
  note.signatures.push_back(sign_note(note.text, example.origin(), thief).signatures[0]);
  replace_file(path, note.encode());
  forge_entry(example, "assert", Json::object());
  sign_by(example, {&thief});
  EXPECT_EQ(example.codes(), "KEY ROOT SIG TAIL");
  EXPECT_FALSE(open_writer(Files::system(), example));
  EXPECT_FALSE(Reader::open(example.path()));
}

TEST(KeyChange, TheNewKeyHasToConsentToo) {
  const ExampleCase example;
  const SigningKey old_key = example.key();
  forge_entry(example, "key_rotate", hand_over_to(seeded('\x09')));
  sign_by(example, {&old_key});
  EXPECT_EQ(example.codes(), "KEY");
}

TEST(KeyChange, MalformedOrToTheSameKey) {
  const SigningKey old_key = ExampleCase().key();
  Json weak;
  weak["new_key"]["public"] = to_base64('\x01' + std::string(31, '\0'));
  weak["new_key"]["type"] = "ed25519";
  for (const Json& body : {Json::object(), hand_over_to(old_key), weak}) {
    const ExampleCase example;
    forge_entry(example, "key_rotate", body);
    sign_by(example, {&old_key});
    EXPECT_EQ(example.codes(), "KEY") << body.dump();
  }
}

TEST(KeyChange, AfterwardsTheOldKeyCountsNoMore) {
  const ExampleCase example;
  const SigningKey old_key = example.key();
  ASSERT_TRUE(open_writer(Files::system(), example)->change_key("", seeded('\x04')));
  EXPECT_EQ(example.codes(), "");
  forge_entry(example, "assert", Json::object());
  sign_by(example, {&old_key});
  EXPECT_EQ(example.codes(), "SIG TAIL");
}

TEST(KeyChange, WithoutACheckpointItDidNotHappen) {
  const ExampleCase example;
  forge_entry(example, "key_rotate", hand_over_to(seeded('\x09')));
  EXPECT_EQ(example.codes(), "TAIL") << "an entry that nobody signed";
  EXPECT_EQ(example.verdict().failures, 0U);
  auto writer = open_writer(Files::system(), example);
  ASSERT_TRUE(writer) << writer.error().text();
  EXPECT_GT(writer->recovered().moved_bytes, 0U);
  EXPECT_EQ(writer->signing_key(), example.key().public_key());
  EXPECT_EQ(example.codes(), "");
}

TEST(KeyChange, CannotBeAppendedByHand) {
  const ExampleCase example;
  auto writer = open_writer(Files::system(), example);
  const auto refused = writer->append("key_rotate", hand_over_to(seeded('\x09')));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
}

TEST(KeyChange, KilledAnywhereItHasHappenedOrNot) {
  int happened = 0;
  int not_happened = 0;
  for (int step = 0;; ++step) {
    const ExampleCase example;
    test::DyingFiles files(step);
    bool finished = false;
    if (auto writer = open_writer(files, example)) {
      finished = writer->change_key("", seeded('\x04')).has_value();
    }
    auto again = open_writer(Files::system(), example, 50);
    ASSERT_TRUE(again) << step << ": " << again.error().text();
    ASSERT_TRUE(again->append("assert", Json::object()));
    ASSERT_TRUE(again->checkpoint());
    const Verdict verdict = example.verdict();
    ASSERT_EQ(verdict.failures, 0U) << step;
    ASSERT_FALSE(exists(example.layout().next_key())) << step;
    ASSERT_EQ(verdict.signed_entries, verdict.entries) << step;
    ASSERT_EQ(verdict.signing_key, example.key().public_key().fingerprint()) << step;
    ++(verdict.key_changes == 1 ? happened : not_happened);
    if (finished) {
      ASSERT_EQ(verdict.key_changes, 1U) << step;
    }
    if (!files.died()) break;
  }
  EXPECT_GT(happened, 3);
  EXPECT_GT(not_happened, 10);
}

}  // namespace
}  // namespace forensics::ledger
