#include "header.hpp"

#include <gtest/gtest.h>

#include "dates.hpp"

namespace whatsapp {
namespace {

struct Case {
  const char* line;
  std::array<int, 3> date;
  int hour;
  int minute;
  int second;
  const char* rest;
};

class Heads : public ::testing::TestWithParam<Case> {};

TEST_P(Heads, AreReadInAnyLocale) {
  const Case& expected = GetParam();
  const std::string line = expected.line;
  Header header;
  ASSERT_TRUE(read_header(line, header)) << line;
  EXPECT_EQ(header.date.value, expected.date) << line;
  EXPECT_EQ(header.hour, expected.hour) << line;
  EXPECT_EQ(header.minute, expected.minute) << line;
  EXPECT_EQ(header.second, expected.second) << line;
  EXPECT_EQ(line.substr(header.rest), expected.rest) << line;

  // The reader with a memory gives the same answer, whether it has seen the line or not.
  HeaderReader reader;
  for (int i = 0; i < 2; ++i) {
    Header again;
    ASSERT_TRUE(reader.read(line, again)) << line;
    EXPECT_EQ(again.shape, header.shape) << line;
    EXPECT_EQ(again.date.value, header.date.value) << line;
    EXPECT_EQ(again.hour, header.hour) << line;
    EXPECT_EQ(again.rest, header.rest) << line;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Locales, Heads,
    ::testing::Values(
        Case{"05/03/2024, 14:03 - A: x", {5, 3, 2024}, 14, 3, -1, "A: x"},
        Case{"[5/3/24, 2:03:04 PM] A: x", {5, 3, 24}, 14, 3, 4, "A: x"},
        Case{"[3/5/24, 12:00:01\u202FAM] A: x", {3, 5, 24}, 0, 0, 1, "A: x"},
        Case{"3/5/24, 0:15 PM - A: x", {3, 5, 24}, 12, 15, -1, "A: x"},
        Case{"5/3/2024, 2:03 p.\u00A0m. - A: x", {5, 3, 2024}, 14, 3, -1, "A: x"},
        Case{"13.6.2018 klo 21.25.15 - A: x", {13, 6, 2018}, 21, 25, 15, "A: x"},
        Case{"13. 6. 2018. u 21:25 - A: x", {13, 6, 2018}, 21, 25, -1, "A: x"},
        Case{"[\u200F5\u200F/3\u200F/2024\u060C 14:03:04] A: x", {5, 3, 2024}, 14, 3, 4, "A: x"},
        Case{"٥/٣/٢٠٢٤، ٢:٠٣ م - A: x", {5, 3, 2024}, 14, 3, -1, "A: x"},
        Case{"۱۴۰۳/۱۲/۱۵،‏ ۲:۰۳ ب.ظ. - A: x", {1403, 12, 15}, 14, 3, -1, "A: x"},
        Case{"2024. 3. 5. 오후 2:03 - A: x", {2024, 3, 5}, 14, 3, -1, "A: x"},
        Case{"[2024/3/5 晚上8:03:04] A: x", {2024, 3, 5}, 20, 3, 4, "A: x"},
        Case{"2024/3/5 凌晨12:30 - A: x", {2024, 3, 5}, 0, 30, -1, "A: x"},
        Case{"2024/3/5 中午1:30 - A: x", {2024, 3, 5}, 13, 30, -1, "A: x"},
        Case{"[14:56:01, 3/18/22] A: x", {3, 18, 22}, 14, 56, 1, "A: x"},
        Case{"[12:05:10 SA, 5/3/24] A: x", {5, 3, 24}, 0, 5, 10, "A: x"},
        Case{"24/3/5 (15:04) - A: x", {24, 3, 5}, 15, 4, -1, "A: x"},
        Case{"7/8/12, 3:20:08 PM: A: x", {7, 8, 12}, 15, 20, 8, "A: x"},
        Case{"09/17/19, 8:30:52 AM – A: x", {9, 17, 19}, 8, 30, 52, "A: x"},
        Case{"[3/27/2565 BE, 21:41:35] A: x", {3, 27, 2565}, 21, 41, 35, "A: x"},
        Case{"R6/3/5 14:03 - A: x", {6, 3, 5}, 14, 3, -1, "A: x"},
        Case{"5.3.2024 г., 14:03 - A: x", {5, 3, 2024}, 14, 3, -1, "A: x"},
        Case{"12:05, 9 Oct 2014 - A: x", {9, 2014, 0}, 12, 5, -1, "A: x"},
        Case{"2024-03-05 14 h 03 - A: x", {2024, 3, 5}, 14, 3, -1, "A: x"},
        Case{"\uFEFF\uFEFF[\uFEFF29.01.18, 12:24:03 PM] A: x", {29, 1, 18}, 12, 24, 3, "A: x"}));

TEST(Header, RefusesWhatIsNone) {
  Header header;
  for (const char* line :
       {"", "[", "[]", "hello - A: x", "12:30 - A: x", "5/3/2024", "[see 5/3/2024, 14:03] A: x",
        "5/3/2024, 25:03 - A: x", "5/3/2024, 14:61 - A: x", "0/3/2024, 14:03 - A: x",
        "45/3/2024, 14:03 - A: x", "123456/3/2024, 14:03 - A: x", "1.2.3.4.5.6.7 - A: x"})
    EXPECT_FALSE(read_header(line, header)) << line;
}

TEST(Header, SharesAShapeAcrossValuesOnly) {
  const auto shape = [](std::string_view line) {
    Header header;
    EXPECT_TRUE(read_header(line, header)) << line;
    return header.shape;
  };
  EXPECT_EQ(shape("5/3/24, 2:03 PM - A"), shape("15/03/24, 12:03\u202Fam - B"));
  EXPECT_NE(shape("5/3/24, 2:03 PM - A"), shape("5/3/2024, 2:03 PM - A"));
  EXPECT_NE(shape("5/3/24, 14:03 - A"), shape("5/3/24 14:03 - A"));
  EXPECT_NE(shape("5/3/24, 14:03 - A"), shape("[5/3/24, 14:03] A"));
}

TEST(Header, GivesTheDayOnlyWhereAWordBesideTheHourIsUnknown) {
  Header header;
  ASSERT_TRUE(read_header("5/3/2024, 2:03 xyzzy - A: x", header));
  EXPECT_FALSE(header.hour_known);
}

}  // namespace
}  // namespace whatsapp
