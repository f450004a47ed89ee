#include <gtest/gtest.h>

#include "reading.hpp"
#include "xml/tokens.hpp"

namespace {

TEST(XmlReferences, OnlyWhatEveryDocumentHas) {
  EXPECT_EQ(xml::unreferenced("&lt;&amp;&#x41;&#66;&quot;&apos;&gt;"), "<&AB\"'>");
  EXPECT_EQ(xml::unreferenced("&a; & &#0; &#xD800; &#x110000; &amp"),
            "&a; & &#0; &#xD800; &#x110000; &amp");
}

}  // namespace
