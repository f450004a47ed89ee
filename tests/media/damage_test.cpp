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

// Few bytes that ask for billions of steps: items whose places have no size; tags without number
// that lead to the same value.
TEST(MediaDamage, MuchOutOfLittle) {
  std::string list = big(0x01000000, 4) + big(0, 2) + big(0xFFFF, 2);
  for (int i = 0; i < 0xFFFF; ++i) list += big(7, 2) + big(0, 4) + big(0xFFFF, 2);
  const std::string infe =
      box("infe", big(0x02000000, 4) + big(7, 2) + big(0, 2) + std::string("Exif\0", 5));
  const std::string meta = big(0, 4) + box("iinf", big(0, 4) + big(1, 2) + infe);
  check({"a.heic", {}}, box("ftyp", "heic" + big(0, 4)) + box("meta", meta + box("iloc", list)),
        " places of no size");

  std::string same = std::string("MM\0*", 4) + big(8, 4);
  for (int directory = 0; directory < 8; ++directory) {
    same += big(2000, 2);
    for (int tag = 0; tag < 2000; ++tag)
      same += big(static_cast<std::uint64_t>(0x4000 + tag), 2) + big(2, 2) + big(0x10000, 4) +
              big(8, 4);
    same += big(same.size() + 4, 4);
  }
  check({"a.tif", {}}, same + std::string(0x10000, 'x'), " one value for all");
}

}  // namespace
