// Proof files and record files: what a third party gets, and what it cannot be made to believe.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "fixture.hpp"
#include "ledger/proof.hpp"
#include "ledger/proof_path.hpp"
#include "ledger/record_files.hpp"

namespace forensics::ledger {
namespace {

constexpr std::uint64_t kDerive = 5;  // of the example's entries

std::string codes_of(const ProofCheck& check) {
  std::vector<std::string> codes;
  for (const Finding& finding : check.findings) codes.push_back(finding.code);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  std::string out;
  for (const std::string& code : codes) out += (out.empty() ? "" : " ") + code;
  return out;
}

std::string codes_of(const Proof& proof, const ProofOptions& options = {}) {
  return codes_of(check_proof(proof.encode(), options));
}

Proof record_proof(const ExampleCase& example, std::uint64_t index) {
  Proof proof = *prove_entry(example.path(), kDerive);
  PathCollector path = PathCollector::inclusion(index, example.records.size());
  for (const std::string& line : example.records) path.append(leaf_hash(line));
  proof.record = Proof::Record{index, example.records[index], path.hashes()};
  return proof;
}

TEST(ProofFile, OfEveryEntryHolds) {
  const ExampleCase example;
  const std::string paper = example.key().public_key().fingerprint();
  for (std::uint64_t seq = 0; seq < ExampleCase::kEntries; ++seq) {
    const auto proof = prove_entry(example.path(), seq);
    ASSERT_TRUE(proof);
    const ProofCheck check = check_proof(
        proof->encode(), {.key_fingerprint = paper, .anchors = {{8, example.root_at(8)}}});
    EXPECT_EQ(codes_of(check), "") << seq;
    EXPECT_TRUE(check.key_confirmed);
    EXPECT_EQ(check.entry->seq, seq);
    EXPECT_EQ(check.checkpoint->size, 8U);
    EXPECT_EQ(check.anchors, 1U);
  }
  EXPECT_EQ(prove_entry(example.path(), 8).error().code, ErrorCode::usage);
}

TEST(ProofFile, OfEveryRecordHolds) {
  const ExampleCase example;
  for (std::uint64_t index = 0; index < example.records.size(); ++index) {
    const ProofCheck check = check_proof(record_proof(example, index).encode(), {});
    EXPECT_EQ(codes_of(check), "KEY-UNCONFIRMED") << index;
    EXPECT_TRUE(check.fits());
    EXPECT_EQ(check.record->line, example.records[index]);
    EXPECT_FALSE(check.key_confirmed);
  }
}

TEST(ProofFile, ItsLastPartIsATlogProof) {
  const ExampleCase example;
  const std::string file = prove_entry(example.path(), 2)->encode();
  const std::string tlog = file.substr(file.find("c2sp.org/"));
  EXPECT_TRUE(tlog.starts_with("c2sp.org/tlog-proof@v1\nindex 2\n"));
  EXPECT_TRUE(tlog.ends_with("\n\n" + contents_of(example.checkpoint_path("000000000008.note"))));
}

TEST(ProofFile, Case44WrongIndexSizeOrHash) {
  const ExampleCase example;
  const Proof good = record_proof(example, 1);
  const auto found = [&](auto damage) {
    Proof bad = good;
    damage(bad);
    return codes_of(bad);
  };
  EXPECT_EQ(found([](Proof& p) { p.index = 4; }), "PROOF SEQ");
  EXPECT_EQ(found([](Proof& p) { p.index = 8; }), "PROOF SEQ");
  EXPECT_EQ(found([](Proof& p) { p.path.pop_back(); }), "PROOF");
  EXPECT_EQ(found([](Proof& p) { p.path.push_back(p.path[0]); }), "PROOF");
  EXPECT_EQ(found([](Proof& p) { p.path[1][7] ^= 1U; }), "PROOF");
  EXPECT_EQ(found([](Proof& p) { p.record->index = 0; }), "PROOF");
  EXPECT_EQ(found([](Proof& p) { p.record->index = 3; }), "PROOF");
  EXPECT_EQ(found([](Proof& p) { p.record->line += ' '; }), "PROOF");
  EXPECT_EQ(found([](Proof& p) { p.record->path.clear(); }), "PROOF");
  EXPECT_EQ(found([&](Proof& p) {
              p.checkpoint = contents_of(example.checkpoint_path("000000000005.note"));
            }),
            "PROOF");
  EXPECT_EQ(found([](Proof& p) { p.entry += ' '; }), "CANON PROOF");
  EXPECT_EQ(found([](Proof& p) { p.entry = "{}"; }), "ENTRY PROOF");
  EXPECT_EQ(found([](Proof& p) { p.checkpoint = "x"; }), "SIG");
  EXPECT_EQ(found([](Proof& p) { p.key = SigningKey::generate().public_key(); }), "SIG");
}

// Anybody can make a ledger of one entry, sign it with a key of their own, and prove it.
TEST(ProofFile, ByAKeyThatNobodyKnows) {
  const ExampleCase example;
  const SigningKey own = *SigningKey::from_seed(std::string(32, '\x09'));
  const auto forged = [&](Entry entry) {
    Proof proof{own.public_key(), {}, entry.line(), entry.seq, {}, ""};
    const Checkpoint checkpoint{example.origin(), 1, leaf_hash(proof.entry)};
    proof.checkpoint = sign_note(checkpoint.text(), checkpoint.origin, own).encode();
    return proof;
  };
  Entry derive = *parse_entry(example.lines()[kDerive]);
  derive.seq = 0;
  derive.prev = {};
  EXPECT_EQ(codes_of(forged(derive)), "ENTRY") << "the first entry of a ledger is a genesis";
  Entry genesis = *parse_entry(example.lines()[0]);
  EXPECT_EQ(codes_of(forged(genesis)), "KEY") << "which names the key";
  genesis.body["log_key"] = key_json(own.public_key());
  EXPECT_EQ(codes_of(forged(genesis)), "KEY-UNCONFIRMED");
  EXPECT_EQ(
      codes_of(forged(genesis), {.key_fingerprint = example.key().public_key().fingerprint()}),
      "KEY");
  genesis.body["case_uuid"] = "00000000-0000-4000-8000-000000000002";
  genesis.body["origin"] = "urn:uuid:00000000-0000-4000-8000-000000000002";
  EXPECT_EQ(codes_of(forged(genesis)), "ORIGIN");
}

TEST(ProofFile, OfEntry0AfterAChangeOfKeys) {
  const ExampleCase example;
  const std::string paper = example.key().public_key().fingerprint();
  {
    auto writer =
        Writer::open(Files::system(), example.path(), ticking_clock(40), example_session());
    ASSERT_TRUE(writer->change_key("", *SigningKey::from_seed(std::string(32, '\x04'))));
  }
  EXPECT_EQ(codes_of(*prove_entry(example.path(), 0), {.key_fingerprint = paper}), "");
  EXPECT_EQ(codes_of(*prove_entry(example.path(), 1), {.key_fingerprint = paper}), "KEY");
}

TEST(ProofFile, OfAnEntryWithoutRecords) {
  const ExampleCase example;
  Proof proof = *prove_entry(example.path(), 2);
  proof.record = Proof::Record{0, example.records[0], {}};
  EXPECT_EQ(codes_of(proof), "PROOF");
}

TEST(ProofFile, KeyAndAnchorFromOutside) {
  const ExampleCase example;
  const Proof proof = *prove_entry(example.path(), 2);
  EXPECT_EQ(codes_of(proof, {.key_fingerprint = "00"}), "KEY");
  EXPECT_EQ(codes_of(proof, {.anchors = {{8, leaf_hash("x")}}}), "ANCHOR");
  EXPECT_EQ(codes_of(proof, {.anchors = {{5, leaf_hash("x")}}}), "KEY-UNCONFIRMED")
      << "of another size";
  EXPECT_EQ(codes_of(proof, {.anchors = {{8, example.root_at(8)}}}), "") << "whatever the key";
}

TEST(ProofFile, EveryFlippedBitIsFound) {
  const ExampleCase example;
  for (const std::string& file :
       {record_proof(example, 1).encode(), prove_consistency(example.path(), 5)->encode()}) {
    ASSERT_TRUE(check_proof(file, {}).fits());
    for (std::size_t at = 0; at < file.size(); ++at) {
      std::string bad = file;
      bad[at] = static_cast<char>(bad[at] ^ (1 << at % 8));
      ASSERT_FALSE(check_proof(bad, {}).fits()) << at << ": " << bad;
    }
    for (std::size_t size = 0; size < file.size(); ++size)
      ASSERT_FALSE(check_proof(file.substr(0, size), {}).fits()) << size;
  }
}

TEST(ProofFile, FormsThatAreRefused) {
  const ExampleCase example;
  const std::string good = record_proof(example, 1).encode();
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  const std::string hash = to_base64(view(leaf_hash("x"))) + "\n";
  std::string many;
  for (int i = 0; i < 65; ++i) many += "path " + hash;
  for (const std::string& bad :
       {with("proof/1", "proof/2"), with("\nindex", "\nextra eA==\nindex"),
        with("index 5", "index 05"), with("index 5", "index 99999999999999999999"),
        with("record 1 ", "record 1"), with("record 1 {", "record 1 redacted:{"),
        with("path ", many + "path "), with("key ", "key =")})
    EXPECT_EQ(codes_of(check_proof(bad, {})), "PROOF") << bad;
}

TEST(ConsistencyFile, OfEveryPairHoldsAndNoOther) {
  const ExampleCase example;
  for (const std::uint64_t size : {1U, 5U, 8U})
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      const auto proof = prove_consistency(example.path(), old_size, size);
      ASSERT_TRUE(proof) << proof.error().text();
      const ProofCheck check =
          check_proof(proof->encode(), {.anchors = {{old_size, example.root_at(old_size)}}});
      // An anchor of the old size says nothing of what came to it.
      EXPECT_EQ(codes_of(check), old_size == size ? "" : "KEY-UNCONFIRMED")
          << old_size << " to " << size;
      EXPECT_EQ(check.anchors, 1U);
      ConsistencyProof other = *proof;
      other.old_root = leaf_hash("x");
      EXPECT_EQ(codes_of(check_proof(other.encode(), {})), "PROOF");
      EXPECT_EQ(codes_of(check_proof(proof->encode(), {.anchors = {{old_size, leaf_hash("x")}}})),
                "ANCHOR");
    }
  EXPECT_FALSE(prove_consistency(example.path(), 0, 8));
  EXPECT_FALSE(prove_consistency(example.path(), 5, 1));
  EXPECT_FALSE(prove_consistency(example.path(), 9));
  EXPECT_FALSE(prove_consistency(example.path(), 1, 6)) << "there is no checkpoint of this size";
}

TEST(ProofFile, NoneIsMadeOfATamperedLedger) {
  const ExampleCase example;
  auto lines = example.lines();
  lines[6].replace(lines[6].find("report"), 6, "export");
  example.write_lines(lines);
  EXPECT_EQ(prove_entry(example.path(), 2).error().code, ErrorCode::integrity);
  EXPECT_EQ(prove_consistency(example.path(), 1).error().code, ErrorCode::integrity);
}

// ---- record files ----

class RecordFile : public ::testing::Test {
 protected:
  ExampleCase example;

