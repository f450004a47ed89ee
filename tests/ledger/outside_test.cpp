// Outside evidence: time-stamp tokens and cosignatures, and what is said where they are not what
// they should be. Numbers of cases are those of the table in docs/ledger.md section 9.3.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "authority.hpp"
#include "fixture.hpp"
#include "ledger/cosignature.hpp"
#include "ledger/outside_evidence.hpp"
#include "ledger/timestamp.hpp"
#include "ledger/witness.hpp"

namespace forensics::ledger {
namespace {

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

class Outside : public ::testing::Test {
 protected:
  ExampleCase example;
  TempFolder elsewhere;

  Authorities trust(const TestAuthority& authority) {
    const std::string path = elsewhere.path() + "/ca.pem";
    replace_file(path, authority.ca_pem());
    auto loaded = Authorities::load(path);
    EXPECT_TRUE(loaded);
    return *loaded;
  }

  std::string checkpoint(std::uint64_t size) const {
    return contents_of(example.checkpoint_path(checkpoint_file_name(size)));
  }

  void put(const EvidenceKind& kind, std::uint64_t size, ByteView bytes,
           std::uint64_t number = 1) const {
    const std::string folder = example.layout().folder() + '/' + std::string(kind.folder);
    ASSERT_TRUE(Files::system().make_directory(folder));
    replace_file(folder + '/' + evidence_file_name(kind, size, number), bytes);
  }

  std::string file(const EvidenceKind& kind, std::uint64_t size) const {
    return example.layout().folder() + '/' + std::string(kind.folder) + '/' +
           evidence_file_name(kind, size, 1);
  }

  static Json anchor_in(const EvidenceKind& kind, std::uint64_t size, ByteView bytes) {
    Json body;
    body["file"] = std::string(kind.folder) + '/' + evidence_file_name(kind, size, 1);
    body["kind"] = kind.name;
    body["sha256"] = to_hex(view(Sha256::of(bytes)));
    body["size"] = size;
    return body;
  }

  void append(std::string_view type, Json body) const {
    auto writer =
        Writer::open(Files::system(), example.path(), ticking_clock(40), example_session());
    ASSERT_TRUE(writer) << writer.error().text();
    ASSERT_TRUE(writer->append(type, std::move(body)));
    ASSERT_TRUE(writer->checkpoint());
  }

  // Puts the evidence into the case as `forensics anchor add` does.
  void take_in(const EvidenceKind& kind, std::uint64_t size, ByteView bytes) const {
    put(kind, size, bytes);
    append(entry_type::kAnchorIn, anchor_in(kind, size, bytes));
  }

  void rewrite_with_the_stolen_key() const {
    auto lines = example.lines();
    lines[2] = with(lines[2], "noir", "vert");
    example.write_chained(lines);
    example.sign_again(example.key());
  }

