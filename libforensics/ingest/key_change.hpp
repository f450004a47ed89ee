#pragma once
// Another key signs the ledger of a case from here on; docs/ledger.md section 6.2.

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace forensics::ingest {

struct KeyChange {
  std::string old_fingerprint, new_fingerprint;
};

// Makes a key, has the old one hand over to it, and destroys the old private key. Errors as
// Session::open().
Result<KeyChange> change_key(const std::string& case_folder, std::string_view reason);

}  // namespace forensics::ingest
