// Every file cut at every place, and with bits flipped.
#include <random>

#include "samples.hpp"

using namespace forensics::test;
using namespace media_test;

namespace {

void check(const Sample& sample, const std::string& bytes, const std::string& how) {
  SeizedHost host(bytes);
  host.probe(*fx_plugin_entry_v1_media(), sample.name);
  const fx_status status = host.parse(*fx_plugin_entry_v1_media(), sample.name);
  ASSERT_NE(status, FX_BUG) << sample.name << how;
  ASSERT_EQ(host.breaches(), std::vector<std::string>{}) << sample.name << how;
  if (status != FX_NOT_MINE) {
    ASSERT_EQ(host.unexplained(0), 0U) << sample.name << how;
  }
}

TEST(MediaDamage, CutAtEveryPlace) {
  for (const Sample& sample : samples())
    for (std::size_t n = 0; n <= sample.bytes.size(); ++n)
      check(sample, sample.bytes.substr(0, n), " cut at " + std::to_string(n));
}

TEST(MediaDamage, AThousandFlippedBits) {
  for (const Sample& sample : samples()) {
    std::mt19937 random(20240517);
    for (int i = 0; i < 1000; ++i) {
      std::string bytes = sample.bytes;
      const std::size_t at = random() % bytes.size();
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
      check(sample, bytes, " flip " + std::to_string(i));
    }
  }
}

// A directory that leads to itself, and a box within a box within a box.
TEST(MediaDamage, Circles) {
  std::string circle("II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0", 26);
  check({"a.tif", {}}, circle, " circle");
  std::string nested;
  for (int i = 0; i < 5000; ++i) nested = box("moov", nested);
  check({"a.mov", {}}, nested, " nested");
}

}  // namespace
