// Blobs: the ids must agree, and a text must be one.
#include "shapes.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace telegram_android;

namespace {

std::string words(std::initializer_list<std::uint32_t> list) {
  std::string out;
  for (const std::uint32_t each : list)
    for (int i = 0; i < 4; ++i) out += static_cast<char>(each >> 8 * i);
  return out;
}

TEST(TelegramShapes, AnotherIdIsNoShape) {
  const std::string blob = words({0x94345242, 0, 0, 7, 0x59511722, 5, 0, 1000}) + "\x02hi" + '\0';
  EXPECT_TRUE(message_shape(blob, 7, 1000));
  EXPECT_FALSE(message_shape(blob, 8, 1000));
  EXPECT_FALSE(message_shape("", 7, 1000));
  EXPECT_FALSE(message_shape(blob, 7, 1001)->text);
}

TEST(TelegramShapes, ATextIsWellFormedAndPaddedWithZeros) {
  const std::string head = words({0x94345242, 0, 0, 7, 0x59511722, 5, 0, 1000});
  EXPECT_EQ(message_shape(head + "\x02hi" + '\0', 7, 1000)->text->length, 2U);
  EXPECT_FALSE(message_shape(head + "\x02hix", 7, 1000)->text);
  EXPECT_FALSE(message_shape(head + "\x03\xFFxx", 7, 1000)->text);
  EXPECT_FALSE(message_shape(head + "\x0A"
                                    "a",
                             7, 1000)
                   ->text);
  EXPECT_FALSE(message_shape(head + "\xFE\xFF\xFF\xFF", 7, 1000)->text);
}

TEST(TelegramShapes, SendersOfBothLayouts) {
  const std::string now = words({0x94345242, 1U << 8, 0, 7, 0x59511722, 5, 0, 0x59511722, 6, 0, 9});
  EXPECT_EQ(message_shape(now, 7, 9)->from->id, 5);
  const std::string old = words({0x452c0e65, 1U << 8, 7, 5, 0x9db1bc6d, 6, 9});
  EXPECT_EQ(message_shape(old, 7, 9)->from->id, 5);
}

}  // namespace
