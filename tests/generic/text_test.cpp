#include <gtest/gtest.h>

#include "text/charset.hpp"
#include "text/date.hpp"
#include "text/transfer.hpp"
#include "text/utf8.hpp"

namespace {

std::int64_t utc(std::string_view text) {
  const auto time = text::iso_time(text);
  return time ? time->wall - std::int64_t{time->offset} * 1000 : -1;
}

TEST(TextDate, Iso) {
  EXPECT_EQ(utc("1970-01-01T00:00:01Z"), 1000);
  EXPECT_EQ(utc("2024-05-17T07:30:15+02:00"), 1715923815000);
  EXPECT_EQ(utc("20240517T053015Z"), 1715923815000);
  EXPECT_EQ(utc("2024-05-17 05:30:15.250 UTC"), 1715923815250);
  EXPECT_EQ(text::iso_time("2024-05-17T05:30:15")->basis,
            static_cast<std::uint32_t>(FX_TIME_UNKNOWN));
  EXPECT_EQ(text::iso_time("2024-05-17")->precision, static_cast<std::uint32_t>(FX_PRECISION_DAY));
  for (const char* bad : {"", "2024", "2024-13-01", "2024-02-30", "2024-05-17T25:00Z",
                          "2024-05-17T05:30:15Zx", "17.05.2024", "2024-05-17T05:30:15."})
    EXPECT_FALSE(text::iso_time(bad)) << bad;
}

TEST(TextDate, Mail) {
  EXPECT_EQ(text::mail_time("Fri, 17 May 2024 07:30:15 +0200")->offset, 7200);
  EXPECT_EQ(text::mail_time("17 May 24 07:30 EST")->offset, -5 * 3600);
  EXPECT_EQ(text::mail_time("Fri, 17 May 2024 07:30:15 IST")->basis,
            static_cast<std::uint32_t>(FX_TIME_UNKNOWN));
  EXPECT_FALSE(text::mail_time("yesterday"));
  EXPECT_FALSE(text::mail_time("Fri, 31 Feb 2024 07:30:15 +0200"));
}

TEST(TextCharset, Reads) {
  EXPECT_EQ(text::Charset("KOI8-R").to_utf8("\xF0\xC5\xD4\xD2"), "Петр");
  EXPECT_EQ(text::Charset("Latin1").to_utf8("\xFC"), "ü");
  EXPECT_EQ(text::Charset("utf-16le").to_utf8(std::string_view("\x3D\xD8\x00\xDE", 4)), "😀");
  EXPECT_EQ(text::Charset("utf-8").to_utf8("a\xFF\r\nb"), "a\xEF\xBF\xBD\r\nb");
  EXPECT_FALSE(text::Charset("x-unknown"));
}

TEST(TextTransfer, QuotedPrintable) {
  EXPECT_EQ(text::from_quoted_printable("a=\r\nb=3D=ZZ=4"), "ab==ZZ=4");
  EXPECT_EQ(text::from_quoted_printable("a= \nb="), "ab=");
}

TEST(TextTransfer, Base64) {
  std::string out;
  text::Base64 decoder;
  decoder.add("SGVs\r\nbG", out);
  decoder.add("8=", out);
  EXPECT_TRUE(decoder.finish(out));
  EXPECT_EQ(out, "Hello");
}

TEST(TextNumbers, Degrees) {
  EXPECT_TRUE(text::is_degrees("-90.000", 90));
  EXPECT_TRUE(text::is_degrees("42.6401", 90));
  for (const char* bad : {"", "-", "90.1", "1e5", "1,5", "nan", "--1", ".5"})
    EXPECT_FALSE(text::is_degrees(bad, 90)) << bad;
}

}  // namespace
