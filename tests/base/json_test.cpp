#include "base/json.hpp"

#include <gtest/gtest.h>

namespace forensics {
namespace {

using namespace std::string_literals;

TEST(CanonicalJson, WritesSortedKeysWithoutSpaces) {
  Json json;
  json["b"] = 2;
  json["a"].push_back(true);
  json["a"].push_back(Json());
  json["a"].push_back("x");
  json["c"] = Json::object();
  json["d"] = Json::array();
  EXPECT_EQ(json.dump(), R"({"a":[true,null,"x"],"b":2,"c":{},"d":[]})");
}

TEST(CanonicalJson, EscapesOnlyWhatItMust) {
  EXPECT_EQ(Json("\"\\/\b\f\n\r\t").dump(), R"("\"\\/\b\f\n\r\t")");
  EXPECT_EQ(Json("\0\x01\x1f\x7f"s).dump(), "\"\\u0000\\u0001\\u001f\x7f\"");
  EXPECT_EQ(Json("<é\xE2\x80\xA8𝄞>").dump(), "\"<é\xE2\x80\xA8𝄞>\"");
}

TEST(CanonicalJson, ReplacesIllFormedBytesWhenWriting) {
  EXPECT_EQ(Json("a\xFF\xED\xA0\x80z").dump(),
            "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"");
  EXPECT_EQ(Json("\xEF\xBF\xBD").dump(), "\"\xEF\xBF\xBD\"");
}

TEST(CanonicalJson, ReadsBackWhatItWrites) {
  for (const std::string& text :
       {"null"s, "true"s, "false"s, "0"s, "-1"s, "9007199254740991"s, "-9007199254740991"s, "\"\""s,
        R"("\u0000\u001f")"s, R"({"":1,"A":2,"a":{"b":[[],{}]}})"s, "\"é𝄞\x7f\""s}) {
    const auto json = Json::parse_canonical(text);
    ASSERT_TRUE(json) << text << ": " << json.error().text();
    EXPECT_EQ(json->dump(), text);
  }
}

TEST(CanonicalJson, RefusesEverythingElse) {
  const std::string refused[] = {
      "",
      " 1",
      "1 ",
      "1\n",
      "nul",
      "True",
      "NaN",
      "+1",
      "-0",
      "01",
      "1.0",
      "1e3",
      ".5",
      "9007199254740992",
      "-9007199254740992",
      "99999999999999999999",
      "{\"a\": 1}",
      "{\"a\":1,}",
      "{\"b\":1,\"a\":2}",
      "{\"a\":1,\"a\":1}",
      "{a:1}",
      "{\"a\"}",
      "{",
      "[1,]",
      "[1",
      "[1 ,2]",
      "'a'",
      "\"a",
      "\"\t\"",
      "\"\\/\"",
      "\"\\u0041\"",
      "\"\\u000a\"",
      "\"\\u001F\"",
      "\"\\u0020\"",
      "\"\\u00e9\"",
      "\"\\ud834\\udd1e\"",
      "\"\\x\"",
      "\"\\",
      "\"\\u00",
      "\"\xFF\"",
      "\"\xC0\x80\"",
      "\"\xED\xA0\x80\"",
      "\"\xE2\x82\"",
      "1/**/",
      "\xEF\xBB\xBF"
      "1",
      "{\"a\":1}{\"a\":1}",
  };
  for (const std::string& text : refused) {
    const auto json = Json::parse_canonical(text);
    ASSERT_FALSE(json) << text;
    EXPECT_EQ(json.error().code, ErrorCode::corrupt) << text;
  }
}

TEST(CanonicalJson, DepthIsLimited) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(Json::parse_canonical(nested(64)));
  EXPECT_FALSE(Json::parse_canonical(nested(66)));
  EXPECT_FALSE(Json::parse_canonical(std::string(1'000'000, '[')));
}

TEST(Json, ReadingShorthandsFallBack) {
  const Json json = *Json::parse_canonical(R"({"n":5,"s":"x"})");
  EXPECT_EQ(json.integer("n"), 5);
  EXPECT_EQ(json.integer("s", -1), -1);
  EXPECT_EQ(json.text("s"), "x");
  EXPECT_EQ(json.text("none", "other"), "other");
  EXPECT_EQ(json.find("none"), nullptr);
  EXPECT_EQ(Json(3).find("n"), nullptr);
}

}  // namespace
}  // namespace forensics