  std::string codes(const std::string& text, const std::string& name = "000000000005.jsonl") const {
    std::filesystem::remove_all(example.layout().records());
    EXPECT_TRUE(Files::system().make_directory(example.layout().records()));
    replace_file(example.layout().records() + '/' + name, text);
    return codes_there();
  }

  std::string codes_there() const {
    FolderSource source(example.path());
    const auto verdict = verify(source, {});
    std::string out;
    for (const auto& [code, count] : verdict->found) out += (out.empty() ? "" : " ") + code;
    return out;
  }

  std::string text() const {
    std::string out;
    for (const std::string& line : example.records) out += line + '\n';
    return out;
  }
};

TEST_F(RecordFile, GivesTheTreeOfItsEntry) {
  EXPECT_EQ(codes(text()), "");
  FolderSource source(example.path());
  const auto verdict = verify(source, {});
  EXPECT_EQ(verdict->record_trees, 1U);
  EXPECT_EQ(verdict->records, 3U);
  EXPECT_EQ(verdict->unchecked_record_trees, 0U);
  std::filesystem::remove_all(example.layout().records());
  FolderSource without(example.path());
  EXPECT_EQ(verify(without, {})->unchecked_record_trees, 1U);
}

TEST_F(RecordFile, RedactedHonestlyOrNot) {
  const auto& lines = example.records;
  EXPECT_EQ(codes(lines[0] + '\n' + redacted_form(lines[1]) + '\n' + lines[2] + '\n'), "");
  EXPECT_EQ(codes(lines[0] + '\n' + redacted_form("x") + '\n' + lines[2] + '\n'), "RECORDS");
  EXPECT_EQ(codes(lines[0] + '\n' + redacted_form(lines[1]) + " \n" + lines[2] + '\n'), "RECORDS");
  EXPECT_EQ(codes(lines[0] + "\nredacted:\n" + lines[2] + '\n'), "RECORDS");
  std::string upper = redacted_form(lines[1]);
  std::transform(upper.begin() + 9, upper.end(), upper.begin() + 9,
                 [](char c) { return static_cast<char>(c >= 'a' ? c - 32 : c); });
  EXPECT_EQ(codes(lines[0] + '\n' + upper + '\n' + lines[2] + '\n'), "RECORDS");
  const Digest inner = node_hash(leaf_hash(lines[0]), leaf_hash(lines[1]));
  EXPECT_EQ(codes("redacted:" + to_hex(view(inner)) + '\n' + lines[2] + '\n'), "RECORDS")
      << "an inner node keeps the root; the count tells";
}

TEST_F(RecordFile, OtherFormsAreRecords) {
  const std::string good = text();
  EXPECT_EQ(codes(good.substr(0, good.size() - 1)), "RECORDS") << "the last line has no end";
  EXPECT_EQ(codes(good + '\n'), "RECORDS") << "an empty line is one";
  EXPECT_EQ(codes(""), "RECORDS");
  EXPECT_EQ(codes(good + example.records[0] + '\n'), "RECORDS");
  codes(good);
  const std::string path = example.layout().records() + "/000000000005.jsonl";
  std::filesystem::rename(path, example.path() + "/aside");
  std::filesystem::create_symlink(example.path() + "/aside", path);
  EXPECT_EQ(codes_there(), "RECORDS") << "a link";
}

TEST_F(RecordFile, OfNoEntryIsExtra) {
  for (const char* name : {"000000000004.jsonl", "000000000099.jsonl", "5.jsonl",
                           "000000000005.json", "000000000005.jsonl.tmp", "readme.txt"})
    EXPECT_EQ(codes(text(), name), "EXTRA") << name;
}

TEST(RecordLines, AreHashedTheSameInPiecesOfAnySize) {
  const std::string lines[] = {"", std::string(200, 'x'), redacted_form("y"), "redacte", "z"};
  std::string text;
  RecordTree tree;
  for (const std::string& line : lines) {
    text += line + '\n';
    tree.add_leaf(*disclosed_leaf(line));
  }
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    RecordLines reader;
    for (std::size_t at = 0; at < text.size(); at += piece)
      ASSERT_TRUE(reader.add(ByteView(text).substr(at, piece)));
    ASSERT_EQ(*reader.finish(), tree.summary()) << piece;
  }
}

