#pragma once
// Cosignatures (C2SP tlog-cosignature, Ed25519): a witness says that at some time the checkpoint in
// a note was the greatest that it had seen of this log, and consistent with all before it.
// docs/ledger.md section 6.4 is normative.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/keys.hpp"
#include "ledger/note.hpp"

namespace forensics::ledger {

// Who cosigns: what a verifier has to know of a witness.
struct Witness {
  std::string name;
  PublicKey key;

  // "<name>+<key id>+<base64 of 0x04 || key>", as C2SP signed-note writes verifier keys.
  std::string verifier_key() const;
  // ErrorCode::usage: not of this form, or the key id is another one.
  static Result<Witness> parse(std::string_view verifier_key);
};

// The line that goes under `text`. `time`: seconds since 1970.
NoteSignature cosign(std::string_view text, std::string_view name, const SigningKey& key,
                     std::uint64_t time);

struct CosignatureCheck {
  SignatureState state = SignatureState::absent;
  std::uint64_t time = 0;  // of a good one, the latest
};
CosignatureCheck check_cosignature(const Note& note, const Witness& witness);

}  // namespace forensics::ledger
