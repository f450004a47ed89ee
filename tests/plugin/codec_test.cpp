#include "plugin/codec.hpp"

#include "plugin/number_codec.hpp"

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
    {"IntBe", Codec::int_be, "\x01\x00"s, "256"},
    {"IntBeIsSigned", Codec::int_be, "\xFF\xFE"s, "-2"},
    {"IntBeOfEightBytes", Codec::int_be, "\x80\0\0\0\0\0\0\0"s, "-9223372036854775808"},
    {"IntBeHasAByte", Codec::int_be, "", std::nullopt},
    {"IntBeHasNoNine", Codec::int_be, "123456789", std::nullopt},
    {"IntLe", Codec::int_le, "\x00\x01"s, "256"},
    {"VarintBe", Codec::varint_be, "\x81\x00"s, "128"},
    {"VarintBeOfNineBytes", Codec::varint_be, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s, "-1"},
    {"VarintBeIsNotCut", Codec::varint_be, "\x81"s, std::nullopt},
    {"VarintBeEndsAtItsEnd", Codec::varint_be, "\x01\x01"s, std::nullopt},
    {"VarintLe", Codec::varint_le, "\x80\x01"s, "128"},
    {"VarintLeIsUnsigned", Codec::varint_le, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"s,
     "18446744073709551615"},
    {"VarintLeOverflows", Codec::varint_le, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"s,
     std::nullopt},
    {"SerialZero", Codec::sqlite_serial, "\x08", "0"},
    {"SerialOne", Codec::sqlite_serial, "\x09", "1"},
    {"SerialOfAByteIsNoValue", Codec::sqlite_serial, "\x01", std::nullopt},
    {"DoubleBe", Codec::double_be, "\x3F\xF8\0\0\0\0\0\0"s, "1.5"},
    {"DoubleBeWithoutExponent", Codec::double_be, "\x44\xB5\x2D\x02\xC7\xE1\x4A\xF6"s,
     "99999999999999991611392"},
    {"DoubleBeIsFinite", Codec::double_be, "\x7F\xF0\0\0\0\0\0\0"s, std::nullopt},
    {"SecondsAreTimesOnly", Codec::int_be_seconds, "\x01", std::nullopt},
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
    {"RepairedPlain", Codec::json_string_repaired, R"(caf\u00e9 \ud83d\ude00\n)",
     "caf\u00E9 \U0001F600\n"},
    {"RepairedHex", Codec::json_string_repaired, R"(a\x1Fb\x0a)",
     "a\x1F"
     "b\n"},
    {"RepairedStrayBytes", Codec::json_string_repaired,
     "a\\u2028\x80\xA8"
     "b\\u2029\x80\xA9",
     "a\u2028b\u2029"},
    {"RepairedStrayOfTheOther", Codec::json_string_repaired, "\\u2028\x80\xA9",
     "\u2028\uFFFD\uFFFD"},
    {"RepairedOddEscape", Codec::json_string_repaired, R"(\q\xZZ\u12)", R"(\q\xZZ\u12)"},
    {"RepairedControl", Codec::json_string_repaired, "a\nb\\", "a\nb\\"},
    {"RepairedRefusesAQuote", Codec::json_string_repaired, "a\"b", std::nullopt},
    {"Latin1", Codec::json_string_latin1, R"(Ren\u00c3\u00a9e)", "Ren\u00E9e"},
    {"Latin1Raw", Codec::json_string_latin1, "Ren\u00C3\u00A9e", "Ren\u00E9e"},
    {"Latin1RefusesACharacter", Codec::json_string_latin1, R"(\u2028)", std::nullopt},
    {"Latin1RefusesACutSequence", Codec::json_string_latin1, R"(\u00c3)", std::nullopt},
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

TEST(Instant, CountsFromItsEpoch) {
  using namespace std::string_literals;
  EXPECT_EQ(instant(Codec::int_be, "\x01\x00"s), 256);
  EXPECT_EQ(instant(Codec::int_be_seconds, "\x01\x00"s), 256'000);
  EXPECT_EQ(instant(Codec::int_be_cocoa, "\x00"s), 978'307'200'000);
  EXPECT_EQ(instant(Codec::sqlite_serial, "\x08"s), 0);
  EXPECT_EQ(instant(Codec::double_be, "\x3F\xF8\0\0\0\0\0\0"s), 1500);
  EXPECT_EQ(instant(Codec::double_be_cocoa, "\xBF\xF8\0\0\0\0\0\0"s), 978'307'198'500);
  EXPECT_EQ(instant(Codec::int_be_seconds, "\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s), std::nullopt);
  EXPECT_EQ(instant(Codec::utf8, "1"), std::nullopt);
}

TEST(Instant, DecimalsAreRoundedDown) {
  EXPECT_EQ(instant(Codec::decimal_seconds, "1692821483"), 1'692'821'483'000);
  EXPECT_EQ(instant(Codec::decimal_seconds, "1.5"), 1500);
  EXPECT_EQ(instant(Codec::decimal_seconds, "0.0019"), 1);
  EXPECT_EQ(instant(Codec::decimal_seconds, "-0.0019"), -2);
  EXPECT_EQ(instant(Codec::decimal_seconds, "-1"), -1000);
  EXPECT_EQ(instant(Codec::decimal_milliseconds, "1692821483123.9"), 1'692'821'483'123);
  EXPECT_EQ(instant(Codec::decimal_milliseconds, "-0.5"), -1);
  EXPECT_EQ(instant(Codec::decimal_microseconds, "1692821483123456"), 1'692'821'483'123);
  EXPECT_EQ(instant(Codec::decimal_microseconds, "999"), 0);
  EXPECT_EQ(instant(Codec::decimal_microseconds, "-1"), -1);
  for (const char* wrong : {"", "-", "1.", ".5", "1e3", "+1", " 1", "1692821483000", "0x1",
                            "99999999999999999999999999999999999999999"})
    EXPECT_EQ(instant(Codec::decimal_seconds, wrong), std::nullopt) << wrong;
  EXPECT_FALSE(is_instant(Codec::decimal_seconds, "1.5", 1501));
}

TEST(Instant, ABinaryFractionStandsForTheMillisecondBeforeAndAfter) {
  using namespace std::string_literals;
  const std::string tenth = "\x3F\xB9\x99\x99\x99\x99\x99\x9A"s;  // a little more than 0.1
  const std::string less = "\x3F\xB9\x99\x99\x99\x99\x99\x99"s;   // and a little less
  EXPECT_TRUE(is_instant(Codec::double_be, tenth, 100));
  EXPECT_TRUE(is_instant(Codec::double_be, less, 99));
  EXPECT_TRUE(is_instant(Codec::double_be, less, 100));
  EXPECT_FALSE(is_instant(Codec::double_be, less, 98));
  EXPECT_FALSE(is_instant(Codec::double_be, less, 101));
  EXPECT_FALSE(is_instant(Codec::int_be, "\x64"s, 101));
}

}  // namespace
}  // namespace forensics::plugin
