#include "ledger/timestamp.hpp"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "base/files.hpp"
#include "base/sha256.hpp"

namespace forensics::ledger {
namespace {

template <typename T, void (*release)(T*)>
struct Free {
  void operator()(T* object) const { release(object); }
};
template <typename T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Free<T, release>>;

using Request = Owned<TS_REQ, TS_REQ_free>;
using Imprint = Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using Algorithm = Owned<X509_ALGOR, X509_ALGOR_free>;
using Certificate = Owned<X509, X509_free>;
using Store = Owned<X509_STORE, X509_STORE_free>;
using Parameters = Owned<X509_VERIFY_PARAM, X509_VERIFY_PARAM_free>;
using Context = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;

void release_bio(BIO* bio) {
  BIO_free_all(bio);
}
using Bio = Owned<BIO, release_bio>;

constexpr std::uint64_t kMaxAuthorities = std::uint64_t{16} << 20;

// As in keys.cpp: what cannot fail with valid arguments leaves nothing to trust where it does.
void require(bool success) {
  if (!success) std::abort();
}

const unsigned char* data(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

TS_RESP* response_of(void* pointer) {
  return static_cast<TS_RESP*>(pointer);
}

std::string last_openssl_error() {
  std::array<char, 256> text{};
  const unsigned long code = ERR_peek_last_error();
  if (code == 0) return "no reason given";
  ERR_error_string_n(code, text.data(), text.size());
  ERR_clear_error();
  return text.data();
}

Bio reader(const std::string& bytes) {
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

Result<GenTime> gen_time(const TS_TST_INFO* info) {
  const ASN1_GENERALIZEDTIME* time = TS_TST_INFO_get_time(info);
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
    return fail(ErrorCode::corrupt, "time-stamp token", "its time cannot be read");
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900,
                parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
  return GenTime{static_cast<std::int64_t>(::timegm(&parts)), text.data()};
}

// A store with the authorities' certificates that takes `time` for now.
Result<Store> store_at(const std::string& pem, std::int64_t time) {
  Store store(X509_STORE_new());
  const Parameters parameters(X509_VERIFY_PARAM_new());
  require(store != nullptr && parameters != nullptr);
  X509_VERIFY_PARAM_set_time(parameters.get(), static_cast<std::time_t>(time));
  require(X509_STORE_set1_param(store.get(), parameters.get()) == 1);
  const Bio bio = reader(pem);
  bool any = false;
  for (;;) {
    const Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (certificate == nullptr) break;
    any = X509_STORE_add_cert(store.get(), certificate.get()) == 1 || any;
  }
  ERR_clear_error();  // the end of the file is one
  if (!any) return fail(ErrorCode::usage, "CA file", "it holds no certificate in PEM form");
  return store;
}

}  // namespace

std::string timestamp_request(ByteView bytes) {
  const Digest digest = Sha256::of(bytes);
  const Request request(TS_REQ_new());
  const Imprint imprint(TS_MSG_IMPRINT_new());
  const Algorithm algorithm(X509_ALGOR_new());
  require(request != nullptr && imprint != nullptr && algorithm != nullptr);
  require(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1);
  std::array<unsigned char, 32> hash{};
  std::copy(digest.begin(), digest.end(), hash.begin());
  require(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
          TS_MSG_IMPRINT_set_msg(imprint.get(), hash.data(), static_cast<int>(hash.size())) == 1 &&
          TS_REQ_set_version(request.get(), 1) == 1 &&
          TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
          TS_REQ_set_cert_req(request.get(), 1) == 1);
  unsigned char* der = nullptr;
  const int length = i2d_TS_REQ(request.get(), &der);
  require(length > 0);
  std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return out;
}

Result<Authorities> Authorities::load(const std::string& path) {
  Authorities out;
  out.pem_ = std::make_shared<const std::string>(TRY(read_file(path, kMaxAuthorities)));
  if (auto store = store_at(*out.pem_, 0); !store) {
    store.error().where = path;
    return tl::unexpected(store.error());
  }
  return out;
}

void Token::Free::operator()(void* response) const {
  TS_RESP_free(response_of(response));
}

Result<Token> Token::parse(ByteView der) {
  const auto wrong = [](std::string what) {
    ERR_clear_error();
    return fail(ErrorCode::corrupt, "time-stamp token", std::move(what));
  };
  if (der.size() > kMaxToken) return wrong("longer than 64 KiB");
  const unsigned char* at = data(der);
  Token token(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
  if (token.response_ == nullptr) return wrong("not a TimeStampResp in DER form");
  TS_RESP* const response = response_of(token.response_.get());
  const long status =
      ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response)));
  if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS)
    return wrong("the authority did not grant it (status " + std::to_string(status) + ")");
  const TS_TST_INFO* const info = TS_RESP_get_tst_info(response);
  if (info == nullptr || TS_RESP_get_token(response) == nullptr) return wrong("it holds no token");
  token.time_ = TRY(gen_time(info));
  return token;
}

bool Token::covers(ByteView bytes) const {
  TS_MSG_IMPRINT* const imprint =
      TS_TST_INFO_get_msg_imprint(TS_RESP_get_tst_info(response_of(response_.get())));
  if (imprint == nullptr) return false;
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const int nid = OBJ_obj2nid(algorithm);
  if (nid != NID_sha256 && nid != NID_sha384 && nid != NID_sha512) return false;
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned length = 0;
  require(EVP_Digest(bytes.data(), bytes.size(), hash.data(), &length, EVP_get_digestbynid(nid),
                     nullptr) == 1);
  const ASN1_OCTET_STRING* const stated = TS_MSG_IMPRINT_get_msg(imprint);
  return stated != nullptr && ByteView(reinterpret_cast<const char*>(ASN1_STRING_get0_data(stated)),
                                       static_cast<std::size_t>(ASN1_STRING_length(stated))) ==
                                  ByteView(reinterpret_cast<const char*>(hash.data()), length);
}

Status Token::check_signature(const Authorities& trusted) const {
  if (!trusted.pem_)
    return fail(ErrorCode::integrity, "time-stamp token", "no authority is trusted");
  Store store = TRY(store_at(*trusted.pem_, time_.seconds));
  const Context context(TS_VERIFY_CTX_new());
  require(context != nullptr);
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context.get(), store.release());
  if (TS_RESP_verify_response(context.get(), response_of(response_.get())) == 1) return {};
  return fail(ErrorCode::integrity, "time-stamp token", last_openssl_error());
}

}  // namespace forensics::ledger