  std::string stamp(const TestAuthority& authority, std::uint64_t size,
                    std::time_t time = kCaseTime + 60) const {
    return authority.answer(timestamp_request(checkpoint(size)), time);
  }
};

TEST_F(Outside, AGoodTokenBracketsTheEntriesInTime) {
  const TestAuthority authority;
  take_in(kTokens, 8, stamp(authority, 8));
  append("assert", Json::object());
  const VerifyOptions options{.authorities = trust(authority)};
  EXPECT_EQ(example.codes(options), "");
  const Verdict verdict = example.verdict(options);
  EXPECT_EQ(verdict.tokens, 1U);
  EXPECT_EQ(verdict.unchecked_tokens, 0U);
  ASSERT_EQ(verdict.stamps.size(), 1U);
  EXPECT_EQ(verdict.stamps[0].time.text, "2026-01-02T03:05:05Z");
  EXPECT_EQ(verdict.stamps[0].time.seconds, kCaseTime + 60);
  EXPECT_EQ(verdict.stamps[0].recorded, 8U);

  const auto bounds = [&](std::uint64_t seq) {
    const TimeBracket bracket = bracket_of(verdict.stamps, seq);
    return std::pair(bracket.not_before != nullptr, bracket.not_after != nullptr);
  };
  EXPECT_EQ(bounds(0), std::pair(false, true));
  EXPECT_EQ(bounds(7), std::pair(false, true));
  EXPECT_EQ(bounds(8), std::pair(false, false)) << "the entry that names the token";
  EXPECT_EQ(bounds(9), std::pair(true, false));
}

TEST_F(Outside, TheTighterOfTwoTokensCounts) {
  std::vector<Stamp> stamps{{5, {100, ""}, 8}, {8, {200, ""}, 9}, {8, {150, ""}, {}}};
  EXPECT_EQ(bracket_of(stamps, 3).not_after->time.seconds, 100);
  EXPECT_EQ(bracket_of(stamps, 6).not_after->time.seconds, 150);
  EXPECT_EQ(bracket_of(stamps, 9).not_before->time.seconds, 100);
  EXPECT_EQ(bracket_of(stamps, 10).not_before->time.seconds, 200);
}

TEST_F(Outside, WithoutACaTokensAreNotCheckedAndThisIsSaid) {
  take_in(kTokens, 8, "no token at all");
  const VerifyOptions options;
  EXPECT_EQ(example.codes(options), "");
  const Verdict verdict = example.verdict(options);
  EXPECT_EQ(verdict.tokens, 0U);
  EXPECT_EQ(verdict.unchecked_tokens, 1U);
  const auto limits = limits_of(verdict, options);
  EXPECT_TRUE(std::any_of(limits.begin(), limits.end(), [](const std::string& text) {
    return text.starts_with("1 time-stamp tokens were not checked");
  }));
}

TEST_F(Outside, Case07RewriteWithTheStolenKeyAndKeepTheToken) {
  const TestAuthority authority;
  take_in(kTokens, 8, stamp(authority, 8));
  rewrite_with_the_stolen_key();
  EXPECT_EQ(example.codes({.authorities = trust(authority)}), "TS");
  EXPECT_TRUE(example.verdict({.authorities = trust(authority)}).stamps.empty());
  EXPECT_EQ(example.codes(), "") << "a limit: no CA was given";
}

TEST_F(Outside, Case08AndRemoveTheToken) {
  const TestAuthority authority;
  take_in(kTokens, 8, stamp(authority, 8));
  rewrite_with_the_stolen_key();
  std::filesystem::remove(file(kTokens, 8));
  EXPECT_EQ(example.codes(), "TS-MISSING");
  EXPECT_EQ(example.verdict().failures, 0U);
  auto lines = example.lines();
  lines.pop_back();  // the entry that speaks of it
  example.write_chained(lines);
  std::filesystem::remove(example.checkpoint_path(checkpoint_file_name(9)));
  EXPECT_EQ(example.codes(), "") << "a limit: neither policy nor CA asks for a token";
  EXPECT_EQ(example.codes({.authorities = trust(authority)}), "TS-MISSING");
}

TEST_F(Outside, APolicyThatAsksForTokensMissesThem) {
  const TempFolder folder;
  Genesis genesis = example_genesis();
  genesis.policy["tokens"] = true;
  ASSERT_TRUE(create(Files::system(), folder.path(), genesis, ticking_clock(), fixed_secrets()));
  FolderSource source(folder.path());
  const auto verdict = verify(source, {});
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->has("TS-MISSING"));
  EXPECT_EQ(verdict->failures, 0U);
}

TEST_F(Outside, Case27TokenOfAnotherCheckpoint) {
  const TestAuthority authority;
  take_in(kTokens, 5, stamp(authority, 8));
  EXPECT_EQ(example.codes({.authorities = trust(authority)}), "TS");
}

TEST_F(Outside, Case28TokenOfAnUntrustedAuthority) {
  const TestAuthority authority;
  const TestAuthority other;
  take_in(kTokens, 8, stamp(other, 8));
  EXPECT_EQ(example.codes({.authorities = trust(authority)}), "TS");
  EXPECT_EQ(example.codes({.authorities = trust(other)}), "");
}

TEST_F(Outside, Case48ATokenOutlivesItsAuthority) {
  // Expired long before this test runs; good when it stamped.
  const std::time_t then = 1'000'000'000;
  const TestAuthority authority(then - kDay, then + kDay);
  take_in(kTokens, 8, stamp(authority, 8, then));
  EXPECT_EQ(example.codes({.authorities = trust(authority)}), "");
  EXPECT_EQ(example.verdict({.authorities = trust(authority)}).tokens, 1U);
}

TEST_F(Outside, ATokenGivenOutsideTheLifeOfItsCertificateIsNotGood) {
  const TestAuthority authority;
  take_in(kTokens, 8, stamp(authority, 8, kCaseTime + 101 * kDay));
  EXPECT_EQ(example.codes({.authorities = trust(authority)}), "TS");
  const TestAuthority later(kCaseTime + kDay, kCaseTime + 2 * kDay);
  put(kTokens, 8, stamp(later, 8, kCaseTime));
  EXPECT_TRUE(example.verdict({.authorities = trust(later)}).has("TS"));
}

TEST_F(Outside, FilesThatAreNotWhatTheLedgerSpeaksOf) {
  const TestAuthority authority;
  const VerifyOptions trusting{.authorities = trust(authority)};
  put(kTokens, 8, stamp(authority, 8));
  EXPECT_EQ(example.codes(trusting), "EXTRA") << "nobody speaks of it, though it is good";
  EXPECT_EQ(example.verdict(trusting).tokens, 1U);
  EXPECT_FALSE(example.verdict(trusting).stamps[0].recorded);

  append(entry_type::kAnchorIn, anchor_in(kTokens, 8, "other bytes"));
  EXPECT_EQ(example.codes(), "TS");

  const ExampleCase fresh;
  const std::string folder = fresh.layout().tokens();
  ASSERT_TRUE(Files::system().make_directory(folder));
  for (const char* name :
       {"latest.tsr", "8-1.tsr", "000000000008-01.tsr", "000000000008-0.tsr", "000000000008.tsr",
        "000000000008-1.note", "000000000008-1000000.tsr", "000000000008-1.tsr.tmp"}) {
    replace_file(folder + '/' + name, "x");
    EXPECT_EQ(fresh.codes(), "EXTRA") << name;
    std::filesystem::remove(folder + '/' + name);
  }
  replace_file(folder + "/000000000007-1.tsr", "x");
  EXPECT_EQ(fresh.codes(), "EXTRA TS") << "no checkpoint of this size";
}

TEST_F(Outside, WhatIsNoToken) {
  const TestAuthority authority;
  const VerifyOptions trusting{.authorities = trust(authority)};
  const std::string good = stamp(authority, 8);
  for (const std::string& bytes : {std::string(), std::string("x"), good.substr(0, good.size() / 2),
                                   std::string(kMaxToken + 1, '0'), std::string(3000, '\x30')}) {
    put(kTokens, 8, bytes);
    EXPECT_EQ(example.codes(trusting), "EXTRA TS") << bytes.size();
  }
  std::filesystem::remove(file(kTokens, 8));
  std::filesystem::create_symlink(example.layout().entries(), file(kTokens, 8));
  EXPECT_EQ(example.codes(trusting), "EXTRA TS");
}

TEST_F(Outside, EveryDamagedTokenIsRefusedOrMeansTheSame) {
  const TestAuthority authority;
  const Authorities trusted = trust(authority);
  const std::string good = stamp(authority, 8);
  const std::string covered = checkpoint(8);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bytes = good;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
    const auto token = Token::parse(bytes);
    if (!token || !token->covers(covered) || !token->check_signature(trusted)) continue;
    // The status, and certificates that the chain does not need, are not signed.
    EXPECT_EQ(token->time().seconds, kCaseTime + 60) << at;
  }
}

