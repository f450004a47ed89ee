// Which element is open where.
#include "html/elements.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace {

using namespace html;

// "(" opens, ")" closes, text stands for itself, other markup is "~".
std::string shape_of(std::string_view page) {
  HeldBytes bytes(page);
  Elements elements(bytes);
  Event event;
  std::string out;
  while (elements.next(event)) {
    const std::string_view all = page.substr(event.where.offset, event.where.length);
    switch (event.what) {
      case Event::opened: out += "(" + std::string(event.token.name()) + " "; break;
      case Event::closed:
        EXPECT_GE(event.element.end, event.element.tag.end());
        out += ")" + event.element.name + " ";
        break;
      case Event::text: out += std::string(all); break;
      case Event::raw: out += "[" + std::string(all) + "]"; break;
      case Event::other: out += "~"; break;
    }
  }
  EXPECT_TRUE(elements.open().empty());
  return out;
}

TEST(HtmlElements, OpenAndClose) {
  EXPECT_EQ(shape_of("<div>a<p>b</p><br>c</div>"), "(div a(p b)p (br c)div ");
  EXPECT_EQ(shape_of("<title>a<b></title>"), "(title [a<b>])title ");
}

TEST(HtmlElements, EndWhereTheyMust) {
  EXPECT_EQ(shape_of("<ul><li>a<li>b<ul><li>c</ul>d</ul>"),
            "(ul (li a)li (li b(ul (li c)li )ul d)li )ul ");
  EXPECT_EQ(shape_of("<p>a<div>b</div>"), "(p a)p (div b)div ");
  EXPECT_EQ(shape_of("<table><tr><td>a<td>b<tr><td>c</table>d"),
            "(table (tr (td a)td (td b)td )tr (tr (td c)td )tr )table d");
  EXPECT_EQ(shape_of("<div><span>a</div>b"), "(div (span a)span )div b");
  EXPECT_EQ(shape_of("<div><b>never"), "(div (b never)b )div ");
}

TEST(HtmlElements, StrayEndTagsCloseNothing) {
  EXPECT_EQ(shape_of("<div>a</span>b</div></div>"), "(div a~b)div ~");
  EXPECT_EQ(shape_of("<div><table><td>a</div>b</table>c</div>"),
            "(div (table (td a~b)td )table c)div ");
  EXPECT_EQ(shape_of("<b><div>a</b>b</div>c"), "(b (div a)b b)div c");
  EXPECT_EQ(shape_of("<body>a</body>b"), "(body a~b)body ");
}

TEST(HtmlElements, DrawingsCloseThemselves) {
  EXPECT_EQ(shape_of("<svg><path/><path/></svg><div/>a"),
            "(svg (path )path (path )path )svg (div a)div ");
}

TEST(HtmlElements, KnowClassesAndPlaces) {
  const std::string_view page = "<div class='a b' id=c><i>x</i></div>";
  HeldBytes bytes(page);
  Elements elements(bytes);
  Event event;
  ASSERT_TRUE(elements.next(event));
  ASSERT_NE(elements.inside("b"), nullptr);
  EXPECT_EQ(elements.inside("c"), nullptr);
  elements.open().back().mark = 7;
  while (event.what != Event::closed || event.element.name != "div")
    ASSERT_TRUE(elements.next(event));
  EXPECT_EQ(event.element.mark, 7);
  EXPECT_EQ(event.element.id, "c");
  EXPECT_EQ(page.substr(event.element.inner().offset, event.element.inner().length), "<i>x</i>");
  EXPECT_EQ(event.where.length, 6U);
}

TEST(HtmlElements, DeepNestingIsCounted) {
  std::string page;
  for (int i = 0; i < 100'000; ++i) page += "<div>";
  HeldBytes bytes(page);
  Elements elements(bytes);
  Event event;
  std::size_t deepest = 0;
  while (elements.next(event)) deepest = std::max(deepest, elements.open().size());
  EXPECT_EQ(deepest, Elements::kDeepest);
  EXPECT_EQ(elements.too_deep(), 100'000U - Elements::kDeepest);
}

TEST(HtmlElements, EndWithWhateverTheyAreGiven) {
  std::mt19937 random(9);
  const std::string_view pieces[] = {"<div>", "</div>", "<p>",      "</p>",     "<b>",   "</b>",
                                     "<li>",  "<ul>",   "</ul>",    "<table>",  "<td>",  "<tr>",
                                     "</td>", "x",      "<br>",     "</table>", "<svg>", "<g/>",
                                     "<a",    "<!--",   "<script>", "</script>"};
  for (int round = 0; round < 20'000; ++round) {
    std::string page;
    for (std::size_t i = random() % 20; i > 0; --i) page += pieces[random() % std::size(pieces)];
    shape_of(page);
  }
}

}  // namespace
