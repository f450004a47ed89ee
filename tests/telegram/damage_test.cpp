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

const std::string kPage =
    "<html><title>Exported Data</title><div class=\"page_wrap\"><div class=\"page_header\"><div "
    "class=\"text bold\">Q</div></div><div class=\"page_body chat_page\"><div class=\"history\">"
    "<div class=\"message service\" id=\"message-1\"><div class=\"body details\">9 October "
    "2016</div>"
    "</div><div class=\"message default\" id=\"message5\"><div class=\"userpic userpic3\"><div "
    "class=\"initials\">A</div></div><div class=\"body\"><div class=\"pull_right date details\" "
    "title=\"09.10.2016 14:29:34 UTC+02:00\">14:29</div><div class=\"from_name\">A via "
    "@b</div><div "
    "class=\"reply_to\"><a href=\"#go_to_message3\">this</a></div><div "
    "class=\"text\">x<br>\x80\xA8 "
    "&amp;</div><a class=\"photo_wrap\" href=\"p.jpg\"><img src=\"q.jpg\"></a><div "
    "class=\"media_poll\">"
    "<div class=\"question\">q</div><div class=\"answer\">- a<span class=\"details\">2 votes</span>"
    "</div></div><span class=\"reactions\"><span class=\"reaction\"><span "
    "class=\"emoji\">e</span><div "
    "class=\"userpic\"><div title=\"B\">B</div></div></span></span></div></div></div></div></html>";

TEST(TelegramDamage, PagesCutAnywhere) {
  for (std::size_t n = 0; n <= kPage.size(); ++n) {
    const Parsed p(kPage.substr(0, n), "messages.html");
    if (n == kPage.size()) {
      EXPECT_EQ(p.status, FX_OK);
    }
  }
}

TEST(TelegramDamage, FlippedBitsOfPages) {
  std::mt19937 random(2);
  for (int i = 0; i < 1000; ++i) {
    std::string broken = kPage;
    broken[random() % broken.size()] ^= static_cast<char>(1U << random() % 8);
    const Parsed p(broken, "messages.html");
  }
}

TEST(TelegramDamage, APageOfOpenTags) {
  std::string deep = "<div class=\"page_wrap\"><div class=\"page_body\">";
  for (int i = 0; i < 100'000; ++i) deep += "<div class=\"body\">";
  const Parsed p(deep + "x", "messages.html");
  EXPECT_TRUE(p.notes("too-deep"));
  std::string many = "<div class=\"message\" id=\"message1\"><div class=\"body\">";
  for (int i = 0; i < 10'000; ++i) many += "<i>x</i><a href=\"y\"></a>";
  EXPECT_TRUE(Parsed(many, "messages.html").notes("too-large"));
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
