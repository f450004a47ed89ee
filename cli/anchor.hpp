#pragma once
// Anchors as people write them: SIZE:ROOT, the root perhaps in groups of digits.

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "ledger/verify.hpp"

namespace forensics::cli {

// ErrorCode::usage: not of this form.
Result<ledger::Anchor> parse_anchor(std::string_view text);

// Hex digits in groups of four, eight groups a line, which begins with `indent`.
std::string grouped_hex(std::string_view hex, std::string_view indent);

}  // namespace forensics::cli
