#include "json.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using viber::json::Kind;
using viber::json::Value;

namespace {

TEST(ViberJson, LooksUpMembersInAnyCase) {
  const Value info(R"({"fileInfo":{"FileName":"a \"b\".jpg","FileSize":"12"},"n":-5})");
  EXPECT_EQ(info["FileInfo"]["filename"].raw, R"(a \"b\".jpg)");
  EXPECT_EQ(viber::json::integer(info["fileinfo"]["FileSize"]), 12);
  EXPECT_EQ(viber::json::integer(info["n"]), -5);
  EXPECT_FALSE(info["absent"]["deeper"]);
}

TEST(ViberJson, ValuesPointIntoTheText) {
  const std::string text = R"(  {"quote": {"text":"hi"}})";
  const Value quoted = Value(text)["quote"]["text"];
  EXPECT_EQ(quoted.raw.data() - text.data(), 21);
}

TEST(ViberJson, DamageEndsTheDocumentAndNothingElse) {
  for (const std::string_view text : {"", "{", "[", "\"", "{\"a\"", "{\"a\":", "{\"a\":\"", "{]",
                                      "[[[[", "{\"a\" 1}", "\\", "{,,"}) {
    const Value value(text);
    EXPECT_FALSE(value["a"]) << text;
    viber::json::for_each(value, [](std::string_view, const Value&) { return true; });
  }
  EXPECT_EQ(Value(R"({"a":"whole","b":"cut)")["a"].raw, "whole");
}

TEST(ViberJson, DeepNestingCostsNoStack) {
  const std::string deep(std::size_t{1} << 20, '[');
  EXPECT_EQ(Value(deep).kind, Kind::array);
  EXPECT_FALSE(Value(deep).empty());
}

TEST(ViberJson, Unescapes) {
  EXPECT_EQ(viber::json::unescape(R"(a\n\u00e9\ud83d\ude00\u20)"), std::nullopt);
  EXPECT_EQ(viber::json::unescape(R"(a\n\u00e9\ud83d\ude00)"), "a\né😀");
  EXPECT_EQ(viber::json::unescape(R"(\ud83d!)"), "\xEF\xBF\xBD!");
  EXPECT_EQ(viber::json::unescape("\""), std::nullopt);
  EXPECT_EQ(viber::json::unescape("\\"), std::nullopt);
  EXPECT_EQ(viber::json::unescape("\xff"), std::nullopt);
}

TEST(ViberJson, EmptySaysNothing) {
  for (const std::string_view text : {"{}", "[ ]", "\"\"", "0", "null", "false", ""})
    EXPECT_TRUE(Value(text).empty()) << text;
  for (const std::string_view text : {"{\"a\":0}", "1", "true", "\"x\""})
    EXPECT_FALSE(Value(text).empty()) << text;
}

}  // namespace
