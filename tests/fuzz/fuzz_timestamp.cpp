// Answers of time-stamping authorities: whatever stands in one, it is read or refused, its time is
// a time, and an authority that did not sign it does not vouch for it.

#include <string>

#include "ledger/timestamp.hpp"
#include "target.hpp"

using namespace forensics;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using fuzz::promise;
  const ByteView bytes(reinterpret_cast<const char*>(data), size);
  const auto token = ledger::Token::parse(bytes);
  if (!token) return 0;
  promise(bytes.size() <= ledger::kMaxToken, "a token has a largest size");
  promise(token->time().text.size() == 20, "a time has one form");
  // The seeds are answers to a question about "evidence"; of nothing else has anybody the digest.
  promise(!token->covers(bytes), "a token does not cover itself");
  token->covers("evidence");
  promise(!token->check_signature(ledger::Authorities{}), "nobody trusted, nobody vouches");
  return 0;
}