TEST_F(Outside, MalformedStatementsOfEvidence) {
  const auto damaged = [&](std::string_view key, Json value) {
    const ExampleCase fresh;
    Json body = anchor_in(kTokens, 8, "x");
    body[key] = std::move(value);
    auto writer = Writer::open(Files::system(), fresh.path(), ticking_clock(40), example_session());
    EXPECT_TRUE(writer->append(entry_type::kAnchorIn, std::move(body)));
    EXPECT_TRUE(writer->checkpoint());
    return fresh.codes();
  };
  EXPECT_EQ(damaged("file", "tokens/000000000008-1.tsr"), "TS-MISSING")
      << "this one is well-formed";
  EXPECT_EQ(damaged("file", "../../etc/passwd"), "ENTRY");
  EXPECT_EQ(damaged("file", "tokens/../000000000008-1.tsr"), "ENTRY");
  EXPECT_EQ(damaged("file", "cosignatures/000000000008-1.note"), "ENTRY");
  EXPECT_EQ(damaged("file", Json()), "ENTRY");
  EXPECT_EQ(damaged("size", 5), "ENTRY");
  EXPECT_EQ(damaged("size", -1), "ENTRY");
  EXPECT_EQ(damaged("size", "8"), "ENTRY");
  EXPECT_EQ(damaged("sha256", "00"), "ENTRY");
  EXPECT_EQ(damaged("kind", "cosignature"), "ENTRY");
  EXPECT_EQ(damaged("kind", "telegram"), "") << "a kind of a later version";
}

