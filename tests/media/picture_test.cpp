#include "samples.hpp"

using namespace media_test;

namespace {

TEST(Picture, WallClockStaysOne) {
  const Reading read(jpeg({}));
  EXPECT_EQ(read.score, 90);
  EXPECT_EQ(read.status, FX_OK);
  EXPECT_EQ(read.one("conversation").text("title"), "IMG_1.jpg");
  const auto& message = read.one("message");
  EXPECT_EQ(message.text("code"), "jpeg");
  const auto* sent = message.find("sent");
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(sent->time.wall, 1715983805000);
  EXPECT_EQ(sent->time.basis, static_cast<std::uint32_t>(FX_TIME_UNKNOWN));
  EXPECT_EQ(sent->rule, "exif.date");
  for (const char* each :
       {"exif.Make=Lantern", "exif.Model=Pocket 7", "exif.Orientation=6",
        "exif.DateTime=2024:05:18 09:00:00", "exif.DateTimeOriginal=2024:05:17 22:10:05",
        "exif.MakerNote=(200 bytes)", "exif.UserComment=pier", "exif.ExifVersion=0232",
        "gps.GPSLatitude=45/1 30/1 1800/100", "gps.GPSLongitudeRef=W", "jpeg.comment=boat",
        "xmp.xmp:CreatorTool=Darkroom & Co", "xmp.subject/Bag/li=pier"})
    EXPECT_TRUE(message.has_extra(each)) << each;
  EXPECT_EQ(read.one("location").text("latitude"), "45.5050000");
  EXPECT_EQ(read.one("location").text("longitude"), "-13.2500000");
  EXPECT_EQ(read.host.of("reading").size(), 0U);
}

TEST(Picture, OffsetAndFraction) {
  Camera camera;
  camera.offset = "+02:00";
  camera.fraction = "25";
  const Reading read(jpeg(camera));
  const auto* sent = read.one("message").find("sent");
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(sent->time.wall, 1715983805250);
  EXPECT_EQ(sent->time.offset, 7200);
  EXPECT_EQ(sent->time.basis, static_cast<std::uint32_t>(FX_TIME_OFFSET));
}

// The satellites say 20:10:01 UTC, the camera 22:10:05: told, not applied.
TEST(Picture, SatellitesBesideTheClock) {
  Camera camera;
  camera.satellites = "2024:05:17";
  const Reading read(jpeg(camera));
  EXPECT_EQ(read.one("message").find("sent")->time.basis,
            static_cast<std::uint32_t>(FX_TIME_UNKNOWN));
  const auto* satellites = read.one("location").find("sent");
  ASSERT_NE(satellites, nullptr);
  EXPECT_EQ(satellites->time.wall, 1715976601000);
  EXPECT_EQ(satellites->time.basis, static_cast<std::uint32_t>(FX_TIME_OFFSET));
  EXPECT_EQ(read.one("reading").text("value"), "+02:00");
  EXPECT_EQ(read.one("reading").text("verdict"), "undecided");
}

// Days apart: nothing is said of a zone.
TEST(Picture, SatellitesOfAnotherDay) {
  Camera camera;
  camera.satellites = "2024:05:10";
  EXPECT_EQ(Reading(jpeg(camera)).host.of("reading").size(), 0U);
}

TEST(Picture, TimesThatSayNothing) {
  for (const char* each : {"0000:00:00 00:00:00", "    :  :     :  :  ", "2024:13:17 22:10:05"}) {
    Camera camera;
    camera.taken = each;
    const Reading read(jpeg(camera));
    EXPECT_EQ(read.one("message").find("sent"), nullptr) << each;
    EXPECT_TRUE(read.one("message").has_extra("exif.DateTimeOriginal=" + std::string(each)));
  }
}

TEST(Picture, PreviewIsAFileOfItsOwn) {
  Camera camera;
  camera.preview = true;
  const Reading read(jpeg(camera));
  ASSERT_EQ(read.host.children().size(), 1U);
  EXPECT_EQ(read.host.children()[0].name, "preview.jpg");
  EXPECT_EQ(read.host.children()[0].bytes, "\xFF\xD8\xFF\xD9");
}

TEST(Picture, OtherFiles) {
  Camera camera;
  camera.little = false;
  for (const Sample& each :
       {png(camera), webp(camera), heif(camera), Sample{"a.tif", exif(camera)}}) {
    const Reading read(each);
    EXPECT_EQ(read.status, FX_OK) << each.name;
    EXPECT_EQ(read.one("message").find("sent")->time.wall, 1715983805000) << each.name;
    EXPECT_EQ(read.one("location").text("latitude"), "45.5050000") << each.name;
  }
  const Reading read(png(camera));
  EXPECT_TRUE(read.one("message").has_extra("png.Software=Café"));
  EXPECT_TRUE(read.one("message").has_extra("png.tIME=2024-5-17 20:10:5 UTC"));
  EXPECT_TRUE(read.one("message").has_extra("xmp.subject/Bag/li=pier"));
}

// The name of a program is kept, and is no event.
TEST(Picture, NoEvent) {
  const Reading read({"a.jpg", std::string("\xFF\xD8\xFF\xFE\x00\x06"
                                           "Gimp\xFF\xDA\x00\x02zz",
                                           16)});
  EXPECT_EQ(read.host.of("conversation").size(), 0U);
  EXPECT_EQ(read.one("reading").text("subject"), "event");
  EXPECT_TRUE(read.one("reading").has_extra("jpeg.comment=Gimp"));
}

// A picture that says nothing of itself gives no record.
TEST(Picture, NothingSaid) {
  const Reading read(
      {"a.jpg", std::string("\xFF\xD8\xFF\xDB\x00\x03x\xFF\xDA\x00\x02zzzz\xFF\xD9", 17)});
  EXPECT_EQ(read.host.of("conversation").size(), 0U);
}

}  // namespace
