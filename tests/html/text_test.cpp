// What a page says, decoded by the plugins' side and by the host's.
#include "html/text.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "plugin/html_codec.hpp"

namespace {

using forensics::plugin::from_html_attribute;
using forensics::plugin::from_html_text;

void expect_text(const std::string& page, const std::string& value) {
  EXPECT_EQ(html::text_of(page), value) << page;
  EXPECT_EQ(from_html_text(page), value) << page;
}
void expect_attribute(const std::string& page, const std::string& value) {
  EXPECT_EQ(html::attribute_of(page), value) << page;
  EXPECT_EQ(from_html_attribute(page), value) << page;
}

TEST(HtmlText, LeavesOutTheMarkup) {
  expect_text("plain", "plain");
  expect_text("a <b title='>'>bold</b> <!-- no -->word", "a bold word");
  expect_text("one<br>two<BR/>three<br class=x>", "one\ntwo\nthree\n");
  expect_text("a<script>b<c></script>d<style>e</style>f<title>g<h></title>i", "adfg<h>i");
  expect_text("a<b", "a");
  expect_text("1 < 2", "1 < 2");
  expect_text("a\r\nb\rc", "a\nb\rc");
}

TEST(HtmlText, DecodesReferences) {
  expect_text("&lt;b&gt; &amp;amp; &quot;&#39;&#x41;&#X42;&apos;", "<b> &amp; \"'AB'");
  expect_text("&nbsp;&hellip;&copy;&copy &notin;&notit;",
              "\u00A0\u2026\u00A9\u00A9 \u2209\u00ACit;");
  expect_text("&#128;&#0;&#xD800;&#x110000;&#99999999999;", "\u20AC\uFFFD\uFFFD\uFFFD\uFFFD");
  expect_text("& &; &#; &#x; &nosuch; &", "& &; &#; &#x; &nosuch; &");
  expect_text("&#65 &#65x&#x41g", "A AxAg");
  expect_text("&am<b>p;</b>", "&amp;");
  expect_text("&NotEqualTilde;", "\u2242\u0338");
  expect_text("&CounterClockwiseContourIntegral;", "\u2233");
}

TEST(HtmlText, RepairsWhatIsNoUtf8) {
  expect_text("caf\xC3\xA9 \xC3(\xF0\x9F\x98", "caf\u00E9 \uFFFD(\uFFFD");
  expect_text("\xE2\x80\xA8<br>\x80\xA8", "\u2028\n\uFFFD\uFFFD");
}

TEST(HtmlAttribute, HoldsNoMarkup) {
  expect_attribute("a <b> &lt;&#39;", "a <b> <'");
  expect_attribute("?a=1&copy=2&copyx&copy;&copy", "?a=1&copy=2&copyx\u00A9\u00A9");
  expect_attribute("?q=1.5,2&amp;z=3", "?q=1.5,2&z=3");
}

TEST(HtmlText, BothSidesAgree) {
  std::mt19937 random(7);
  const std::string_view alphabet = "<>/!-?=\"' abrscipt&#;x1\r\n\xC3\xA9\xF0";
  for (int round = 0; round < 50'000; ++round) {
    std::string page;
    const std::size_t length = random() % 50;
    while (page.size() < length) page += alphabet[random() % alphabet.size()];
    ASSERT_EQ(html::text_of(page), from_html_text(page)) << page;
    ASSERT_EQ(html::attribute_of(page), from_html_attribute(page)) << page;
  }
}

TEST(HtmlText, TrimsWhiteSpace) {
  EXPECT_EQ(html::trimmed("\n a b \t", {10, 7}), (html::Range{12, 3}));
  EXPECT_EQ(html::trimmed("  ", {10, 2}), (html::Range{12, 0}));
}

}  // namespace
