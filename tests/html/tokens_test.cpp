// The tokens of a page, whole and broken.
#include "html/tokens.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace {

using namespace html;

// What stands in front of "|" is the kind, then comes what a test wants to see of it.
std::string shown(const Token& token, std::string_view page) {
  const std::string_view all = page.substr(token.where.offset, token.where.length);
  std::string out;
  switch (token.kind) {
    case Kind::text: out = "text|" + std::string(all); break;
    case Kind::raw: out = "raw " + std::string(token.name()) + "|" + std::string(all); break;
    case Kind::comment: out = "comment|" + std::string(all); break;
    case Kind::close: out = "close|" + std::string(token.name()); break;
    case Kind::start: out = "start|" + std::string(token.name()); break;
  }
  for (std::size_t i = 0; i < token.attribute_count(); ++i) {
    const Attribute each = token.attribute(i);
    out += " " + std::string(each.name) + "=[" + std::string(each.value) + "]";
    EXPECT_EQ(page.substr(each.where.offset, each.where.length), each.value);
  }
  if (token.self_closing) out += " /";
  if (token.cut) out += " cut";
  return out;
}

std::vector<std::string> tokens_of(std::string_view page) {
  HeldBytes bytes(page);
  Tokens tokens(bytes);
  Token token;
  std::vector<std::string> out;
  std::uint64_t at = 0;
  while (tokens.next(token)) {
    EXPECT_EQ(token.where.offset, at) << "tokens follow each other without a gap";
    EXPECT_GT(token.where.length, 0U);
    at = token.where.end();
    out.push_back(shown(token, page));
  }
  EXPECT_EQ(at, page.size());
  return out;
}

using Lines = std::vector<std::string>;

TEST(HtmlTokens, OfAPlainPage) {
  EXPECT_EQ(tokens_of("<!DOCTYPE html><P Class='a b' id=x>Hi &amp; <br/>you</p>"),
            (Lines{"comment|<!DOCTYPE html>", "start|p class=[a b] id=[x]", "text|Hi &amp; ",
                   "start|br /", "text|you", "close|p"}));
}

