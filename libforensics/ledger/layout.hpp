#pragma once
// Where the parts of a ledger stand inside a case folder.

#include <string>

namespace forensics::ledger {

struct Layout {
  explicit Layout(std::string case_folder) : root(std::move(case_folder)) {}

  std::string root;
  std::string folder() const { return root + "/ledger"; }
  std::string entries() const { return root + "/ledger/entries.jsonl"; }
  std::string checkpoints() const { return root + "/ledger/checkpoints"; }
  std::string tokens() const { return root + "/ledger/tokens"; }
  std::string cosignatures() const { return root + "/ledger/cosignatures"; }
  std::string recovery() const { return root + "/ledger/recovery"; }
  std::string keys() const { return root + "/keys"; }
  std::string signing_key() const { return root + "/keys/log.key"; }    // PKCS#8 PEM, 0600
  std::string next_key() const { return root + "/keys/log.key.next"; }  // while keys change
  std::string public_key() const { return root + "/keys/log.pub"; }     // PEM
  std::string salt_key() const { return root + "/keys/salt.key"; }      // 64 hex digits, 0600
  std::string objects() const { return root + "/objects"; }
  std::string records() const { return root + "/records"; }  // of a copy that is handed over
};

}  // namespace forensics::ledger
