#include <gtest/gtest.h>

#include "hexdump.hpp"
#include "progress.hpp"

namespace forensics::cli {
namespace {

TEST(Text, SizesAndNumbers) {
  EXPECT_EQ(bytes_text(0), "0 B");
  EXPECT_EQ(bytes_text(999), "999 B");
  EXPECT_EQ(bytes_text(1000), "1.0 kB");
  EXPECT_EQ(bytes_text(999'960), "1.0 MB");
  EXPECT_EQ(bytes_text(12'345'678), "12.3 MB");
  EXPECT_EQ(bytes_text(~std::uint64_t{0}), "18.4 EB");
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(999), "999");
  EXPECT_EQ(number_text(1'000), "1,000");
  EXPECT_EQ(number_text(-1'234'567), "-1,234,567");
}

TEST(Text, ProgressSaysRateAndTimeLeft) {
  ingest::Progress progress{"parsing", 20'000'000, 80'000'000, 3, 12'345};
  EXPECT_EQ(progress_text(progress, std::chrono::seconds(2)),
            "parsing  20.0 MB of 80.0 MB (25 %)  10.0 MB/s  0:06 left  12,345 messages");
  progress.total = 0;
  EXPECT_EQ(progress_text(progress, std::chrono::milliseconds(10)),
            "parsing  20.0 MB  12,345 messages");
}

TEST(Text, HexdumpShowsOffsetsOfTheFile) {
  EXPECT_EQ(hexdump("", 0), "");
  EXPECT_EQ(hexdump("boat\n\xD9\x82", 4096),
            "        4096  62 6f 61 74 0a d9 82                              boat...\n");
  EXPECT_EQ(hexdump("0123456789abcdefX", 0),
            "           0  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef\n"
            "          16  58                                                X\n");
}

}  // namespace
}  // namespace forensics::cli