TEST_F(Outside, AnEntryCannotSpeakOfACheckpointAfterIt) {
  append("assert", Json::object());
  append("assert", Json::object());
  auto lines = example.lines();
  Entry entry = *parse_entry(lines[8]);
  entry.type = "anchor_in";
  entry.body = anchor_in(kTokens, 10, "x");
  lines[8] = entry.line();
  example.write_chained(lines);
  example.sign_again(example.key());
  EXPECT_EQ(example.codes(), "ENTRY");
}

// ---- cosignatures ----

WitnessBook test_witness(char fill = '\x03') {
  return *WitnessBook::create("witness.example/lab", *SigningKey::from_seed(std::string(32, fill)));
}

TEST_F(Outside, AGoodCosignatureIsAnAnchor) {
  WitnessBook book = test_witness();
  const auto note = book.cosign(example.path(), kCaseTime + 60);
  ASSERT_TRUE(note) << note.error().text();
  take_in(kCosignatures, 8, note->encode());
  const VerifyOptions options{.witnesses = {book.witness()}};
  EXPECT_EQ(example.codes(options), "");
  const Verdict verdict = example.verdict(options);
  EXPECT_EQ(verdict.cosignatures, 1U);
  for (const std::string& limit : limits_of(verdict, options))
    EXPECT_FALSE(limit.starts_with("No anchor was checked"));
  const CosignatureCheck check = check_cosignature(*note, book.witness());
  EXPECT_EQ(check.state, SignatureState::good);
  EXPECT_EQ(check.time, static_cast<std::uint64_t>(kCaseTime + 60));

  rewrite_with_the_stolen_key();
  EXPECT_EQ(example.codes(options), "WITNESS");
  EXPECT_EQ(example.codes(), "") << "a limit: no witness is known";
  EXPECT_EQ(example.verdict().unchecked_cosignatures, 1U);
}

TEST_F(Outside, CosignaturesThatAreNotGood) {
  WitnessBook book = test_witness();
  const std::string good = book.cosign(example.path(), kCaseTime)->encode();
  const VerifyOptions knowing{.witnesses = {book.witness()}};
  const auto found = [&](std::uint64_t size, const std::string& bytes) {
    std::filesystem::remove_all(example.layout().cosignatures());
    put(kCosignatures, size, bytes);
    return example.codes(knowing);
  };
  EXPECT_EQ(found(8, good), "EXTRA") << "nobody speaks of it, though it is good";
  EXPECT_EQ(found(5, good), "EXTRA WITNESS WITNESS-MISSING") << "named after another size";
  EXPECT_EQ(found(8, "x"), "EXTRA WITNESS WITNESS-MISSING");
  EXPECT_EQ(found(8, with(good, "\n8\n", "\n7\n")), "EXTRA WITNESS WITNESS-MISSING");
  EXPECT_EQ(found(8, with(good, "0001\n8", "0002\n8")), "EXTRA WITNESS WITNESS-MISSING");
  const SigningKey key = *SigningKey::from_seed(std::string(32, '\x03'));
  Note later = *parse_note(good);
  later.signatures[0].signature[7] ^= 1;
  EXPECT_EQ(found(8, later.encode()), "EXTRA WITNESS WITNESS-MISSING") << "another time";
  Note plain = *parse_note(good);
  plain.signatures[0].signature = key.sign(plain.text);
  EXPECT_EQ(found(8, plain.encode()), "EXTRA WITNESS WITNESS-MISSING") << "a note signature";
  Note foreign = *parse_note(good);
  foreign.signatures = {cosign(foreign.text, "other.example", key, kCaseTime)};
  EXPECT_EQ(found(8, foreign.encode()), "EXTRA WITNESS-MISSING") << "of nobody that is known";
}

