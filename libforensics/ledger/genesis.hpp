#pragma once
// Entry 0 of a ledger: it binds the case, the name of the log and the key that signs it.

#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "ledger/entry.hpp"
#include "ledger/keys.hpp"

namespace forensics::ledger {

struct Genesis {
  std::string case_uuid;  // 8-4-4-4-12 hex digits in lower case
  std::string number;     // the case number that people use
  std::string examiner;
  std::string agency;
  std::string tool;  // program and version that makes the case
  Json policy = Json::object();
  // These stand in the entry where they are not empty.
  std::string title = {};
  std::string authority = {};  // legal authority: order, warrant, consent
  std::string created = {};    // RFC 3339, UTC

  Json body(const PublicKey& key) const;
};

// What a verifier needs of entry 0.
struct Identity {
  std::string case_uuid;
  std::string origin;  // "urn:uuid:" and the case UUID: first line of every checkpoint
  PublicKey key;
  bool wants_tokens = false;  // its policy says that the case is meant to have time-stamp tokens
};

// A key as entries name it: {"public": base64 of the 32 raw bytes, "type": "ed25519"}, and back.
// ErrorCode::corrupt: it is not of this form.
Json key_json(const PublicKey& key);
Result<PublicKey> key_of(const Json* json);

bool is_uuid(std::string_view text);
std::string origin_of(std::string_view case_uuid);

// ErrorCode::corrupt: not a well-formed genesis entry.
Result<Identity> identity_of(const Entry& entry);

}  // namespace forensics::ledger
