// Every test vector that docs/ledger.md prints, made again by the code. A vector stands there in a
// fenced block whose info string is `vector <name>`.

#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "fixture.hpp"
#include "ledger/proof.hpp"
#include "ledger/proof_path.hpp"
#include "ledger/witness.hpp"

namespace forensics::ledger {
namespace {

std::string hex(const Digest& digest) {
  return to_hex(view(digest));
}

std::map<std::string, std::string> printed_vectors() {
  std::istringstream document(contents_of(LEDGER_DOCUMENT));
  constexpr std::string_view kFence = "```vector ";
  std::map<std::string, std::string> vectors;
  std::string line;
  while (std::getline(document, line)) {
    if (!line.starts_with(kFence)) continue;
    std::string& block = vectors[line.substr(kFence.size())];
    while (std::getline(document, line) && line != "```") block += line + '\n';
  }
  return vectors;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string tree_vector() {
  constexpr const char* kLeaves[] = {"",
                                     "00",
                                     "10",
                                     "2021",
                                     "3031",
                                     "40414243",
                                     "5051525354555657",
                                     "606162636465666768696a6b6c6d6e6f"};
  Tree tree;
  std::string out = "0 - " + hex(tree.root()) + '\n';
  for (const char* leaf : kLeaves) {
    tree.append(leaf_hash(*from_hex(leaf)));
    out += std::to_string(tree.size()) + ' ' + (*leaf == '\0' ? "(empty)" : leaf) + ' ' +
           hex(tree.root()) + '\n';
  }
  return out;
}

std::string key_vector() {
  const SigningKey key = fixed_secrets().log;
  char id[16];
  std::snprintf(id, sizeof id, "%08x",
                key_id("urn:uuid:" + example_genesis().case_uuid, key.public_key()));
  return "seed        " + to_hex(std::string(32, '\x01')) + "\npublic      " +
         to_hex(key.public_key().bytes()) + "\nfingerprint " + key.public_key().fingerprint() +
         "\nname        urn:uuid:" + example_genesis().case_uuid + "\nkey id      " + id + '\n';
}

std::string salt_vector() {
  const Salt salt =
      SaltKey::from_bytes(std::string(32, '\x02'))->salt(view(Sha256::of("abc")), 258);
  return "salt key  " + to_hex(std::string(32, '\x02')) + "\nsource id " + hex(Sha256::of("abc")) +
         "\nindex     258\nsalt      " +
         to_hex({reinterpret_cast<const char*>(salt.data()), salt.size()}) + '\n';
}

std::string records_vector() {
  const std::string lines[] = {R"({"salt":"00","text":"one"})", R"({"salt":"01","text":"two"})"};
  RecordTree tree;
  for (const std::string& line : lines) tree.add(line);
  return "line 0   " + lines[0] + "\nline 1   " + lines[1] + "\nredacted " +
         redacted_form(lines[1]) + "\nrecords  " + tree.summary().json().dump() + '\n';
}

// The ledger of three entries: genesis, session_open, exhibit.
class LedgerVectors {
 public:
  LedgerVectors() {
    EXPECT_TRUE(create(Files::system(), folder_.path(), example_genesis(), ticking_clock(),
                       fixed_secrets()));
    auto writer =
        Writer::open(Files::system(), folder_.path(), ticking_clock(6), example_session());
    EXPECT_TRUE(writer);
    EXPECT_TRUE(writer->append("session_open", Json::object()));
    Json body;
    body["exhibit"] = "E1";
    body["reference"] = "t\xC3\xA9l\xC3\xA9phone noir";
    EXPECT_TRUE(writer->append("exhibit", std::move(body)));
    EXPECT_TRUE(writer->checkpoint());
    for (const std::string& line : lines_of(entries())) leaves_.push_back(leaf_hash(line));
  }

  std::string entries() const { return contents_of(Layout(folder_.path()).entries()); }
  std::string checkpoint() const {
    return contents_of(Layout(folder_.path()).checkpoints() + "/000000000003.note");
  }
  std::string hashes() const {
    std::string out;
    for (std::size_t i = 0; i < leaves_.size(); ++i)
      out += "leaf " + std::to_string(i) + ' ' + hex(leaves_[i]) + '\n';
    return out + "root 3 " + hex(root_of(leaves_)) + '\n';
  }
  std::string cosignature() const {
    const SigningKey key = *SigningKey::from_seed(std::string(32, '\x03'));
    const Witness witness{"witness.example/lab", key.public_key()};
    const std::string text = parse_note(checkpoint())->text;
    const Note note{text, {cosign(text, witness.name, key, 1'767'323'050)}};
    return "verifier key " + witness.verifier_key() + '\n' + note.encode();
  }
  std::string consistency() const { return prove_consistency(folder_.path(), 1)->encode(); }
  // With a fourth entry, which has the records of records_vector().
  std::string record_proof() const {
    const std::string lines[] = {R"({"salt":"00","text":"one"})", R"({"salt":"01","text":"two"})"};
    RecordTree tree;
    PathCollector path = PathCollector::inclusion(1, 2);
    for (const std::string& line : lines) {
      tree.add(line);
      path.append(leaf_hash(line));
    }
    auto writer =
        Writer::open(Files::system(), folder_.path(), ticking_clock(8), example_session());
    Json body;
    body["records"] = tree.summary().json();
    EXPECT_TRUE(writer->append("derive", std::move(body)));
    EXPECT_TRUE(writer->checkpoint());
    Proof proof = *prove_entry(folder_.path(), 3);
    proof.record = Proof::Record{1, lines[1], path.hashes()};
    return proof.encode();
  }
  // And with a fifth, which hands over to another key.
  std::string key_change() const {
    auto writer =
        Writer::open(Files::system(), folder_.path(), ticking_clock(9), example_session());
    EXPECT_TRUE(writer->change_key("an example", *SigningKey::from_seed(std::string(32, '\x04'))));
    return lines_of(entries()).back() + "\n\n" +
           contents_of(Layout(folder_.path()).checkpoints() + "/000000000005.note");
  }
  std::string proofs() const {
    std::string out = "inclusion of entry 1 in size 3\n";
    for (const Digest& hash : inclusion_proof(leaves_, 1)) out += hex(hash) + '\n';
    out += "consistency of size 1 with size 3\n";
    for (const Digest& hash : consistency_proof(leaves_, 1)) out += hex(hash) + '\n';
    return out;
  }

 private:
  TempFolder folder_;
  std::vector<Digest> leaves_;
};

TEST(Document, PrintsTheVectorsThatTheCodeMakes) {
  const LedgerVectors ledger;
  std::map<std::string, std::string> made{
      {"tree", tree_vector()},
      {"key", key_vector()},
      {"salt", salt_vector()},
      {"records", records_vector()},
      {"entries", ledger.entries()},
      {"hashes", ledger.hashes()},
      {"proofs", ledger.proofs()},
      {"checkpoint", ledger.checkpoint()},
      {"cosignature", ledger.cosignature()},
      {"consistency-file", ledger.consistency()},
  };
  made["proof-file"] = ledger.record_proof();
  made["key-change"] = ledger.key_change();
  const auto printed = printed_vectors();
  for (const auto& [name, text] : made) {
    const auto found = printed.find(name);
    ASSERT_NE(found, printed.end()) << "no vector " << name;
    EXPECT_EQ(found->second, text) << name;
  }
}

TEST(Document, ItsExamplesOfCanonicalJsonHold) {
  const auto printed = printed_vectors();
  const auto accepted = lines_of(printed.at("canonical"));
  const auto refused = lines_of(printed.at("not-canonical"));
  EXPECT_GE(accepted.size(), 8U);
  EXPECT_GE(refused.size(), 12U);
  for (const std::string& line : accepted) {
    const auto json = parse_line(line);
    ASSERT_TRUE(json) << line;
    EXPECT_EQ(json->dump(), line);
  }
  for (const std::string& line : refused) EXPECT_FALSE(parse_line(line)) << line;
}

TEST(Document, ItsFingerprintIsWhatOpensslPrints) {
  // SHA-256 over the DER form: the base64 between the PEM lines.
  const std::string pem = fixed_secrets().log.public_key().pem();
  const std::size_t begin = pem.find('\n') + 1;
  const auto der = from_base64(pem.substr(begin, pem.find('\n', begin) - begin));
  ASSERT_TRUE(der);
  EXPECT_EQ(hex(Sha256::of(*der)), fixed_secrets().log.public_key().fingerprint());
}

}  // namespace
}  // namespace forensics::ledger