TEST_F(Outside, RecordedCosignaturesThatAreGoneOrChanged) {
  WitnessBook book = test_witness();
  const std::string good = book.cosign(example.path(), kCaseTime)->encode();
  take_in(kCosignatures, 8, good);
  put(kCosignatures, 8, book.cosign(example.path(), kCaseTime + 1)->encode());
  EXPECT_EQ(example.codes(), "WITNESS");
  std::filesystem::remove(file(kCosignatures, 8));
  EXPECT_EQ(example.codes(), "WITNESS-MISSING");
  EXPECT_EQ(example.verdict().failures, 0U);
}

TEST_F(Outside, Case47AWitnessRefusesAnotherHistory) {
  WitnessBook book = test_witness();
  ASSERT_TRUE(book.cosign(example.path(), kCaseTime));
  append("assert", Json::object());
  ASSERT_TRUE(book.cosign(example.path(), kCaseTime)) << "it grew";
  ASSERT_TRUE(book.cosign(example.path(), kCaseTime)) << "nothing new";
  rewrite_with_the_stolen_key();
  append("assert", Json::object());
  const auto refused = book.cosign(example.path(), kCaseTime);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::integrity);
  EXPECT_NE(refused.error().message.find("are not those"), std::string::npos);
}

TEST_F(Outside, AWitnessRefusesToGoBack) {
  WitnessBook book = test_witness();
  ASSERT_TRUE(book.cosign(example.path(), kCaseTime));
  auto lines = example.lines();
  lines.resize(5);
  example.write_lines(lines);
  std::filesystem::remove(example.checkpoint_path(checkpoint_file_name(8)));
  const auto refused = book.cosign(example.path(), kCaseTime);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("has seen 8"), std::string::npos);
}

TEST_F(Outside, AWitnessRefusesAnotherKeyAndAForgedCheckpoint) {
  WitnessBook book = test_witness();
  ASSERT_TRUE(book.cosign(example.path(), kCaseTime));
  const ExampleCase other('\x09');
  EXPECT_FALSE(book.cosign(other.path(), kCaseTime)) << "of the same origin";
  example.sign_again(*SigningKey::from_seed(std::string(32, '\x09')));
  EXPECT_FALSE(book.cosign(example.path(), kCaseTime));
  WitnessBook fresh = test_witness();
  EXPECT_FALSE(fresh.cosign(example.path(), kCaseTime)) << "even at first sight";
}

TEST_F(Outside, AWitnessFollowsAChangeOfKeys) {
  WitnessBook book = test_witness();
  ASSERT_TRUE(book.cosign(example.path(), kCaseTime));
  auto writer = Writer::open(Files::system(), example.path(), ticking_clock(40), example_session());
  ASSERT_TRUE(writer->change_key(""));
  ASSERT_TRUE(writer->append("assert", Json::object()));
  ASSERT_TRUE(writer->checkpoint());
  EXPECT_TRUE(book.cosign(example.path(), kCaseTime));
}

TEST_F(Outside, AWitnessRemembersInAFile) {
  const std::string path = elsewhere.path() + "/state";
  {
    WitnessBook book = test_witness();
    ASSERT_TRUE(book.cosign(example.path(), kCaseTime));
    ASSERT_TRUE(book.store(Files::system(), path));
  }
  rewrite_with_the_stolen_key();
  auto book = WitnessBook::load(path);
  ASSERT_TRUE(book) << book.error().text();
  EXPECT_EQ(book->witness().verifier_key(), test_witness().witness().verifier_key());
  EXPECT_FALSE(book->cosign(example.path(), kCaseTime));
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);

  const std::string text = contents_of(path);
  for (const std::string& bad :
       {std::string(), std::string("{}"), text.substr(0, text.size() / 2),
        with(text, "PRIVATE", "PUBLIC"), with(text, "\"size\":8", "\"size\":0")}) {
    replace_file(path, bad);
    const auto refused = WitnessBook::load(path);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
  }
  EXPECT_FALSE(WitnessBook::create("two words"));
}

TEST(VerifierKey, IsReadStrictly) {
  const std::string good = test_witness().witness().verifier_key();
  const auto again = Witness::parse(good);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->verifier_key(), good);
  for (const std::string& bad : {std::string(), std::string("a+b"), with(good, "lab+", "lac+"),
                                 good + "=", good.substr(1), with(good, "+B", "+A")})
    EXPECT_FALSE(Witness::parse(bad)) << bad;
}

}  // namespace
}  // namespace forensics::ledger
