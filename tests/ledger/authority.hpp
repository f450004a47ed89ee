#pragma once
// A time-stamping authority for tests, with certificates of any age and answers of any time. Every
// one has keys of its own.

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <memory>
#include <string>

#include "base/bytes.hpp"

namespace forensics::ledger {

// 2026-01-02T03:04:05Z, the time of the first entry of an ExampleCase.
inline constexpr std::time_t kCaseTime = 1'767'323'045;
inline constexpr std::time_t kDay = 86'400;

class TestAuthority {
 public:
  // Its certificates are good between the two times.
  explicit TestAuthority(std::time_t from = kCaseTime - 100 * kDay,
                         std::time_t until = kCaseTime + 100 * kDay)
      : ca_key_(new_key()), key_(new_key()) {
    ca_ = certificate(ca_key_.get(), "CA", nullptr, from, until);
    signer_ = certificate(key_.get(), "TSA", ca_.get(), from, until);
  }

  std::string ca_pem() const {
    const Bio bio(BIO_new(BIO_s_mem()));
    EXPECT_EQ(PEM_write_bio_X509(bio.get(), ca_.get()), 1);
    return contents(bio.get());
  }

  // A TimeStampResp, given at `time`.
  std::string answer(ByteView request, std::time_t time) const {
    const std::unique_ptr<TS_RESP_CTX, decltype(&TS_RESP_CTX_free)> context(TS_RESP_CTX_new(),
                                                                            TS_RESP_CTX_free);
    const std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)> policy(
        OBJ_txt2obj("1.3.6.1.4.1.32473.1", 1), ASN1_OBJECT_free);
    EXPECT_EQ(TS_RESP_CTX_set_signer_cert(context.get(), signer_.get()), 1);
    EXPECT_EQ(TS_RESP_CTX_set_signer_key(context.get(), key_.get()), 1);
    EXPECT_EQ(TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256()), 1);
    EXPECT_EQ(TS_RESP_CTX_set_def_policy(context.get(), policy.get()), 1);
    EXPECT_EQ(TS_RESP_CTX_add_md(context.get(), EVP_sha256()), 1);
    TS_RESP_CTX_set_serial_cb(context.get(), serial, nullptr);
    TS_RESP_CTX_set_time_cb(context.get(), give_time, &time);
    const Bio bio(BIO_new_mem_buf(request.data(), static_cast<int>(request.size())));
    const std::unique_ptr<TS_RESP, decltype(&TS_RESP_free)> response(
        TS_RESP_create_response(context.get(), bio.get()), TS_RESP_free);
    EXPECT_NE(response, nullptr);
    unsigned char* der = nullptr;
    const int length = i2d_TS_RESP(response.get(), &der);
    std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
    OPENSSL_free(der);
    return out;
  }

 private:
  struct FreeBio {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
  };
  using Bio = std::unique_ptr<BIO, FreeBio>;
  using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
  struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
  };
  using Certificate = std::unique_ptr<X509, FreeCertificate>;

  static Key new_key() {
    return {EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free};
  }

  static std::string contents(BIO* bio) {
    char* start = nullptr;
    const long length = BIO_get_mem_data(bio, &start);
    return {start, static_cast<std::size_t>(length)};
  }

  static ASN1_INTEGER* serial(TS_RESP_CTX*, void*) {
    ASN1_INTEGER* number = ASN1_INTEGER_new();
    ASN1_INTEGER_set(number, 1);
    return number;
  }

  static int give_time(TS_RESP_CTX*, void* time, long* seconds, long* microseconds) {
    *seconds = static_cast<long>(*static_cast<const std::time_t*>(time));
    *microseconds = 0;
    return 1;
  }

  static void extend(X509* certificate, int nid, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    EXPECT_EQ(X509_add_ext(certificate, extension, -1), 1);
    X509_EXTENSION_free(extension);
  }

  Certificate certificate(EVP_PKEY* key, const char* name, X509* issuer, std::time_t from,
                          std::time_t until) const {
    Certificate out(X509_new());
    X509_set_version(out.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(out.get()), issuer == nullptr ? 1 : 2);
    ASN1_TIME_set(X509_getm_notBefore(out.get()), from);
    ASN1_TIME_set(X509_getm_notAfter(out.get()), until);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(out.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509_set_issuer_name(out.get(), X509_get_subject_name(issuer == nullptr ? out.get() : issuer));
    X509_set_pubkey(out.get(), key);
    extend(out.get(), NID_basic_constraints, issuer == nullptr ? "critical,CA:TRUE" : "CA:FALSE");
    if (issuer != nullptr) extend(out.get(), NID_ext_key_usage, "critical,timeStamping");
    EXPECT_GT(X509_sign(out.get(), ca_key_.get(), EVP_sha256()), 0);
    return out;
  }

  Key ca_key_, key_;
  Certificate ca_, signer_;
};

}  // namespace forensics::ledger
