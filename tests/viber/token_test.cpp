#include "token.hpp"

#include <gtest/gtest.h>

namespace {

TEST(ViberToken, CountsMilliseconds) {
  // Of a real call, whose date says 2022-11-25T20:34:25.582Z.
  EXPECT_EQ(viber::token_time(5777027480664824042), 1'669'408'459'420);
}

TEST(ViberToken, OtherNumbersAreNoClocks) {
  for (const std::int64_t token : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{9001},
                                   std::int64_t{1} << 40, INT64_MAX, INT64_MIN})
    EXPECT_EQ(viber::token_time(token), std::nullopt) << token;
}

TEST(ViberToken, TimesInWords) {
  EXPECT_EQ(viber::iso_time(1'669'408'465'582), "2022-11-25T20:34:25.582Z");
  EXPECT_EQ(viber::iso_time(951'782'400'000), "2000-02-29T00:00:00.000Z");
  EXPECT_EQ(viber::iso_time(-1), "1969-12-31T23:59:59.999Z");
}

}  // namespace
