#pragma once
// SHA-256 (FIPS 180-4) through OpenSSL, with a context that is made once and reused: a fresh
// context for every short message costs more than hashing it.

#include <memory>

#include "base/bytes.hpp"

namespace forensics {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  Sha256& update(ByteView bytes);
  Digest finish();  // and starts over: the object can be used again at once

  static Digest of(ByteView bytes);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// HMAC-SHA-256 (RFC 2104) with the key set once.
class HmacSha256 {
 public:
  explicit HmacSha256(ByteView key);
  Digest of(ByteView message);

 private:
  Sha256 hash_;
  std::array<char, 64> inner_{};
  std::array<char, 64> outer_{};
};

}  // namespace forensics
