// cache4.db: what is read of its blobs, and what happens to damaged ones.
#include <gtest/gtest.h>

#include <random>

#include "support/fixtures.hpp"
#include "support/seized_host.hpp"

extern "C" const fx_plugin* fx_plugin_entry_v1_telegram_android(void);

namespace {

using forensics::test::SeizedHost;
using forensics::test::SeizedRecord;

struct Read {
  explicit Read(const std::string& bytes) : host(bytes) {
    score = host.probe(*fx_plugin_entry_v1_telegram_android(), "cache4.db");
    status = host.parse(*fx_plugin_entry_v1_telegram_android(), "cache4.db");
    EXPECT_EQ(host.breaches(), std::vector<std::string>{});
  }
  Read() : Read(forensics::test::slurp(std::string(TELEGRAM_DATABASES) + "/cache4.db")) {}

  const SeizedRecord& message(std::string_view id) const {
    static const SeizedRecord none;
    for (const SeizedRecord* each : host.of("message"))
      if (each->text("source_id") == id) return *each;
    ADD_FAILURE() << "no message " << id;
    return none;
  }
  std::string sender(const SeizedRecord& record) const {
    const auto* person = host.referred("participant", record.number("sender"));
    return person == nullptr ? "" : person->text("account") + " " + person->text("name");
  }
  bool notes(std::string_view code) const {
    for (const std::string& note : host.notes())
      if (note.starts_with(code)) return true;
    return false;
  }

  SeizedHost host;
  int score = 0;
  fx_status status = FX_OK;
};

TEST(TelegramAndroid, MessagesOfTwo) {
  const Read p;
  EXPECT_GE(p.score, 90);
  EXPECT_EQ(p.status, FX_OK);
  EXPECT_EQ(p.host.unexplained(0), 0U);
  const SeizedRecord& first = p.message("1");
  EXPECT_EQ(first.text("text"), "gdje si?");
  EXPECT_EQ(first.number("sent"), 1'700'000'000'000);
  EXPECT_EQ(first.text("direction"), "in");
  EXPECT_EQ(p.sender(first), "user5900800702 Rosa Késh");
  EXPECT_EQ(first.find("text")->basis, static_cast<std::uint32_t>(FX_BASIS_VERBATIM));
  const SeizedRecord& second = p.message("2");
  EXPECT_EQ(second.text("text"), "tu sam — سلام");
  EXPECT_EQ(second.text("direction"), "out");
  EXPECT_EQ(second.text("reply_to"), "1");
  EXPECT_EQ(p.sender(second), "user5900800701 Omid");
}

TEST(TelegramAndroid, GroupsChannelsServicesForwards) {
  const Read p;
  const SeizedRecord& third = p.message("3");
  EXPECT_EQ(third.text("text"), "old words");
  EXPECT_EQ(third.number("forwarded"), 1);
  const auto* group = p.host.referred("conversation", third.number("conversation"));
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->text("title"), "Quay");
  EXPECT_EQ(p.message("4").text("type"), "system");
  EXPECT_EQ(p.message("4").text("text"), "");
  const SeizedRecord& fifth = p.message("5");
  EXPECT_EQ(fifth.text("text"), std::string(3000, 'x'));  // over pages, of an unlisted constructor
  EXPECT_EQ(fifth.number("edited"), 1);
  EXPECT_EQ(fifth.text("code"), "99999999");
  EXPECT_TRUE(p.notes("constructor-unlisted"));
  EXPECT_EQ(p.host.referred("conversation", fifth.number("conversation"))->text("title"),
            "Sea News");
  EXPECT_EQ(p.message("6").text("type"), "media");
}

TEST(TelegramAndroid, WhatHasNoShapeIsKeptAndCounted) {
  const Read p;
  EXPECT_EQ(p.message("7").text("text"), "");
  EXPECT_EQ(p.message("7").text("type"), "other");
  EXPECT_TRUE(
      p.message("7").has_extra("messages_v2.data=x'6e6f742061206d65737361676520617420616c6c'"));
  EXPECT_TRUE(p.notes("blob-unread"));
}

TEST(TelegramAndroid, DeletedMessagesComeBack) {
  const Read p;
  const SeizedRecord& last = p.message("8");
  EXPECT_EQ(last.text("text"), "this one was deleted");
  EXPECT_NE(last.text("recovered"), "");
}

TEST(TelegramAndroid, TheOwnerAndOthers) {
  const Read p;
  const auto accounts = p.host.of("account");
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0]->text("account"), "user5900800701");
  EXPECT_EQ(accounts[0]->text("phone"), "+447700900163");
  EXPECT_EQ(accounts[0]->text("username"), "omid_fiction");
  bool has_number = false;
  for (const SeizedRecord* each : p.host.of("contact"))
    has_number = has_number || (each->text("phone") == "+44 7700 900111" &&
                                each->text("account") == "user5900800702");
  EXPECT_TRUE(has_number);
}

TEST(TelegramAndroid, FlippedBits) {
  const std::string whole = forensics::test::slurp(std::string(TELEGRAM_DATABASES) + "/cache4.db");
  std::mt19937 random(1);
  for (int i = 0; i < 1000; ++i) {
    std::string broken = whole;
    for (int n = 0; n < 4; ++n)
      broken[random() % broken.size()] ^= static_cast<char>(1U << random() % 8);
    const Read p(broken);
    if (HasFailure()) break;
  }
  for (std::size_t n = 0; n < whole.size(); n += 257) const Read p(whole.substr(0, n));
}

}  // namespace
