// The tolerant reader of JSON: tokens with their places, repairs with theirs, whatever the file.

#include "json/reader.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "json/text.hpp"
#include "json/tree.hpp"

namespace {

using json::Defect;
using json::Kind;

struct Found {
  Defect defect;
  std::uint64_t offset, length;
  bool operator==(const Found&) const = default;
};

class Sink final : public json::DefectSink {
 public:
  std::vector<Found> found_;
  void found(Defect defect, std::uint64_t offset, std::uint64_t length) override {
    if (found_.size() < 1000) found_.push_back({defect, offset, length});
  }
};

// Few bytes at a time, so that every token crosses an edge somewhere.
class Trickle final : public json::Source {
 public:
  explicit Trickle(std::string_view text) : all_(text) {}
  std::uint64_t begin() const override { return 0; }
  std::uint64_t end() const override { return all_.end(); }
  std::size_t read(std::uint64_t offset, char* buffer, std::size_t n) const override {
    return all_.read(offset, buffer, std::min<std::size_t>(n, 3));
  }

 private:
  json::MemorySource all_;
};

struct Reading {
  std::string tokens;
  std::vector<Found> defects;
};

std::string told(const json::Token& token) {
  switch (token.kind) {
    case Kind::begin_object: return "{";
    case Kind::end_object: return "}";
    case Kind::begin_array: return "[";
    case Kind::end_array: return "]";
    case Kind::key: return json::text_of(token.raw, token.form) + ":";
    case Kind::string: return "'" + json::text_of(token.raw, token.form) + "'";
    case Kind::missing: return "-";
    case Kind::bare: return "<" + std::string(token.raw) + ">";
    default: return std::string(token.raw);
  }
}

Reading read_from(const json::Source& source, std::string_view text, json::Limits limits = {}) {
  Sink sink;
  json::Reader reader(source, sink, limits);
  Reading reading;
  for (const json::Token* token = &reader.next(); token->kind != Kind::end;
       token = &reader.next()) {
    reading.tokens += (reading.tokens.empty() ? "" : " ") + told(*token);
    const bool is_text = json::is_scalar(token->kind) || token->kind == Kind::key;
    if (is_text && token->form != json::Form::unread) {
      EXPECT_EQ(token->raw, text.substr(token->offset, token->length)) << text;
    }
  }
  EXPECT_EQ(reader.depth(), 0U);
  reading.defects = sink.found_;
  return reading;
}

Reading read(std::string_view text) {
  const Reading whole = read_from(json::MemorySource(text), text);
  const Reading slow = read_from(Trickle(text), text);
  EXPECT_EQ(whole.tokens, slow.tokens) << text;
  EXPECT_EQ(whole.defects, slow.defects) << text;
  return whole;
}

TEST(Json, ReadsWhatIsJson) {
  const Reading r = read(
      "\xEF\xBB\xBF{\"a\": [1, -2.5e3, true, null], \"b\\u00e9\": \"x\\ny\", \"c\": {}, \"d\": "
      "[]}\n");
  EXPECT_EQ(r.tokens, "{ a: [ 1 -2.5e3 true null ] b\u00E9: 'x\ny' c: { } d: [ ] }");
  EXPECT_TRUE(r.defects.empty());
}

TEST(Json, ReadsLineAfterLine) {
  EXPECT_EQ(read("{\"a\":1}\n{\"a\":2}\n[3]").tokens, "{ a: 1 } { a: 2 } [ 3 ]");
}

TEST(Json, ReadsTheControlCharactersThatTelegramWrites) {
  const Reading r = read(R"({"text": "a\x1Fb\x0Ac"})");
  EXPECT_EQ(r.tokens,
            "{ text: 'a\x1F"
            "b\nc' }");
  EXPECT_EQ(r.defects,
            (std::vector<Found>{{Defect::hex_escape, 11, 4}, {Defect::hex_escape, 16, 4}}));
}

TEST(Json, LeavesOutTheBytesThatTelegramWritesTwice) {
  const Reading r = read(
      "[\"a\\u2028\x80\xA8"
      "b\\u2029\x80\xA9\"]");
  EXPECT_EQ(r.tokens, "[ 'a\u2028b\u2029' ]");
  EXPECT_EQ(r.defects,
            (std::vector<Found>{{Defect::stray_bytes, 9, 2}, {Defect::stray_bytes, 18, 2}}));
}

TEST(Json, ReadsABarePathUpToTheComma) {
  const Reading r =
      read("{\"document_id\": stickers/a b (1).webp,\n \"x\": 1, \"y\": 5368324170671202286}");
  EXPECT_EQ(r.tokens, "{ document_id: <stickers/a b (1).webp> x: 1 y: 5368324170671202286 }");
  EXPECT_EQ(r.defects, (std::vector<Found>{{Defect::bare_token, 16, 21}}));
  EXPECT_EQ(read("{\"document_id\": stickers/x.webp\n}").tokens,
            "{ document_id: <stickers/x.webp> }");
}

TEST(Json, KeepsBothOfTwoEqualKeys) {
  EXPECT_EQ(read(R"({"text":"gift","text":""})").tokens, "{ text: 'gift' text: '' }");
}

TEST(Json, ReadsOnBehindAMissingComma) {
  const Reading r = read("{\"id\": 9\n \"messages\": []}");
  EXPECT_EQ(r.tokens, "{ id: 9 messages: [ ] }");
  EXPECT_EQ(r.defects, (std::vector<Found>{{Defect::missing_comma, 10, 0}}));
}

TEST(Json, GivesEveryBeginItsEndAndEveryKeyAValue) {
  EXPECT_EQ(read(R"({"a" "b":1,"c":,"d":})").tokens, "{ a: - b: 1 c: - d: - }");
  EXPECT_EQ(read("[1,,2,]").tokens, "[ 1 2 ]");
  EXPECT_EQ(read(R"([{"a":[1})").tokens, "[ { a: [ 1 ] } ]");
  EXPECT_EQ(read("]}[1]").tokens, "[ 1 ]");
  EXPECT_EQ(read(R"({"a":"cut)").tokens, "{ a: 'cut' }");
  EXPECT_EQ(read(R"({"a)").tokens, "{ a: - }");
  EXPECT_EQ(read(R"({a:1, b c: 2})").tokens, "{ a: 1 b c: 2 }");
  EXPECT_EQ(read("{\"a\":\"x\\").tokens, "{ a: 'x\\' }");
}

TEST(Json, ReadsWhatIsNoUtf8) {
  const Reading r = read("[\"a\xFF\xC3z\"]");
  EXPECT_EQ(r.tokens, "[ 'a\uFFFD\uFFFDz' ]");
  EXPECT_EQ(r.defects.size(), 2U);
}

TEST(Json, AStringTooLongToBeHeldIsAPlace) {
  const std::string text = "[\"" + std::string(100'000, 'x') + "\", 7]";
  const Reading r = read_from(json::MemorySource(text), text, {1000, 100});
  EXPECT_EQ(r.tokens, "[ '' 7 ]");
}

TEST(Json, NestingCostsABitALevel) {
  const std::string deep = std::string(100'000, '[') + std::string(50'000, ']');
  Sink sink;
  json::Reader reader(json::MemorySource(deep), sink);
  std::size_t tokens = 0;
  while (reader.next().kind != Kind::end) ++tokens;
  EXPECT_EQ(tokens, 200'000U);
  EXPECT_EQ(sink.found_, (std::vector<Found>{{Defect::cut, 150'000, 0}}));
}

TEST(Json, TooDeepIsSaidWhereItIs) {
  const std::string deep(200, '[');
  Sink sink;
  json::Reader reader(json::MemorySource(deep), sink, {1000, 100});
  while (reader.next().kind != Kind::end) {
  }
  EXPECT_EQ(sink.found_, (std::vector<Found>{{Defect::too_deep, 100, 0}}));
}

TEST(Json, CutAnywhereItEnds) {
  const std::string text =
      "{\"a\": [1, {\"b\": \"x\\u00e9\\ud83d\\ude00\\x01\"}, true], \"c\": stickers/x.webp}";
  for (std::size_t n = 0; n <= text.size(); ++n) read(std::string_view(text).substr(0, n));
}

TEST(Json, FlippedBitsEnd) {
  const std::string text =
      "{\"a\": [1, {\"b\": \"x\\u2028\x80\xA8\\ud83d\\ude00\\x01\"}, true], \"c\": "
      "stickers/x.webp}";
  std::mt19937 random(5);
  for (int i = 0; i < 1000; ++i) {
    std::string broken = text;
    for (int flips = 0; flips < 1 + i % 5; ++flips)
      broken[random() % broken.size()] ^= static_cast<char>(1U << random() % 8);
    read(broken);
  }
}

TEST(JsonTree, LooksUpAndListsWhatNobodyUsed) {
  const std::string text =
      R"( {"id":7,"text":["a",{"type":"bold","text":"b\n"}],"text":"c","odd":{"x":{},"y":[null,2]}} )";
  Sink sink;
  const json::MemorySource source(text);
  json::Reader reader(source, sink);
  json::Tree tree;
  tree.read(reader, reader.next());
  EXPECT_EQ(tree.end(), text.size() - 1);
  EXPECT_EQ(tree.full_at(), tree.end());
  const json::Value root = tree.root();
  EXPECT_EQ(root["id"].raw(), "7");
  EXPECT_EQ(root["id"].span().offset, 7U);
  root["id"].use();
  const json::Value bold = root["text"].child().next();
  EXPECT_EQ(bold["text"].text(), "b\n");
  EXPECT_EQ(bold["text"].span().codec, static_cast<std::uint32_t>(FX_CODEC_JSON_STRING));
  bold["text"].use();
  EXPECT_FALSE(bold.next());
  EXPECT_FALSE(root["none"]["at all"]);
  std::string left;
  tree.for_each_unused([&](std::string_view path, const json::Value& value) {
    left.append(path).append("=").append(value.raw()).append(" ");
  });
  EXPECT_EQ(left, "text/0=a text/1/type=bold text=c odd/x= odd/y/0=null odd/y/1=2 ");
}

TEST(JsonTree, WhatIsTooDeepIsAPlace) {
  const std::string text = "[" + std::string(1000, '[') + std::string(1000, ']') + ",1] 2";
  Sink sink;
  const json::MemorySource source(text);
  json::Reader reader(source, sink);
  json::Tree tree;
  tree.read(reader, reader.next());
  EXPECT_EQ(tree.full_at(), json::Tree::kDeepest);
  EXPECT_EQ(tree.end(), text.size() - 2);
  EXPECT_EQ(reader.next().raw, "2");
  std::size_t unused = 0;
  tree.for_each_unused([&](std::string_view, const json::Value&) { ++unused; });
  EXPECT_EQ(unused, 1U);
}

TEST(JsonText, Latin1IsUtf8InDisguise) {
  EXPECT_EQ(json::latin1_text(R"(Ren\u00c3\u00a9e)"), "Ren\u00E9e");
  EXPECT_EQ(json::latin1_text(R"(Ren\u00c3)"), std::nullopt);
  EXPECT_EQ(json::latin1_text(R"(\u2028)"), std::nullopt);
}

}  // namespace
