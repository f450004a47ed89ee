// Table messages, and the years that have both generations.

#include <gtest/gtest.h>

#include "store.hpp"

namespace whatsapp_android_test {
namespace {

constexpr std::int64_t kT0 = 1709640000000;

TEST(WhatsappAndroidLegacy, ReadsTheOlderTable) {
  const auto host = open(made("legacy.db"));
  ASSERT_EQ(host->probe(plugin(), "x"), 95);
  ASSERT_EQ(host->parse(plugin(), "msgstore.db"), FX_OK);
  EXPECT_EQ(host->breaches(), std::vector<std::string>{});
  EXPECT_EQ(host->unexplained(0), 0U);
  ASSERT_NE(by_source_id(*host, "OLD0002"), nullptr);
  EXPECT_EQ(by_source_id(*host, "OLD0002")->text("text"), "hello");
  const SeizedRecord* reply = by_source_id(*host, "OLD0003");
  ASSERT_NE(reply, nullptr);
  EXPECT_EQ(reply->text("quoted"), "hello");
  EXPECT_EQ(reply->text("reply_to"), "OLD0002");
  EXPECT_EQ(reply->number("forwarded"), 1);
  ASSERT_EQ(host->of("receipt").size(), 2U);
  EXPECT_EQ(host->of("receipt")[0]->number("read"), kT0 + 8);
  EXPECT_EQ(host->of("receipt")[1]->number("read"), kT0 + 71);
  EXPECT_EQ(host->of("receipt")[1]->number("message"), by_source_id(*host, "OLD0004")->ref);
  EXPECT_TRUE(
      by_source_id(*host, "OLD0005")->has_extra("message_thumbnails.thumbnail=(200 bytes)"));
  EXPECT_NE(by_source_id(*host, "OLDGONE2"), nullptr);
  EXPECT_NE(by_source_id(*host, "OLDGONE3"), nullptr);
  const SeizedRecord* group = by_source_id(*host, "OLD0004");
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(host->referred("conversation", group->number("conversation"))->text("title"),
            "Fishing");
  EXPECT_EQ(host->referred("participant", group->number("sender"))->text("account"),
            "491702222222@s.whatsapp.net");
  ASSERT_EQ(host->of("attachment").size(), 1U);
  EXPECT_EQ(host->of("attachment")[0]->text("path"), "Media/WhatsApp Images/IMG-2.jpg");
  EXPECT_EQ(host->of("attachment")[0]->text("caption"), "look");
  const SeizedRecord* made = by_source_id(*host, "OLD0006");
  EXPECT_EQ(made->text("action"), "group-created");
  // What is noted counts as the phone's own message; who did it is said beside.
  const SeizedRecord* maker = host->referred("participant", made->number("sender"));
  ASSERT_NE(maker, nullptr);
  EXPECT_NE(maker->number("owner"), 1);
  ASSERT_EQ(host->of("location").size(), 1U);
  EXPECT_EQ(host->of("location")[0]->text("latitude"), "1.5");
  EXPECT_EQ(by_source_id(*host, "OLD0008")->number("deleted"), 1);
  EXPECT_EQ(by_source_id(*host, "OLD0008")->number("deleted_by"),
            by_source_id(*host, "OLD0008")->number("sender"));
  ASSERT_EQ(host->of("call").size(), 1U);
  EXPECT_EQ(host->of("call")[0]->text("type"), "voice");
  EXPECT_EQ(by_source_id(*host, "OLD0009")->text("text"),
            "broken \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  bool copy = false;
  for (const SeizedRecord* message : host->of("message"))
    copy = copy || message->text("quoted") == "only the copy is left";
  EXPECT_TRUE(copy);
  EXPECT_EQ(host->of("membership").size(), 2U);
}

TEST(WhatsappAndroidLegacy, TellsWhatBothTablesHaveOnce) {
  const auto host = open(made("both.db"));
  ASSERT_EQ(host->parse(plugin(), "msgstore.db"), FX_OK);
  EXPECT_EQ(host->breaches(), std::vector<std::string>{});
  EXPECT_EQ(host->unexplained(0), 0U);
  std::size_t times = 0;
  for (const SeizedRecord* message : host->of("message"))
    if (message->text("source_id") == "OLD0002") ++times;
  EXPECT_EQ(times, 1U);
  EXPECT_NE(by_source_id(*host, "KEY0050"), nullptr);
  EXPECT_NE(by_source_id(*host, "OLD0003"), nullptr);
  const SeizedRecord* asks = by_source_id(*host, "OLD0004");
  ASSERT_NE(asks, nullptr);
  EXPECT_EQ(asks->text("quoted"), "asked");
  EXPECT_EQ(host->referred("participant", asks->number("mentions"))->text("account"),
            "491703333333@s.whatsapp.net");
  EXPECT_EQ(host->of("location").size(), 1U);
  EXPECT_TRUE(by_source_id(*host, "OLD0006")->has_extra("message_system.action_type=11"));
  // The file of an older row stands in the newer table beside.
  ASSERT_EQ(host->of("attachment").size(), 1U);
  EXPECT_EQ(host->of("attachment")[0]->text("path"), "Media/new.jpg");
  EXPECT_EQ(host->of("attachment")[0]->number("message"), by_source_id(*host, "OLD0005")->ref);
}

}  // namespace
}  // namespace whatsapp_android_test
