#include "samples.hpp"

using namespace media_test;

namespace {

TEST(Film, OfAPhone) {
  const Reading read(phone_film(3'798'828'605));
  EXPECT_EQ(read.status, FX_OK);
  const auto& message = read.one("message");
  EXPECT_EQ(message.text("code"), "mp4");
  EXPECT_EQ(message.find("sent")->time.wall, 1715983805000);
  EXPECT_EQ(message.find("sent")->time.basis, static_cast<std::uint32_t>(FX_TIME_EPOCH));
  EXPECT_EQ(message.find("sent")->rule, "iso-media.seconds-since-1904");
  EXPECT_TRUE(message.has_extra("film/creation_time=3798828605"));
  EXPECT_TRUE(message.has_extra("track/1/media/creation_time=3798828605"));
  EXPECT_TRUE(message.has_extra("film/©xyz=+45.5050-013.2500/"));
  EXPECT_EQ(read.one("location").text("latitude"), "+45.5050");
  EXPECT_EQ(read.one("location").text("longitude"), "-013.2500");
}

// Some writers count since 1970 where 1904 is meant: a number, and no time.
TEST(Film, CountsFromTheWrongYear) {
  const Reading read(phone_film(1'715'983'805));
  EXPECT_EQ(read.one("message").find("sent"), nullptr);
  EXPECT_TRUE(read.one("message").has_extra("film/creation_time=1715983805"));
}

TEST(Film, TheDateWithAnOffsetGoesFirst) {
  const Reading read(apple_film());
  EXPECT_EQ(read.status, FX_OK);
  const auto& message = read.one("message");
  EXPECT_EQ(message.text("code"), "mov");
  EXPECT_EQ(message.find("sent")->time.offset, 7200);
  EXPECT_EQ(message.find("sent")->time.basis, static_cast<std::uint32_t>(FX_TIME_OFFSET));
  EXPECT_TRUE(message.has_extra("film/com.apple.quicktime.make=Lantern"));
  EXPECT_EQ(read.one("location").text("longitude"), "-013.2500");
}

TEST(Film, PlaceOf3gpp) {
  const Reading read(film_of_3gpp());
  EXPECT_EQ(read.one("location").text("latitude"), "45.500000");
  EXPECT_EQ(read.one("location").text("longitude"), "-13.250000");
  EXPECT_EQ(read.one("location").text("name"), "Pier");
  EXPECT_TRUE(read.one("message").has_extra("film/titl=Night"));
}

}  // namespace
