#pragma once
// Files that every case folder is given: the verifier that needs neither this program nor any other
// but Python and `openssl`. They are the bytes of libforensics/ledger/script/.

#include <array>
#include <string_view>

namespace forensics::casefile {

struct ShippedFile {
  std::string_view name;  // in the case folder
  std::string_view bytes;
};

// The one to run comes first. It holds the SHA-256 of the others and refuses any other bytes, so
// that a reader who compares its own SHA-256 has compared them all.
const std::array<ShippedFile, 5>& shipped_files();

}  // namespace forensics::casefile
