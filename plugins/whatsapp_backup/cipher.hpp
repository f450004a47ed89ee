#pragma once
// AES as the backups use it, over OpenSSL's libcrypto. No file, no random number and no thread is
// needed for it: it works in a worker that can do nothing but compute.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_cipher_ctx_st;
struct evp_md_ctx_st;

namespace whatsapp_backup {

enum class Mode : std::uint8_t { gcm, cbc };

// Decrypts a stream piece by piece. The key has 32 bytes, or 24 for crypt5; the IV has 16.
class Decryption {
 public:
  Decryption(Mode mode, std::string_view key, std::string_view iv);

  bool usable() const { return context_ != nullptr; }
  // `out` takes as many bytes as `in` has; for CBC `n` is a multiple of 16. False: libcrypto
  // failed.
  bool update(const char* in, std::size_t n, char* out);
  // GCM, after the last update: whether `tag` proves all that was decrypted.
  bool proves(std::string_view tag);

 private:
  struct Free {
    void operator()(evp_cipher_ctx_st* context) const;
  };
  std::unique_ptr<evp_cipher_ctx_st, Free> context_;
};

class Md5 {
 public:
  Md5();
  void add(std::string_view bytes);
  // Of what was added so far; more may be added.
  std::string digest() const;

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// The AES key that crypt15 makes of the root key.
std::string backup_key(std::string_view root);

// The AES-192 key that crypt5 makes of an e-mail address, and its IV.
std::string account_key(std::string_view address);
std::string account_iv();

// Keeps libcrypto from looking for its configuration, which no plugin can open.
void start_libcrypto();

}  // namespace whatsapp_backup
