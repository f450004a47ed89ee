#pragma once
// Signed notes (C2SP signed-note): a text, an empty line, and one line per signature:
//
//   — <key name> <base64 of 4-byte key id || signature>
//
// Only Ed25519 (type byte 0x01) is made and checked here; signatures by other keys are carried and
// ignored.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "ledger/keys.hpp"

namespace forensics::ledger {

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string signature;  // what follows the key id; its form is the key type's affair
};

struct Note {
  std::string text;  // ends in LF
  std::vector<NoteSignature> signatures;

  std::string encode() const;
};

inline constexpr std::size_t kMaxNote = 64 * 1024;
inline constexpr std::size_t kMaxNoteSignatures = 100;

// What a key signs; a part of its id.
enum class KeyUse : char {
  note = '\x01',         // the text of a note
  cosignature = '\x04',  // the text and a time: ledger/cosignature.hpp
};

// First 4 bytes, big endian, of SHA-256(name || LF || use || public key).
std::uint32_t key_id(std::string_view name, const PublicKey& key, KeyUse use = KeyUse::note);

// Without space, '+', control character or ill-formed UTF-8; not empty.
bool is_key_name(std::string_view name);

// The note of `text`, signed once. `name` is a key name.
Note sign_note(std::string text, std::string_view name, const SigningKey& key);

// Strict reader: well-formed UTF-8 without control characters but LF, at least one signature.
Result<Note> parse_note(std::string_view bytes);

// How the signature of one known key stands in a note.
enum class SignatureState {
  good,
  absent,  // no line of this name and id
  bad,     // a line of this name and id does not verify
};
SignatureState check_signature(const Note& note, std::string_view name, const PublicKey& key);

}  // namespace forensics::ledger
