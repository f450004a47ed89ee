#pragma once
// Ed25519 keys (RFC 8032) through OpenSSL, in the PEM forms that the `openssl` command reads.
// The private key of a case stands in the case itself: it protects against whoever can reach the
// files and not the key. docs/ledger.md section "What this cannot show" says what follows.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/files.hpp"

namespace forensics::ledger {

class PublicKey {
 public:
  static Result<PublicKey> from_bytes(ByteView raw);  // 32 bytes; no key that all can sign for
  static Result<PublicKey> from_pem(std::string_view pem);

  ByteView bytes() const { return {raw_.data(), raw_.size()}; }
  std::string pem() const;

  // SHA-256 of the DER form of the key, 64 hex digits: what
  // `openssl pkey -pubin -in log.pub -outform DER | sha256sum` prints.
  std::string fingerprint() const;

  bool verifies(ByteView message, ByteView signature) const;

  bool operator==(const PublicKey&) const = default;

 private:
  std::array<char, 32> raw_{};
};

// True where two fingerprints name the same key, whatever their case and their grouping by spaces
// or colons.
bool same_fingerprint(std::string_view a, std::string_view b);

class SigningKey {
 public:
  static SigningKey generate();
  static Result<SigningKey> from_seed(ByteView seed);  // RFC 8032 private key, exactly 32 bytes
  static Result<SigningKey> from_pem(std::string_view pem);  // PKCS#8, not encrypted
  static Result<SigningKey> load(const std::string& path);

  Status store(Files& files, const std::string& path) const;  // mode 0600, all or nothing
  std::string pem() const;
  PublicKey public_key() const;
  std::string sign(ByteView message) const;  // 64 bytes

 private:
  struct Free {
    void operator()(void* key) const;
  };
  explicit SigningKey(void* key) : key_(key) {}
  std::unique_ptr<void, Free> key_;  // EVP_PKEY; OpenSSL's headers stay out of this one
};

std::string random_bytes(std::size_t count);  // from the system's generator

}  // namespace forensics::ledger
