#include "ledger/note.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "fixture.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/keys.hpp"

namespace forensics::ledger {
namespace {

constexpr std::string_view kOrigin = "urn:uuid:00000000-0000-4000-8000-000000000001";

SigningKey test_key(char fill = '\x01') {
  return *SigningKey::from_seed(std::string(32, fill));
}

// RFC 8032 section 7.1, test 2.
TEST(Keys, VectorOfRfc8032) {
  const auto key = SigningKey::from_seed(
      *from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  ASSERT_TRUE(key);
  EXPECT_EQ(to_hex(key->public_key().bytes()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(to_hex(key->sign("\x72")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(key->public_key().verifies("\x72", key->sign("\x72")));
  EXPECT_FALSE(key->public_key().verifies("\x73", key->sign("\x72")));
  EXPECT_FALSE(key->public_key().verifies("\x72", key->sign("\x72").substr(1)));
}

TEST(Keys, PemComesBack) {
  const SigningKey key = SigningKey::generate();
  const auto again = SigningKey::from_pem(key.pem());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->public_key(), key.public_key());
  const auto public_again = PublicKey::from_pem(key.public_key().pem());
  ASSERT_TRUE(public_again);
  EXPECT_EQ(*public_again, key.public_key());
  EXPECT_TRUE(key.pem().starts_with("-----BEGIN PRIVATE KEY-----\n"));
  EXPECT_NE(SigningKey::generate().public_key(), key.public_key());
}

TEST(Keys, RefuseWhatIsNoKey) {
  EXPECT_FALSE(SigningKey::from_pem(""));
  EXPECT_FALSE(SigningKey::from_pem(test_key().public_key().pem()));
  EXPECT_FALSE(PublicKey::from_pem(test_key().pem()));
  EXPECT_FALSE(SigningKey::from_seed(std::string(31, 'x')));
  EXPECT_FALSE(PublicKey::from_bytes(std::string(33, 'x')));
}

// For a point of small order a signature is easily found, without any private key.
TEST(Keys, OfSmallOrderOrInAnotherFormAreRefused) {
  const std::string top(30, '\xFF');
  std::vector<std::string> encodings;
  for (const char* hex : {"00", "01"}) encodings.push_back(*from_hex(hex) + std::string(31, '\0'));
  for (int low = 0xEC; low <= 0xFF; ++low)  // p - 1, and from p on the second forms
    encodings.push_back(static_cast<char>(low) + top + '\x7F');
  for (const char* hex : {"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"})
    encodings.push_back(*from_hex(hex));
  for (std::string raw : encodings) {
    EXPECT_FALSE(PublicKey::from_bytes(raw)) << to_hex(raw);
    raw.back() = static_cast<char>(raw.back() | '\x80');  // the other sign of x
    EXPECT_FALSE(PublicKey::from_bytes(raw)) << to_hex(raw);
  }
  EXPECT_TRUE(PublicKey::from_bytes('\xEB' + top + '\x7F')) << "the greatest that is left";
  EXPECT_TRUE(PublicKey::from_bytes('\x02' + std::string(31, '\0')));
}

TEST(Keys, StoredPrivateKeyIsForItsOwnerOnly) {
  const TempFolder folder;
  const std::string path = folder.path() + "/log.key";
  ASSERT_TRUE(test_key().store(Files::system(), path));
  struct stat facts {};
  ASSERT_EQ(::stat(path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  const auto again = SigningKey::load(path);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->public_key(), test_key().public_key());
}

TEST(Keys, FingerprintsAreComparedAsPeopleWriteThem) {
  EXPECT_TRUE(same_fingerprint("ab12cd34", "AB12 CD34"));
  EXPECT_TRUE(same_fingerprint("ab:12:cd:34", "ab12cd34"));
  EXPECT_FALSE(same_fingerprint("ab12cd34", "ab12cd35"));
  EXPECT_FALSE(same_fingerprint("ab12cd34", "ab12cd"));
}

// The example of C2SP signed-note's own Go implementation: an outside check of the key id.
TEST(Note, KeyIdOfAKnownKey) {
  const auto verifier =
      from_base64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");  // type byte and key
  ASSERT_TRUE(verifier);
  const auto key = PublicKey::from_bytes(verifier->substr(1));
  ASSERT_TRUE(key);
  EXPECT_EQ(key_id("PeterNeumann", *key), 0xc74f20a3U);
  const auto note = parse_note(
      "If you think cryptography is the answer to your problem,\n"
      "then you don't know what your problem is.\n"
      "\n"
      "\xE2\x80\x94 PeterNeumann "
      "x08go/ZJkuBS9UG/"
      "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");
  ASSERT_TRUE(note);
  EXPECT_EQ(check_signature(*note, "PeterNeumann", *key), SignatureState::good);
}

TEST(Note, ComesBackAsItWasWritten) {
  const Note note = sign_note("first\n\nsecond\n", kOrigin, test_key());
  const auto again = parse_note(note.encode());
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again->text, "first\n\nsecond\n");
  EXPECT_EQ(again->encode(), note.encode());
  EXPECT_EQ(check_signature(*again, kOrigin, test_key().public_key()), SignatureState::good);
}

TEST(Note, OtherSignersAreIgnoredAndCarried) {
  Note note = sign_note("text\n", kOrigin, test_key());
  for (int i = 0; i < 30; ++i)
    note.signatures.insert(note.signatures.begin(),
                           NoteSignature{"witness.example/" + std::to_string(i), 7, "anything"});
  const auto again = parse_note(note.encode());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->signatures.size(), 31U);
  EXPECT_EQ(check_signature(*again, kOrigin, test_key().public_key()), SignatureState::good);
  EXPECT_EQ(check_signature(*again, kOrigin, test_key('\x09').public_key()),
            SignatureState::absent);
  EXPECT_EQ(check_signature(*again, "other", test_key().public_key()), SignatureState::absent);
}

TEST(Note, AKnownKeyThatDoesNotVerifyIsBadEvenBesideAGoodOne) {
  Note note = sign_note("text\n", kOrigin, test_key());
  note.signatures.push_back(sign_note("another\n", kOrigin, test_key()).signatures[0]);
  EXPECT_EQ(check_signature(note, kOrigin, test_key().public_key()), SignatureState::bad);
}

TEST(Note, RefusesWhatIsNone) {
  const std::string good = sign_note("text\n", kOrigin, test_key()).encode();
  const std::string line = good.substr(good.find("\n\n") + 2);
  ASSERT_TRUE(parse_note(good));
  std::string many = good;
  for (int i = 0; i < 100; ++i) many += line;
  for (const std::string& text :
       {std::string(), std::string("text\n"), std::string("text\n\n"),
        good.substr(0, good.size() - 1), good + "\n", good + "x", "text\r\n\n" + line,
        "te\txt\n\n" + line, "\xFF\n\n" + line, "text\n" + line, "text\n\n- " + line.substr(4),
        std::string("text\n\n\xE2\x80\x94 name\n"), std::string("text\n\n\xE2\x80\x94 name AAAA\n"),
        std::string("text\n\n\xE2\x80\x94  AAAAAAAA\n"),
        std::string("text\n\n\xE2\x80\x94 a+b AAAAAAAA\n"), many,
        std::string(kMaxNote, 'x') + "\n\n" + line}) {
    const auto note = parse_note(text);
    ASSERT_FALSE(note) << text;
    EXPECT_EQ(note.error().code, ErrorCode::corrupt);
  }
}

TEST(Checkpoints, AreReadStrictly) {
  const Checkpoint checkpoint{std::string(kOrigin), 3, leaf_hash("x")};
  const auto again = Checkpoint::parse(checkpoint.text());
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, checkpoint);
  const std::string root = to_base64(view(checkpoint.root));
  for (const std::string& text :
       {std::string(), "o\n3\n" + root, "o\n3\n" + root + "\nmore\n", "\n3\n" + root + "\n",
        "o\n03\n" + root + "\n", "o\n+3\n" + root + "\n", "o\n-3\n" + root + "\n",
        "o\n3 \n" + root + "\n", "o\n\n" + root + "\n", "o\n99999999999999999999\n" + root + "\n",
        "o\n3\n" + root.substr(4) + "\n", std::string("o\n3\n\n"), std::string("o\n3\n")})
    EXPECT_FALSE(Checkpoint::parse(text)) << text;
}

TEST(Checkpoints, FileNamesSortBySize) {
  EXPECT_EQ(checkpoint_file_name(3), "000000000003.note");
  EXPECT_EQ(checkpoint_file_name(1234567890123), "1234567890123.note");
  EXPECT_EQ(checkpoint_size_of("000000000003.note"), 3U);
  EXPECT_EQ(checkpoint_size_of("1234567890123.note"), 1234567890123U);
  for (const char* name : {"3.note", "00000000003.note", "0000000000003.note", "000000000003.not",
                           "00000000000x.note", "000000000003.note.tmp", ".note", ""})
    EXPECT_FALSE(checkpoint_size_of(name)) << name;
}

TEST(Checkpoints, OpenOnlyWithTheirKeyAndOrigin) {
  const Checkpoint checkpoint{std::string(kOrigin), 3, leaf_hash("x")};
  const std::string bytes = sign_note(checkpoint.text(), kOrigin, test_key()).encode();
  const auto opened = open_checkpoint(bytes, kOrigin, test_key().public_key());
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, checkpoint);
  for (const auto& refused : {open_checkpoint(bytes, "urn:uuid:other", test_key().public_key()),
                              open_checkpoint(bytes, kOrigin, test_key('\x09').public_key()),
                              open_checkpoint("garbage", kOrigin, test_key().public_key()),
                              open_checkpoint(sign_note("text\n", kOrigin, test_key()).encode(),
                                              kOrigin, test_key().public_key())}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::integrity);
  }
}

}  // namespace
}  // namespace forensics::ledger