// ---- why a record has a salt ----

std::string line_of(int pin, std::string_view salt) {
  char text[8];
  std::snprintf(text, sizeof text, "%04d", pin);
  return R"({"kind":"message",)" + (salt.empty() ? "" : R"("salt":")" + std::string(salt) + "\",") +
         R"("text":")" + text + "\"}";
}

// Every text that hashes to the leaf, by someone who knows all of the line but the four digits and
// thinks that the salt is this.
int guesses(const Digest& leaf, std::string_view salt) {
  int found = 0;
  for (int pin = 0; pin < 10'000; ++pin) found += leaf_hash(line_of(pin, salt)) == leaf ? 1 : 0;
  return found;
}

TEST(Salt, Case49FourDigitsCannotBeGuessedFromARedactedLeaf) {
  EXPECT_EQ(guesses(leaf_hash(line_of(4711, "")), ""), 1) << "without a salt they can";

  SaltKey key = *SaltKey::from_bytes(std::string(32, '\x02'));
  const auto salt_of = [&](std::uint64_t index) {
    const Salt salt = key.salt(view(Sha256::of("the artifact")), index);
    return to_hex({reinterpret_cast<const char*>(salt.data()), salt.size()});
  };
  const std::string redacted = redacted_form(line_of(4711, salt_of(7)));
  const Digest leaf = *disclosed_leaf(redacted);
  EXPECT_EQ(guesses(leaf, ""), 0);
  EXPECT_EQ(guesses(leaf, std::string(32, '0')), 0);
  EXPECT_EQ(guesses(leaf, salt_of(6)), 0) << "nor by whoever was shown the salt of its neighbour";
  // Keys that the other side could think of: none at all, and the public facts of the case.
  for (const std::string& guess :
       {std::string(32, '\0'), std::string(view(Sha256::of("the artifact")))}) {
    const Salt salt = SaltKey::from_bytes(guess)->salt(view(Sha256::of("the artifact")), 7);
    EXPECT_EQ(guesses(leaf, to_hex({reinterpret_cast<const char*>(salt.data()), salt.size()})), 0);
  }
  EXPECT_EQ(guesses(leaf, salt_of(7)), 1) << "the holder of the salt key can show it";
}

}  // namespace
}  // namespace forensics::ledger
