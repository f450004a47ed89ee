#include "plugin/codec.hpp"

#include <gtest/gtest.h>

namespace forensics::plugin {
namespace {

using model::Codec;
using namespace std::string_literals;

struct Case {
  const char* name;
  Codec codec;
  std::string source;
  std::optional<std::string> value;
};

class CodecTest : public testing::TestWithParam<Case> {};

TEST_P(CodecTest, ReadsAsDocumented) {
  const Case& c = GetParam();
  EXPECT_EQ(decode(c.codec, c.source), c.value);
  if (!c.value) {
    EXPECT_FALSE(stands_for(c.codec, c.source, c.source));
    return;
  }
  EXPECT_TRUE(stands_for(c.codec, c.source, *c.value));
  EXPECT_FALSE(stands_for(c.codec, c.source, *c.value + "x"));
  EXPECT_FALSE(stands_for(c.codec, c.source + "\n", *c.value));
  EXPECT_LE(c.source.size(), longest_source(c.codec, c.value->size()));
}

const Case kCases[] = {
    {"NoneIsNoValue", Codec::none, "abc", std::nullopt},
    {"Bytes", Codec::bytes, "a\xFF\r\n"s, "a\xFF\r\n"s},
    {"Utf8", Codec::utf8, "caf\u00E9\r\n", "caf\u00E9\r\n"},
    {"Utf8RefusesALatin1Byte", Codec::utf8, "caf\xE9", std::nullopt},
    {"Utf8RefusesAnOverlongForm", Codec::utf8, "\xC0\xAF", std::nullopt},
    {"Utf8RefusesASurrogate", Codec::utf8, "\xED\xA0\x80", std::nullopt},
    {"LinesJoinCrLf", Codec::utf8_lines, "a\r\nb\r\n\r\nc", "a\nb\n\nc"},
    {"LinesKeepALoneCr", Codec::utf8_lines, "a\rb\r", "a\rb\r"},
    {"LinesJoinOnlyThePair", Codec::utf8_lines, "\r\r\n", "\r\n"},
    {"LinesRefuseIllFormed", Codec::utf8_lines, "a\r\n\xFF", std::nullopt},
    {"RepairReplacesEachSubpart", Codec::utf8_repair, "a\xFF\xFE\r\nb", "a\uFFFD\uFFFD\nb"},
    {"RepairTakesAMaximalSubpartAsOne", Codec::utf8_repair, "\xE2\x82z", "\uFFFDz"},
    {"RepairOfACutCharacter", Codec::utf8_repair, "z\xF0\x9F\x98", "z\uFFFD"},
    {"Utf16Le", Codec::utf16le, "a\0\xE9\0"s, "a\u00E9"},
    {"Utf16LePair", Codec::utf16le, "\x3D\xD8\x00\xDE"s, "\U0001F600"},
    {"Utf16LeLoneSurrogate", Codec::utf16le, "\x3D\xD8z\0"s, "\uFFFDz"},
    {"Utf16LeCrLf", Codec::utf16le, "\r\0\n\0\r\0z\0"s, "\n\rz"},
    {"Utf16LeOddByte", Codec::utf16le, "a\0b"s, "a\uFFFD"},
    {"Utf16Be", Codec::utf16be, "\0a\xD8\x3D\xDE\x00"s, "a\U0001F600"},
    {"Utf16BeCrLf", Codec::utf16be, "\0\r\0\n"s, "\n"},
    {"JsonPlain", Codec::json_string, "caf\u00E9", "caf\u00E9"},
    {"JsonShortEscapes", Codec::json_string, R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
    {"JsonUnicode", Codec::json_string, R"(\u00e9\u20AC)", "\u00E9\u20AC"},
    {"JsonPair", Codec::json_string, R"(\ud83d\uDE00)", "\U0001F600"},
    {"JsonLoneHigh", Codec::json_string, R"(\ud83dz)", "\uFFFDz"},
    {"JsonTwoHighs", Codec::json_string, R"(\ud83d\ud83d\ude00)", "\uFFFD\U0001F600"},
    {"JsonLoneLow", Codec::json_string, R"(\ude00)", "\uFFFD"},
    {"JsonNul", Codec::json_string, R"(\u0000)", "\0"s},
    {"JsonRefusesAQuote", Codec::json_string, "a\"b", std::nullopt},
    {"JsonRefusesAControl", Codec::json_string, "a\nb", std::nullopt},
    {"JsonRefusesAnOddEscape", Codec::json_string, R"(\x41)", std::nullopt},
    {"JsonRefusesACutEscape", Codec::json_string, "\\", std::nullopt},
    {"JsonRefusesCutDigits", Codec::json_string, R"(\u00e)", std::nullopt},
    {"JsonRefusesIllFormed", Codec::json_string, "\xFF", std::nullopt},
    {"Percent", Codec::percent, "a%20b%C3%A9+", "a b\u00E9+"},
    {"PercentRefusesACutEscape", Codec::percent, "a%2", std::nullopt},
    {"PercentRefusesALetter", Codec::percent, "%G0", std::nullopt},
    {"PercentRefusesIllFormed", Codec::percent, "%FF", std::nullopt},
    {"Base64", Codec::base64, "Zm9vYg==", "foob"},
    {"Base64RefusesLoosePadding", Codec::base64, "Zm9vYg", std::nullopt},
    {"Base64RefusesUnusedBits", Codec::base64, "Zm9vYh==", std::nullopt},
};

INSTANTIATE_TEST_SUITE_P(Table, CodecTest, testing::ValuesIn(kCases),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

TEST(Codec, AnEmptySourceIsAnEmptyValue) {
  EXPECT_TRUE(stands_for(Codec::utf8, "", ""));
  EXPECT_FALSE(stands_for(Codec::utf8, "", "x"));
  EXPECT_FALSE(stands_for(Codec::none, "", ""));
}

TEST(Codec, LongestSourceDoesNotOverflow) {
  EXPECT_EQ(longest_source(Codec::json_string, ~std::uint64_t{0}), ~std::uint64_t{0});
  EXPECT_EQ(longest_source(Codec::none, 10), 0U);
}

}  // namespace
}  // namespace forensics::plugin
