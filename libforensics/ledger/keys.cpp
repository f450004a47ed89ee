#include "ledger/keys.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstdlib>

#include "base/sha256.hpp"

namespace forensics::ledger {
namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Bio = std::unique_ptr<BIO, FreeBio>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

constexpr std::size_t kSignatureSize = 64;
constexpr std::size_t kKeySize = 32;

// y of the points of small order (1, 2, 4, 8), the sign of x left out: little endian, in hex. A
// signature under such a key says nothing of who made it.
constexpr std::array<std::string_view, 5> kSmallOrder{
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"};
// 2^255 - 19, the modulus: an encoded y of as much or more is another one's second form.
constexpr std::string_view kModulus =
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";

// OpenSSL failing at what cannot fail with valid arguments (no memory, a broken provider) leaves
// nothing that could be trusted: stop rather than continue.
void require(bool success) {
  if (!success) std::abort();
}

const unsigned char* data(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// Without this, OpenSSL asks the terminal for a pass phrase.
int no_passphrase(char*, int, int, void*) {
  return 0;
}

Bio reader(std::string_view pem) {
  return Bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(std::min<std::size_t>(pem.size(), 1 << 16))));
}

std::string contents(BIO* bio) {
  char* start = nullptr;
  const long length = BIO_get_mem_data(bio, &start);
  require(length > 0);
  return {start, static_cast<std::size_t>(length)};
}

Key open_key(ByteView raw) {
  Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, data(raw), raw.size()));
  require(key != nullptr);
  return key;
}

std::string raw_public(const EVP_PKEY* key) {
  std::array<unsigned char, kKeySize> raw{};
  std::size_t length = raw.size();
  require(EVP_PKEY_get_raw_public_key(key, raw.data(), &length) == 1 && length == raw.size());
  return {reinterpret_cast<const char*>(raw.data()), raw.size()};
}

bool is_less(ByteView a, ByteView b) {  // as little-endian numbers of equal length
  return std::lexicographical_compare(
      a.rbegin(), a.rend(), b.rbegin(), b.rend(), [](char left, char right) {
        return static_cast<unsigned char>(left) < static_cast<unsigned char>(right);
      });
}

// Whether a key can be that of one signer: docs/ledger.md section 6.1.
bool is_sound_key(ByteView raw) {
  std::string y(raw);
  y.back() = static_cast<char>(y.back() & 0x7F);
  const bool small =
      std::find(kSmallOrder.begin(), kSmallOrder.end(), to_hex(y)) != kSmallOrder.end();
  return !small && is_less(y, *from_hex(kModulus));
}

std::string plain_fingerprint(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == ':') continue;
    out += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

}  // namespace

Result<PublicKey> PublicKey::from_bytes(ByteView raw) {
  if (raw.size() != kKeySize)
    return fail(ErrorCode::corrupt, "public key", "an Ed25519 key has 32 bytes");
  if (!is_sound_key(raw))
    return fail(ErrorCode::corrupt, "public key",
                "an Ed25519 key for which anybody can sign, or encoded in another form");
  PublicKey key;
  std::copy(raw.begin(), raw.end(), key.raw_.begin());
  return key;
}

Result<PublicKey> PublicKey::from_pem(std::string_view pem) {
  const Bio bio = reader(pem);
  const Key key(PEM_read_bio_PUBKEY(bio.get(), nullptr, no_passphrase, nullptr));
  if (key == nullptr || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519)
    return fail(ErrorCode::corrupt, "public key", "not an Ed25519 public key in PEM form");
  return from_bytes(raw_public(key.get()));
}

std::string PublicKey::pem() const {
  const Bio bio(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_PUBKEY(bio.get(), open_key(bytes()).get()) == 1);
  return contents(bio.get());
}

std::string PublicKey::fingerprint() const {
  // RFC 8410: SubjectPublicKeyInfo of an Ed25519 key is this constant prefix and the key.
  std::string der("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);
  der.append(bytes());
  return to_hex(view(Sha256::of(der)));
}

bool PublicKey::verifies(ByteView message, ByteView signature) const {
  if (signature.size() != kSignatureSize) return false;
  const Key key = open_key(bytes());
  const Context context(EVP_MD_CTX_new());
  require(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  return EVP_DigestVerify(context.get(), data(signature), signature.size(), data(message),
                          message.size()) == 1;
}

bool same_fingerprint(std::string_view a, std::string_view b) {
  return plain_fingerprint(a) == plain_fingerprint(b);
}

void SigningKey::Free::operator()(void* key) const {
  EVP_PKEY_free(static_cast<EVP_PKEY*>(key));
}

SigningKey SigningKey::generate() {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  require(key != nullptr);
  return SigningKey(key);
}

Result<SigningKey> SigningKey::from_seed(ByteView seed) {
  if (seed.size() != kKeySize)
    return fail(ErrorCode::corrupt, "signing key", "an Ed25519 private key has 32 bytes");
  EVP_PKEY* key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, data(seed), seed.size());
  require(key != nullptr);
  return SigningKey(key);
}

Result<SigningKey> SigningKey::from_pem(std::string_view pem) {
  const Bio bio = reader(pem);
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  if (key == nullptr || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519)
    return fail(ErrorCode::corrupt, "signing key",
                "not an unencrypted Ed25519 private key in PKCS#8 PEM form");
  return SigningKey(key.release());
}

Result<SigningKey> SigningKey::load(const std::string& path) {
  auto key = from_pem(TRY(read_file(path, 1 << 16)));
  if (!key) key.error().where = path;
  return key;
}

Status SigningKey::store(Files& files, const std::string& path) const {
  return write_atomically(files, path, pem(), 0600);
}

std::string SigningKey::pem() const {
  const Bio bio(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_PKCS8PrivateKey(bio.get(), static_cast<EVP_PKEY*>(key_.get()), nullptr,
                                        nullptr, 0, nullptr, nullptr) == 1);
  return contents(bio.get());
}

PublicKey SigningKey::public_key() const {
  const auto key = PublicKey::from_bytes(raw_public(static_cast<EVP_PKEY*>(key_.get())));
  require(key.has_value());
  return *key;
}

std::string SigningKey::sign(ByteView message) const {
  const Context context(EVP_MD_CTX_new());
  std::array<unsigned char, kSignatureSize> signature{};
  std::size_t length = signature.size();
  require(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr,
                             static_cast<EVP_PKEY*>(key_.get())) == 1);
  require(EVP_DigestSign(context.get(), signature.data(), &length, data(message), message.size()) ==
          1);
  return {reinterpret_cast<const char*>(signature.data()), length};
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  require(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) == 1);
  return bytes;
}

}  // namespace forensics::ledger
