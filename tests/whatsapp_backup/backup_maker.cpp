#include "backup_maker.hpp"

#include <openssl/evp.h>
#include <zlib.h>

#include <stdexcept>

#include "cipher.hpp"

namespace backup_test {
namespace {

std::string deflated(std::string_view plain, int bits) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib");
  std::string out(deflateBound(&stream, plain.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string encrypt(const EVP_CIPHER* cipher, std::string_view key, std::string_view iv,
                    std::string_view body, std::string* tag) {
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  std::string out(body.size() + 32, '\0');
  int first = 0;
  int last = 0;
  EVP_EncryptInit_ex(context, cipher, nullptr, nullptr, nullptr);
  if (tag != nullptr) EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, 16, nullptr);
  EVP_EncryptInit_ex(context, nullptr, nullptr, reinterpret_cast<const unsigned char*>(key.data()),
                     reinterpret_cast<const unsigned char*>(iv.data()));
  auto* at = reinterpret_cast<unsigned char*>(out.data());
  EVP_EncryptUpdate(context, at, &first, reinterpret_cast<const unsigned char*>(body.data()),
                    static_cast<int>(body.size()));
  EVP_EncryptFinal_ex(context, at + first, &last);
  out.resize(static_cast<std::size_t>(first + last));
  if (tag != nullptr) {
    tag->resize(16);
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, tag->data());
  }
  EVP_CIPHER_CTX_free(context);
  return out;
}

std::string md5(std::string_view bytes) {
  whatsapp_backup::Md5 sum;
  sum.add(bytes);
  return sum.digest();
}

std::string varint(std::size_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>((value & 0x7f) | 0x80));
  out.push_back(static_cast<char>(value));
  return out;
}

std::string field(unsigned number, std::string_view value) {
  return varint(number << 3 | 2) + varint(value.size()) + std::string(value);
}
std::string flag(unsigned number, unsigned value) {
  return varint(number << 3) + varint(value);
}

std::string info(const Options& options) {
  std::string out;
  if (!options.app.empty()) out += field(1, options.app) + field(3, "67");
  for (int i = 0; i < options.features / 3; ++i)
    out += flag(static_cast<unsigned>(4 + i % 33), static_cast<unsigned>(i % 2));
  return out.empty() ? out : field(4, out);
}

std::string with_message(std::string_view message, std::string_view body, std::string_view key,
                         const Options& options) {
  std::string out = varint(message.size()) + std::string(message);
  std::string tag;
  out += encrypt(EVP_aes_256_gcm(), key, kIv, body, &tag);
  out += tag;
  if (options.md5) out += md5(out);
  return out;
}

std::string raw_header() {
  return std::string("\0\1\2", 3) + kSalt + kGoogleId + kIv;
}

std::string java(std::string_view array) {
  std::string out(
      "\xac\xed\x00\x05\x75\x72\x00\x02\x5b\x42\xac\xf3\x17\xf8\x06\x08"
      "\x54\xe0\x02\x00\x00\x78\x70\x00\x00\x00",
      26);
  out.push_back(static_cast<char>(array.size()));
  return out + std::string(array);
}

}  // namespace

std::string compressed(std::string_view plain) {
  return deflated(plain, 15);
}
std::string gzipped(std::string_view plain) {
  return deflated(plain, 31);
}

std::string key_file(std::string_view secret, std::string_view salt) {
  return java(std::string("\0\1\2", 3) + std::string(salt) + kGoogleId + std::string(32, 'h') +
              std::string(16, '\0') + std::string(secret));
}
std::string root_key_file(std::string_view root) {
  return java(root);
}

std::string crypt12(std::string_view body, const Options& options) {
  std::string tag;
  std::string out = raw_header();
  out += encrypt(EVP_aes_256_gcm(), kSecret, kIv, body, &tag);
  out += tag;
  if (options.md5) out += md5(out);
  return out + options.digits;
}

std::string crypt14(std::string_view body, const Options& options) {
  const std::string cipher = field(1, std::string("\0\1", 2)) + field(2, "2") + field(3, kSalt) +
                             field(4, kGoogleId) + field(5, kIv);
  return with_message(flag(1, 0) + field(2, cipher) + info(options), body, kSecret, options);
}

std::string crypt15(std::string_view body, std::string_view root, const Options& options) {
  return with_message(flag(1, 1) + field(3, field(1, kIv)) + info(options), body,
                      whatsapp_backup::backup_key(root), options);
}

std::string crypt7(std::string_view body) {
  return raw_header() + encrypt(EVP_aes_256_cbc(), kSecret, kIv, body, nullptr);
}

std::string crypt5(std::string_view body, std::string_view address) {
  return encrypt(EVP_aes_192_cbc(), whatsapp_backup::account_key(address),
                 whatsapp_backup::account_iv(), body, nullptr);
}

std::string database(unsigned pages) {
  std::string out("SQLite format 3\0\x02\x00\x01\x01\x00\x40\x20\x20", 24);
  out.resize(std::size_t{512} * pages);
  out[27] = out[95] = 1;  // the change counter and the version that the size holds for
  out[30] = static_cast<char>(pages >> 8);
  out[31] = static_cast<char>(pages);
  for (std::size_t i = 100; i < out.size(); ++i)
    out[i] = static_cast<char>((i * 2654435761U) >> 13 & 0x3f);
  return out;
}

}  // namespace backup_test
