// Every file cut at every place, and with bits flipped: no breach of the contract and nothing
// unexplained, whatever is left of it.
#include <gtest/gtest.h>

#include <random>

#include "samples.hpp"
#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_youtube(void);

using namespace forensics::test;
using namespace youtube_test;

namespace {

void check(const Sample& sample, const std::string& bytes, const std::string& how) {
  SeizedHost host(bytes);
  host.probe(*fx_plugin_entry_v1_youtube(), sample.name);
  const fx_status status = host.parse(*fx_plugin_entry_v1_youtube(), sample.name);
  ASSERT_NE(status, FX_BUG) << sample.name << how;
  ASSERT_EQ(host.breaches(), std::vector<std::string>{}) << sample.name << how;
  if (status != FX_NOT_MINE) {
    ASSERT_EQ(host.unexplained(0), 0U) << sample.name << how;
  }
}

TEST(YouTubeDamage, CutAtEveryPlace) {
  for (const Sample& sample : samples())
    for (std::size_t n = 0; n <= sample.bytes.size(); ++n)
      check(sample, sample.bytes.substr(0, n), " cut at " + std::to_string(n));
}

TEST(YouTubeDamage, AThousandFlippedBits) {
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

TEST(YouTubeDamage, NestedAHundredThousandDeep) {
  const std::string deep(100'000, '[');
  check(activity(), R"([{"header": "a", "title": "b", "time": "c", "x": )" + deep, " deep");
  check(video_info(), R"({"id": "a", "title": "b", "extractor": "youtube", "x": )" + deep, " deep");
  check(live_chat(), R"({"replayChatItemAction": {"actions": [{"addChatItemAction": )" + deep,
        " deep");
}

}  // namespace