TEST(HtmlTokens, AttributesOfEveryForm) {
  EXPECT_EQ(tokens_of(R"(<a b c = d e="f>g" h='i"j' k=l/m n= >)"),
            (Lines{R"(start|a b=[] c=[d] e=[f>g] h=[i"j] k=[l/m] n=[])"}));
  EXPECT_EQ(tokens_of("<a =\"\" onclick=\"go()\">x"),
            (Lines{"start|a =\"\"=[] onclick=[go()]", "text|x"}));
  EXPECT_EQ(tokens_of("<a href = \"x\ny\"b=1>"), (Lines{"start|a href=[x\ny] b=[1]"}));
}

TEST(HtmlTokens, ALessThanSignIsOftenACharacter) {
  EXPECT_EQ(tokens_of("1 < 2 <3 <"), (Lines{"text|1 < 2 <3 <"}));
  EXPECT_EQ(tokens_of("a</"), (Lines{"text|a</"}));
  EXPECT_EQ(tokens_of("a</>b</ c>d"),
            (Lines{"text|a", "comment|</>", "text|b", "comment|</ c>", "text|d"}));
}

TEST(HtmlTokens, Comments) {
  EXPECT_EQ(tokens_of("<!-->a<!--->b<!-- -- > -->c<!----!>d<?xml ?>e<![CDATA[x]]>"),
            (Lines{"comment|<!-->", "text|a", "comment|<!--->", "text|b", "comment|<!-- -- > -->",
                   "text|c", "comment|<!----!>", "text|d", "comment|<?xml ?>", "text|e",
                   "comment|<![CDATA[x]]>"}));
}

TEST(HtmlTokens, ScriptsHoldNoTags) {
  EXPECT_EQ(tokens_of("<script type=x>if (a</b) '</scripts>'</SCRIPT >x"),
            (Lines{"start|script type=[x]", "raw script|if (a</b) '</scripts>'", "close|script",
                   "text|x"}));
  EXPECT_EQ(tokens_of("<title></title><style>a"),
            (Lines{"start|title", "close|title", "start|style", "raw style|a cut"}));
}

TEST(HtmlTokens, WhatNeverCloses) {
  EXPECT_EQ(tokens_of("<a href='x"), (Lines{"start|a href=[x] cut"}));
  EXPECT_EQ(tokens_of("<a hr"), (Lines{"start|a hr=[] cut"}));
  EXPECT_EQ(tokens_of("<a"), (Lines{"start|a cut"}));
  EXPECT_EQ(tokens_of("x<!-- y"), (Lines{"text|x", "comment|<!-- y cut"}));
  EXPECT_EQ(tokens_of("</div"), (Lines{"close|div cut"}));
  EXPECT_EQ(tokens_of("<script"), (Lines{"start|script cut"}));
}

TEST(HtmlTokens, NamesAndValuesAreHeldInPart) {
  const std::string page = "<" + std::string(100, 'n') + " v='" + std::string(9000, 'v') + "'>";
  HeldBytes bytes(page);
  Tokens tokens(bytes);
  Token token;
  ASSERT_TRUE(tokens.next(token));
  EXPECT_EQ(token.name().size(), 64U);
  EXPECT_EQ(token.value("v").size(), 4096U);
  EXPECT_EQ(token.attribute("v").where.length, 9000U);
  std::string many = "<a";
  for (int i = 0; i < 300; ++i) many += " a" + std::to_string(i);
  many += ">";
  HeldBytes more(many);
  Tokens others(more);
  ASSERT_TRUE(others.next(token));
  EXPECT_EQ(token.attribute_count(), 256U);
  EXPECT_EQ(token.dropped, 44U);
}

TEST(HtmlTokens, FindsClassesAsWords) {
  HeldBytes bytes("<div class='message default\nclearfix'>");
  Tokens tokens(bytes);
  Token token;
  ASSERT_TRUE(tokens.next(token));
  EXPECT_TRUE(token.has_class("message"));
  EXPECT_TRUE(token.has_class("clearfix"));
  EXPECT_FALSE(token.has_class("mess"));
  EXPECT_FALSE(token.has_class(""));
  EXPECT_TRUE(token.has("class"));
  EXPECT_FALSE(token.has("id"));
}

// Bytes at hand in pieces of every size: a token is the same wherever a piece ends.
class PieceBytes final : public Bytes {
 public:
  PieceBytes(std::string_view all, std::size_t piece) : all_(all), piece_(piece) {}
  std::string_view at(std::uint64_t offset, std::size_t want) override {
    if (offset >= all_.size()) return {};
    return all_.substr(offset, std::max(piece_, want));
  }

 private:
  std::string_view all_;
  std::size_t piece_;
};

TEST(HtmlTokens, AreTheSameInPieces) {
  const std::string page =
      "<!-- a -- b --><p class=\"x y\" b = 'c'>t &amp; < u<br/></p ><script>a</scr</script>"
      "<a href=q ='' r><![x]>e</ f>";
  const Lines whole = tokens_of(page);
  for (std::size_t size = 1; size < 20; ++size) {
    PieceBytes bytes(page, size);
    Tokens tokens(bytes);
    Token token;
    Lines out;
    while (tokens.next(token)) out.push_back(shown(token, page));
    EXPECT_EQ(out, whole) << size;
  }
}

TEST(HtmlTokens, CoverWhateverTheyAreGiven) {
  std::mt19937 random(5);
  const std::string_view alphabet = "<>/!-?=\"' abscript&;\n\xC3";
  for (int round = 0; round < 20'000; ++round) {
    std::string page;
    const std::size_t length = random() % 60;
    while (page.size() < length) page += alphabet[random() % alphabet.size()];
    tokens_of(page);
  }
}

}  // namespace
