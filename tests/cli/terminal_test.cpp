#include "terminal.hpp"

#include <gtest/gtest.h>

#include "base/bytes.hpp"

namespace forensics::cli {
namespace {

TEST(Terminal, CountsColumnsNotBytes) {
  EXPECT_EQ(columns_of("boat"), 4U);
  EXPECT_EQ(columns_of("قَارِب"), 4U);  // two marks take none
  EXPECT_EQ(columns_of("ሰላም"), 3U);
  EXPECT_EQ(columns_of("北京"), 4U);  // wide
  EXPECT_EQ(columns_of("한"), 2U);
  EXPECT_EQ(columns_of("\u1112\u1161\u11AB"), 2U);  // the same syllable, decomposed
  EXPECT_EQ(columns_of("e\u0301"), 1U);
  EXPECT_EQ(columns_of("🚢"), 2U);
  EXPECT_EQ(columns_of("\u200F\u202Aa\u202C"), 1U);
}

TEST(Terminal, EvidenceCannotSteerTheTerminal) {
  EXPECT_EQ(visible("a\x1b[31mred"), "a<U+001B>[31mred");
  EXPECT_EQ(visible("\u202Egpj.exe"), "<U+202E>gpj.exe");
  EXPECT_EQ(visible("\u2066x\u2069"), "<U+2066>x<U+2069>");
  EXPECT_EQ(visible("one\ntwo\tthree"), "one ⏎ two three");
  EXPECT_EQ(visible("bell\x07"), "bell<U+0007>");
  EXPECT_EQ(visible("csi\u009B2J"), "csi<U+009B>2J");
  EXPECT_EQ(visible("na\xEFve"), "na<EF>ve");
  EXPECT_EQ(visible("\xE2\x82"), "<E2><82>");
  EXPECT_EQ(visible("real \uFFFD"), "real \uFFFD");
  EXPECT_EQ(visible("قارب"), "قارب");
}

TEST(Terminal, NoByteOfAnyKindGetsThroughAsControl) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string out = visible(std::string(1, static_cast<char>(byte)));
    EXPECT_TRUE(is_utf8(out)) << byte;
    for (const char each : out) EXPECT_GE(static_cast<unsigned char>(each), 0x20) << byte;
  }
}

TEST(Terminal, CutsBetweenCharacters) {
  EXPECT_EQ(cut("harbour", 7), "harbour");
  EXPECT_EQ(cut("harbour", 6), "harbo…");
  EXPECT_EQ(cut("harbour", 1), "…");
  EXPECT_EQ(cut("harbour", 0), "");
  EXPECT_EQ(cut("北京市", 4), "北…");  // half a wide character does not fit
  EXPECT_EQ(cut("e\u0301e\u0301e\u0301", 2), "e\u0301…");
  for (std::size_t width = 0; width < 12; ++width) {
    const std::string out = cut("aقَارِب北京🚢", width);
    EXPECT_LE(columns_of(out), width);
    EXPECT_TRUE(is_utf8(out));
  }
}

TEST(Terminal, PadsByColumns) {
  EXPECT_EQ(padded("北", 4), "北  ");
  EXPECT_EQ(padded("12", 4, true), "  12");
  EXPECT_EQ(padded("longer", 3), "longer");
}

TEST(Terminal, ColourOnlyWhereWanted) {
  EXPECT_EQ((Terminal{true, true, 80}.bold("x")), "\x1b[1mx\x1b[0m");
  EXPECT_EQ((Terminal{true, false, 80}.bold("x")), "x");
}

}  // namespace
}  // namespace forensics::cli
