// Signed notes and checkpoints: there is one way to write each, and nothing opens as a checkpoint
// of the case but what its key signed. The key and the one signed checkpoint are those of
// docs/ledger.md section 10.

#include "ledger/checkpoint.hpp"
#include "target.hpp"

using namespace forensics;

namespace {

const ledger::SigningKey& key_of_the_case() {
  static const auto key = ledger::SigningKey::from_seed(std::string(32, '\x01'));
  return *key;
}

ledger::Checkpoint signed_checkpoint() {
  return {"urn:uuid:00000000-0000-4000-8000-000000000001", 3,
          *digest_from_hex("4b67fb9c22166b5e9a7ee4b749cf5748fc8d60e702442645119439482b5447da")};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using fuzz::promise;
  const ByteView bytes(reinterpret_cast<const char*>(data), size);
  const ledger::Checkpoint wanted = signed_checkpoint();
  const ledger::PublicKey key = key_of_the_case().public_key();

  const auto note = ledger::parse_note(bytes);
  if (note) {
    promise(note->encode() == bytes, "a note is written as it was read");
    if (const auto checkpoint = ledger::Checkpoint::parse(note->text))
      promise(checkpoint->text() == note->text, "a checkpoint is written as it was read");
  }
  if (const auto opened = ledger::open_checkpoint(bytes, wanted.origin, key)) {
    promise(note.has_value(), "what opens is a note");
    promise(*opened == wanted, "only what was signed opens");
  }
  if (const auto size_of_name = ledger::checkpoint_size_of(bytes))
    promise(ledger::checkpoint_file_name(*size_of_name) == bytes, "a size has one file name");
  return 0;
}
