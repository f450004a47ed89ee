// Cut, broken and hostile files: whatever they are like, the reading ends, keeps the contract and
// accounts for every byte.

#include <random>

#include "samples.hpp"

namespace {

using telegram_test::Parsed;

const std::string kSample =
    R"({"name":"Quay","type":"private_group","id":77,"messages":[{"id":1,"type":"message",)"
    R"("date":"2023-08-23T13:11:23","date_unixtime":"1692821483","from":"Ada","from_id":"user5",)"
    R"("text":["a",{"type":"bold","text":"b\x0A\u00e9"}],"photo":"photos/p.jpg","reactions":[{"type":"emoji",)"
    R"("count":1,"emoji":"\ud83d\ude00","recent":[{"from":"Bo","from_id":"user6"}]}]},{"id":2,)"
    R"("type":"service","actor":null,"actor_id":"user7","action":"phone_call","discard_reason":"missed"}]})";

TEST(TelegramDamage, CutAnywhere) {
  for (std::size_t n = 0; n <= kSample.size(); ++n) {
    const Parsed p(kSample.substr(0, n));
    if (p.status == FX_NOT_MINE) continue;
    EXPECT_EQ(p.status, n < kSample.size() ? FX_TRUNCATED : FX_OK) << n;
  }
}

TEST(TelegramDamage, FlippedBits) {
  std::mt19937 random(1);
  for (int i = 0; i < 1000; ++i) {
    std::string broken = kSample;
    broken[random() % broken.size()] ^= static_cast<char>(1U << random() % 8);
    const Parsed p(broken);
  }
}

TEST(TelegramDamage, NestedAHundredThousandDeep) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const Parsed in_message(R"({"type":"personal_chat","id":1,"messages":[{"id":1,"text":)" + deep +
                          R"(,"date":"2020-01-01T00:00:00"},{"id":2,"text":"next"}]})");
  EXPECT_EQ(in_message.message(1).text("text"), "next");
  EXPECT_TRUE(in_message.notes("too-large"));
  const Parsed in_head(R"({"type":"personal_chat","id":1,"x":)" + deep + R"(,"messages":[]})");
  EXPECT_EQ(in_head.status, FX_OK);
}

TEST(TelegramDamage, ALongStringIsAPlace) {
  const Parsed p(R"({"type":"personal_chat","id":1,"messages":[{"id":1,"text":")" +
                 std::string(std::size_t{5} << 20, 'x') + R"("},{"id":2,"text":"next"}]})");
  EXPECT_TRUE(p.notes("too-long"));
  EXPECT_EQ(p.message(1).text("text"), "next");
}

TEST(TelegramDamage, OtherFamiliesAreNotTaken) {
  for (
      const char* other :
      {R"({"participants":[{"name":"A"}],"messages":[{"sender_name":"A","timestamp_ms":1,"content":"x"}],"title":"t"})",
       R"([{"header":"YouTube"}])", R"({"guild":{},"messages":[]})", "{}", "not json", ""}) {
    forensics::test::SeizedHost host(other);
    EXPECT_LT(host.probe(*fx_plugin_entry_v1_telegram(), "result.json"), 50) << other;
  }
}

}  // namespace
