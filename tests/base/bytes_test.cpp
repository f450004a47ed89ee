#include "base/bytes.hpp"

#include <gtest/gtest.h>

namespace forensics {
namespace {

using namespace std::string_literals;

TEST(Hex, WritesLowerCaseAndReadsBothCases) {
  EXPECT_EQ(to_hex("\x00\x9f\xff"s), "009fff");
  EXPECT_EQ(from_hex("009fFF"), "\x00\x9f\xff"s);
  EXPECT_EQ(from_hex(""), "");
}

TEST(Hex, RefusesOddLengthAndOtherCharacters) {
  for (const char* text : {"0", "abc", "0g", "g0", " 0", "0x"})
    EXPECT_FALSE(from_hex(text)) << text;
}

TEST(Digests, NeedExactly32Bytes) {
  EXPECT_TRUE(digest_from_hex(std::string(64, 'a')));
  EXPECT_FALSE(digest_from_hex(std::string(62, 'a')));
  EXPECT_FALSE(digest_from_hex(std::string(66, 'a')));
  EXPECT_FALSE(digest_from_bytes(std::string(31, 'a')));
  EXPECT_EQ(to_hex(view(*digest_from_hex("00ff" + std::string(60, '1')))),
            "00ff" + std::string(60, '1'));
}

TEST(Base64, VectorsOfRfc4648) {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
  };
  for (const auto& [plain, coded] : vectors) {
    EXPECT_EQ(to_base64(plain), coded);
    EXPECT_EQ(from_base64(coded), plain);
  }
}

TEST(Base64, EveryByteComesBack) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  for (std::size_t from = 0; from < 3; ++from)
    EXPECT_EQ(from_base64(to_base64(all.substr(from))), all.substr(from));
}

TEST(Base64, RefusesWhatItWouldNotWrite) {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", "Z g=",
                           "Zm9v\n", "Zm-_", "=Zg=", "Z=g="})
    EXPECT_FALSE(from_base64(text)) << text;
}

TEST(Utf8, AcceptsTheBordersOfEveryLength) {
  for (const char* text : {"\x7f", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(is_utf8(text)) << to_hex(text);
  EXPECT_TRUE(is_utf8("\0"s));
}

TEST(Utf8, RefusesOverlongSurrogateTooLargeAndCutOff) {
  for (const char* text :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC2", "\xE1\x80",
        "\xF1\x80\x80", "\xC2\x41"})
    EXPECT_FALSE(is_utf8(text)) << to_hex(text);
}

TEST(Utf8, PrefixEndsBeforeTheFirstDefect) {
  EXPECT_EQ(utf8_prefix("ab\xC3\xA9\xFFz"), 4U);
  EXPECT_EQ(utf8_prefix("ab\xE2\x82"), 2U);
}

TEST(Utf8, CodePointsComeBackAsTheyWereAppended) {
  for (const char32_t c :
       {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
    std::string text;
    append_utf8(text, c);
    std::size_t at = 0;
    EXPECT_EQ(next_code_point(text, at), c);
    EXPECT_EQ(at, text.size());
  }
  std::string text;
  append_utf8(text, 0xD800);
  append_utf8(text, 0x110000);
  EXPECT_EQ(text, "\xEF\xBF\xBD\xEF\xBF\xBD");
}

// Table 3-8 of the Unicode Standard: one replacement per maximal subpart.
TEST(Utf8, IllFormedSequencesMoveByTheirMaximalSubpart) {
  const std::string text = "a\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64";
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += next_code_point(text, at);
  EXPECT_EQ(out, U"a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
}

}  // namespace
}  // namespace forensics
