#include "base/sha256.hpp"

#include <gtest/gtest.h>

namespace forensics {
namespace {

std::string hex(const Digest& digest) {
  return to_hex(view(digest));
}

TEST(Sha256, VectorsOfFips180) {
  EXPECT_EQ(hex(Sha256::of("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(Sha256::of("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(Sha256::of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, PiecesMakeTheSameAndFinishStartsOver) {
  Sha256 hash;
  EXPECT_EQ(hash.update("a").update("").update("bc").finish(), Sha256::of("abc"));
  EXPECT_EQ(hash.update("abc").finish(), Sha256::of("abc"));
  EXPECT_EQ(hash.finish(), Sha256::of(""));
}

// RFC 4231, cases 1, 2, 3, 6 (a key longer than a block) and 7.
TEST(HmacSha256, VectorsOfRfc4231) {
  EXPECT_EQ(hex(HmacSha256(std::string(20, '\x0b')).of("Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(HmacSha256("Jefe").of("what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(HmacSha256(std::string(20, '\xaa')).of(std::string(50, '\xdd'))),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  HmacSha256 long_key(std::string(131, '\xaa'));
  EXPECT_EQ(hex(long_key.of("Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(hex(long_key.of("This is a test using a larger than block-size key and a larger than "
                            "block-size data. The key needs to be hashed before being used by the "
                            "HMAC algorithm.")),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

}  // namespace
}  // namespace forensics
