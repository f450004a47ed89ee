// Proof files: there is one way to write each, and none holds that says something else than the
// checkpoint in it covers. The key is that of docs/ledger.md section 10.

#include "ledger/proof.hpp"
#include "target.hpp"

using namespace forensics;

namespace {

const std::string& fingerprint_of_the_case() {
  static const std::string fingerprint =
      ledger::SigningKey::from_seed(std::string(32, '\x01'))->public_key().fingerprint();
  return fingerprint;
}

bool holds(ByteView file) {
  return ledger::check_proof(file, {.key_fingerprint = fingerprint_of_the_case()}).findings.empty();
}

// The same proof of the entry beside it, and of an entry with a longer text.
void promise_no_other_entry(ledger::Proof proof) {
  ledger::Proof beside = proof;
  beside.index ^= 1;
  fuzz::promise(!holds(beside.encode()), "a path leads to one place only");
  proof.entry += ' ';
  fuzz::promise(!holds(proof.encode()), "an entry is proven byte for byte");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using fuzz::promise;
  const ByteView bytes(reinterpret_cast<const char*>(data), size);
  const auto inclusion = ledger::Proof::parse(bytes);
  const auto consistency = ledger::ConsistencyProof::parse(bytes);
  promise(!(inclusion && consistency), "a file is one kind of proof");
  if (inclusion) promise(inclusion->encode() == bytes, "a proof is written as it was read");
  if (consistency) promise(consistency->encode() == bytes, "a proof is written as it was read");

  const ledger::ProofCheck check =
      ledger::check_proof(bytes, {.key_fingerprint = fingerprint_of_the_case()});
  if (!check.findings.empty()) return 0;
  promise(inclusion || consistency, "what holds can be read");
  promise(check.key_confirmed && check.checkpoint.has_value(), "what holds is signed");
  if (inclusion) {
    promise(inclusion->index < check.checkpoint->size, "what holds lies under its checkpoint");
    promise_no_other_entry(*inclusion);
  }
  return 0;
}
