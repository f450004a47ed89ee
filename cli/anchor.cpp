#include "anchor.hpp"

#include <algorithm>

namespace forensics::cli {

Result<ledger::Anchor> parse_anchor(std::string_view text) {
  std::string plain(text);
  std::erase(plain, ' ');
  const std::size_t colon = plain.find(':');
  if (colon != std::string::npos && colon > 0 && colon <= 18 &&
      plain.find_first_not_of("0123456789") == colon) {
    if (const auto root = digest_from_hex(std::string_view(plain).substr(colon + 1)))
      return ledger::Anchor{std::stoull(plain.substr(0, colon)), *root};
  }
  return fail(ErrorCode::usage, std::string(text),
              "an anchor is SIZE:ROOT, as `forensics anchor show` prints it");
}

std::string grouped_hex(std::string_view hex, std::string_view indent) {
  constexpr std::size_t kGroup = 4, kLine = 32;
  std::string out;
  for (std::size_t at = 0; at < hex.size(); at += kGroup) {
    if (at > 0) out += at % kLine == 0 ? "\n" + std::string(indent) : " ";
    out += hex.substr(at, kGroup);
  }
  return out;
}

}  // namespace forensics::cli
