#pragma once
// RFC 3161 time-stamp tokens through OpenSSL: the request that goes to an authority, and the answer
// that comes back. docs/ledger.md section 6.3 is normative.
//
// An answer is untrusted input of at most kMaxToken bytes.

#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace forensics::ledger {

inline constexpr std::size_t kMaxToken = 64 * 1024;

// A DER TimeStampReq for the SHA-256 of `data`, asking for the authority's certificates. Without a
// nonce: the answer is carried back by hand and compared by its imprint.
std::string timestamp_request(ByteView data);

// Certificates that a chain may end at, all from outside the case.
class Authorities {
 public:
  // Certificates in PEM. ErrorCode::usage: `path` holds none.
  static Result<Authorities> load(const std::string& path);

 private:
  friend class Token;
  std::shared_ptr<const std::string> pem_;
};

struct GenTime {
  std::int64_t seconds = 0;  // since 1970
  std::string text;          // 2026-01-02T03:04:05Z, rounded down
};

// One TimeStampResp.
class Token {
 public:
  // ErrorCode::corrupt: no TimeStampResp, or one that grants nothing.
  static Result<Token> parse(ByteView der);

  const GenTime& time() const { return time_; }

  // Whether its imprint is that of `data`, by SHA-256, SHA-384 or SHA-512. Says nothing of who made
  // it.
  bool covers(ByteView data) const;

  // Whether the signature holds and a chain leads to one of `trusted`, all certificates judged at
  // the token's own time. ErrorCode::integrity says what does not.
  Status check_signature(const Authorities& trusted) const;

 private:
  struct Free {
    void operator()(void* response) const;
  };
  explicit Token(void* response) : response_(response) {}
  std::unique_ptr<void, Free> response_;  // TS_RESP; OpenSSL's headers stay out of this one
  GenTime time_;
};

}  // namespace forensics::ledger
