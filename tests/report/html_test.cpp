// Escaping: whatever evidence says, it can be read and does nothing.

#include "report/html.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace forensics::report {
namespace {

// Markup is what this program wrote: nothing that exists at run time can become it.
static_assert(!std::is_constructible_v<Markup, std::string>);
static_assert(!std::is_constructible_v<Markup, std::string_view>);
static_assert(!std::is_constructible_v<Markup, const char*>);
static_assert(!std::is_convertible_v<std::string, Text>);

std::string content(std::string_view text) {
  Html out;
  out << Text(text);
  return out.bytes();
}

std::string attribute(std::string_view value) {
  Html out;
  out << Attribute{"title", value};
  return out.bytes();
}

struct Case {
  const char* what;
  std::string text, content, attribute;
};

std::string ctl(const std::string& name) {
  return "<span class=ctl>" + name + "</span>";
}

TEST(ReportHtml, ShowsEvidenceAsTextInContentAndInAttributes) {
  using namespace std::string_literals;
  const Case cases[] = {
      {"script", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;",
       "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"quotes", R"(" onload='x')", "&quot; onload=&#39;x&#39;", "&quot; onload=&#39;x&#39;"},
      {"entity", "&lt;b&gt;", "&amp;lt;b&amp;gt;", "&amp;lt;b&amp;gt;"},
      {"comment", "--><!--", "--&gt;&lt;!--", "--&gt;&lt;!--"},
      {"url", "javascript:alert(1)", "javascript:alert(1)", "javascript:alert(1)"},
      {"line feed and tab", "a\n\tb", "a\n\tb", "a[U+000A][U+0009]b"},
      {"carriage return", "a\rb", "a" + ctl("U+000D") + "b", "a[U+000D]b"},
      {"NUL", "a\0b"s, "a" + ctl("U+0000") + "b", "a[U+0000]b"},
      {"escape", "\x1B[2J", ctl("U+001B") + "[2J", "[U+001B][2J"},
      {"delete", "\x7F", ctl("U+007F"), "[U+007F]"},
      {"C1", "\xC2\x85", ctl("U+0085"), "[U+0085]"},
      {"right-to-left override", "a\u202Egpj.exe", "a" + ctl("U+202E") + "gpj.exe",
       "a[U+202E]gpj.exe"},
      {"isolate", "\u2066x\u2069", ctl("U+2066") + "x" + ctl("U+2069"), "[U+2066]x[U+2069]"},
      {"zero width space", "a\u200Bb", "a" + ctl("U+200B") + "b", "a[U+200B]b"},
      {"byte order mark", "\uFEFFa", ctl("U+FEFF") + "a", "[U+FEFF]a"},
      {"joiner between Latin letters", "a\u200Db", "a" + ctl("U+200D") + "b", "a[U+200D]b"},
      {"non-joiner of Persian", "می\u200Cخواهم", "می\u200Cخواهم", "می\u200Cخواهم"},
      {"joiner of an emoji", "👩\u200D👧", "👩\u200D👧", "👩\u200D👧"},
      {"tags without a flag", "a\U000E0041", "a" + ctl("U+E0041"), "a[U+E0041]"},
      {"private use", "\uE001", ctl("U+E001"), "[U+E001]"},
      {"decomposed letter stays decomposed", "e\u0301", "e\u0301", "e\u0301"},
      {"replacement character of the source", "\uFFFD", "\uFFFD", "\uFFFD"},
      {"stray byte", "a\xFF", "a" + ctl("byte FF"), "a[byte FF]"},
      {"overlong slash", "\xC0\xAF", ctl("byte C0") + ctl("byte AF"), "[byte C0][byte AF]"},
      {"torn character", "\xE2\x82", ctl("byte E2") + ctl("byte 82"), "[byte E2][byte 82]"},
      {"Arabic", "قارب", "قارب", "قارب"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(content(one.text), one.content) << one.what;
    EXPECT_EQ(attribute(one.text), " title=\"" + one.attribute + "\"") << one.what;
  }
}

TEST(ReportHtml, CutsLongTextBetweenCharactersAndLosesNothing) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "قارب <b> ";
  std::string_view rest = text;
  Html all;
  int parts = 0;
  while (!rest.empty()) {
    Html part;
    const std::size_t taken = part.append_within(Text(rest), 100);
    ASSERT_GT(taken, 0U);
    EXPECT_TRUE(is_utf8(rest.substr(0, taken)));
    EXPECT_LE(part.size(), 110U);
    all << part;
    rest.remove_prefix(taken);
    ++parts;
  }
  EXPECT_GT(parts, 50);
  EXPECT_EQ(all.bytes(), content(text));
}

TEST(ReportHtml, SaysHowMuchAClippedTextLeavesOut) {
  Html out;
  out << Clip{"aé" + std::string(2000, 'x'), 2};
  EXPECT_EQ(out.bytes(), "a<span class=more>… 2,002 bytes more</span>");
}

TEST(ReportHtml, GroupsDigits) {
  Html out;
  out << Grouped{0} << " " << Grouped{999} << " " << Grouped{1000} << " " << Grouped{-1234567};
  EXPECT_EQ(out.bytes(), "0 999 1,000 -1,234,567");
}

TEST(ReportHtml, NamesPagesAndAnchors) {
  const Address base("c{:04}", 3);
  EXPECT_EQ(base.page(1).text(), "c0003.html");
  EXPECT_EQ(base.page(12).at(Address("C{:04}-M{:06}", 3, 124)).text(),
            "c0003-0012.html#C0003-M000124");
}

}  // namespace
}  // namespace forensics::report
