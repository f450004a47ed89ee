// What is not a live row of the main file: rows of the log, and rows that were deleted.

#include <set>

#include "database_host.hpp"

namespace ios_test {
namespace {

TEST(IosLog, RowsOfTheLogAreMarked) {
  const auto host = read("log/ChatStorage.sqlite");
  const auto* only = message(*host, "text", "only in the log");
  ASSERT_NE(only, nullptr);
  EXPECT_EQ(only->input, 1U);
  EXPECT_TRUE(only->has_extra("log=this row stands in the write-ahead log only"));
  const auto* changed = message(*host, "text", "changed in the log");
  ASSERT_NE(changed, nullptr);
  EXPECT_TRUE(changed->has_extra("log=the main file has an earlier version of this row"));
  // The earlier version is there too, as what it is.
  const auto* before = message(*host, "text", "Where is the boat?");
  ASSERT_NE(before, nullptr);
  EXPECT_TRUE(before->text("standing").starts_with("earlier"));
}

TEST(IosDeleted, MessagesComeBackAsDeleted) {
  const auto host = read("deleted/ChatStorage.sqlite");
  std::set<std::string> live;
  std::set<std::string> deleted;
  bool recovered_before = false;
  for (const auto* one : host->of("message")) {
    const bool recovered = !one->text("recovered").empty();
    if (one->text("text").find("long talk") == std::string::npos) continue;
    EXPECT_TRUE(recovered || !recovered_before) << "live rows come first";
    recovered_before |= recovered;
    (recovered ? deleted : live).insert(one->text("text"));
    if (!recovered) continue;
    EXPECT_EQ(one->text("standing"), "deleted");
    EXPECT_GT(one->number("confidence").value_or(0), 0);
    const auto* chat = host->referred("conversation", one->number("conversation"));
    EXPECT_EQ(chat->text("title"), "Anna Ålesund");
  }
  EXPECT_EQ(live.size(), 189U);
  EXPECT_EQ(deleted.size(), 11U);
  for (const std::string& text : deleted) EXPECT_FALSE(live.contains(text)) << text;
}

}  // namespace
}  // namespace ios_test
