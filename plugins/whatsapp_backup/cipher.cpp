#include "cipher.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <climits>

namespace whatsapp_backup {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(char* text) {
  return reinterpret_cast<unsigned char*>(text);
}

const EVP_CIPHER* cipher_of(Mode mode, std::size_t key_bytes) {
  if (mode == Mode::gcm) return key_bytes == 32 ? EVP_aes_256_gcm() : nullptr;
  if (key_bytes == 24) return EVP_aes_192_cbc();
  return key_bytes == 32 ? EVP_aes_256_cbc() : nullptr;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message),
           message.size(), out, &length) == nullptr)
    return {};
  return {reinterpret_cast<const char*>(out), length};
}

}  // namespace

void start_libcrypto() {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

void Decryption::Free::operator()(evp_cipher_ctx_st* context) const {
  EVP_CIPHER_CTX_free(context);
}

Decryption::Decryption(Mode mode, std::string_view key, std::string_view iv) {
  const EVP_CIPHER* cipher = cipher_of(mode, key.size());
  if (cipher == nullptr || iv.size() != 16) return;
  std::unique_ptr<evp_cipher_ctx_st, Free> context(EVP_CIPHER_CTX_new());
  if (context == nullptr ||
      EVP_DecryptInit_ex(context.get(), cipher, nullptr, nullptr, nullptr) != 1)
    return;
  if (mode == Mode::gcm &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_IVLEN, 16, nullptr) != 1)
    return;
  if (EVP_DecryptInit_ex(context.get(), nullptr, nullptr, bytes_of(key), bytes_of(iv)) != 1) return;
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  context_ = std::move(context);
}

bool Decryption::update(const char* in, std::size_t n, char* out) {
  if (!usable() || n > INT_MAX) return false;
  int done = 0;
  return EVP_DecryptUpdate(context_.get(), bytes_of(out), &done, bytes_of(std::string_view(in, n)),
                           static_cast<int>(n)) == 1 &&
         static_cast<std::size_t>(done) == n;
}

bool Decryption::proves(std::string_view tag) {
  if (!usable() || tag.size() != 16) return false;
  std::string copy(tag);
  if (EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, 16, copy.data()) != 1)
    return false;
  unsigned char none[16];
  int done = 0;
  return EVP_DecryptFinal_ex(context_.get(), none, &done) == 1;
}

void Md5::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Md5::Md5() : context_(EVP_MD_CTX_new()) {
  if (context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_md5(), nullptr) != 1)
    context_.reset();
}

void Md5::add(std::string_view bytes) {
  if (context_ != nullptr && EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1)
    context_.reset();
}

std::string Md5::digest() const {
  if (context_ == nullptr) return {};
  const std::unique_ptr<evp_md_ctx_st, Free> copy(EVP_MD_CTX_new());
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (copy == nullptr || EVP_MD_CTX_copy_ex(copy.get(), context_.get()) != 1 ||
      EVP_DigestFinal_ex(copy.get(), out, &length) != 1)
    return {};
  return {reinterpret_cast<const char*>(out), length};
}

std::string backup_key(std::string_view root) {
  const std::string extracted = hmac_sha256(std::string(32, '\0'), root);
  return hmac_sha256(extracted, std::string("backup encryption") + '\x01');
}

std::string account_key(std::string_view address) {
  static constexpr unsigned char kBase[] = {0x8d, 0x4b, 0x15, 0x5c, 0xc9, 0xff, 0x81, 0xe5,
                                            0xcb, 0xf6, 0xfa, 0x78, 0x19, 0x36, 0x6a, 0x3e,
                                            0xc6, 0x21, 0xa6, 0x56, 0x41, 0x6c, 0xd7, 0x93};
  Md5 md5;
  md5.add(address);
  const std::string digest = md5.digest();
  if (digest.empty()) return {};
  std::string key;
  for (std::size_t i = 0; i < sizeof kBase; ++i)
    key.push_back(static_cast<char>(kBase[i] ^ static_cast<unsigned char>(digest[i % 16])));
  return key;
}

std::string account_iv() {
  static constexpr unsigned char kIv[] = {0x1e, 0x39, 0xf3, 0x69, 0xe9, 0x0d, 0xb3, 0x3a,
                                          0xa7, 0x3b, 0x44, 0x2b, 0xbb, 0xb6, 0xb0, 0xb9};
  return {reinterpret_cast<const char*>(kIv), sizeof kIv};
}

}  // namespace whatsapp_backup
