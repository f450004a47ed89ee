#pragma once
// Outside evidence of checkpoints: what is asked of a time-stamping authority, and what comes back
// from one or from a witness. docs/ledger.md sections 6.3 and 6.4 are normative.

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "ledger/timestamp.hpp"

namespace forensics::ingest {

struct AddedAnchor {
  std::string kind;  // as in `anchor_in`
  std::uint64_t size = 0;
  std::string file;                     // below ledger/
  std::optional<ledger::GenTime> time;  // of a token
};

// Takes a TimeStampResp or the note of a witness into the case. With `authorities` a token is also
// checked. ErrorCode::corrupt: it is neither; ::integrity: it is of no checkpoint of this case, or
// a token that is not good; ::usage: it is in already.
Result<AddedAnchor> add_anchor(const std::string& case_folder, const std::string& path,
                               const std::optional<ledger::Authorities>& authorities);

// A TimeStampReq for the newest checkpoint, and that checkpoint's size.
struct AnchorRequest {
  std::uint64_t size = 0;
  std::string der;
};
Result<AnchorRequest> request_anchor(const std::string& case_folder);

}  // namespace forensics::ingest
