#include "calendar.hpp"

#include <gtest/gtest.h>

namespace whatsapp {
namespace {

std::int32_t gregorian(int year, int month, int day) {
  return day_number(Calendar::gregorian, year, month, day).value();
}

TEST(Calendar, CountsDaysFrom1970) {
  EXPECT_EQ(gregorian(1970, 1, 1), 0);
  EXPECT_EQ(gregorian(2024, 2, 29), 19782);
  EXPECT_EQ(gregorian(1969, 12, 31), -1);
  EXPECT_FALSE(day_number(Calendar::gregorian, 2023, 2, 29));
  EXPECT_FALSE(day_number(Calendar::gregorian, 2024, 13, 1));
  EXPECT_FALSE(day_number(Calendar::gregorian, 2024, 4, 31));
}

TEST(Calendar, ReadsThePersianYearWithItsLeapDays) {
  EXPECT_EQ(day_number(Calendar::persian, 1403, 1, 1), gregorian(2024, 3, 20));
  EXPECT_EQ(day_number(Calendar::persian, 1402, 12, 29), gregorian(2024, 3, 19));
  EXPECT_EQ(day_number(Calendar::persian, 1404, 1, 1), gregorian(2025, 3, 21));
  EXPECT_EQ(day_number(Calendar::persian, 1399, 12, 30), gregorian(2021, 3, 20));
  EXPECT_EQ(day_number(Calendar::persian, 1388, 1, 1), gregorian(2009, 3, 21));
  for (const int leap : {1387, 1391, 1395, 1399, 1403, 1408})
    EXPECT_TRUE(day_number(Calendar::persian, leap, 12, 30)) << leap;
  for (const int common : {1400, 1401, 1402, 1404, 1405, 1407})
    EXPECT_FALSE(day_number(Calendar::persian, common, 12, 30)) << common;
  EXPECT_FALSE(day_number(Calendar::persian, 1403, 7, 31));
}

TEST(Calendar, ReadsErasAndTwoDigitYears) {
  EXPECT_EQ(day_number(Calendar::buddhist, 2567, 2, 29), gregorian(2024, 2, 29));
  EXPECT_EQ(day_number(Calendar::reiwa, 6, 3, 5), gregorian(2024, 3, 5));
  EXPECT_EQ(day_number(Calendar::heisei, 31, 4, 30), gregorian(2019, 4, 30));
  EXPECT_EQ(full_year(Calendar::buddhist, 67, 2), 2567);
  EXPECT_EQ(full_year(Calendar::persian, 3, 2), 1403);
  EXPECT_EQ(full_year(Calendar::persian, 98, 2), 1398);
  EXPECT_EQ(weekday_of(gregorian(2024, 3, 5)), 2);
}

}  // namespace
}  // namespace whatsapp
