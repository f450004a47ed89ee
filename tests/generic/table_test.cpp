#include "reading.hpp"

using namespace forensics::test;

namespace {

Reading read(std::string bytes, std::string_view name = "a.csv") {
  return Reading(fx_plugin_entry_v1_table(), std::move(bytes), name);
}

std::string utf16le(std::string_view ascii) {
  std::string out = "\xFF\xFE";
  for (const char c : ascii) {
    out.push_back(c);
    out.push_back('\0');
  }
  return out;
}

TEST(Table, RowsStayAsTheyStand) {
  const Reading table = read(
      "Date;From;Text\r\n03/04/2024;Rosa;\"a \"\"b\"\"; c\r\nd\"\r\n\r\n04/05/2024;=1+1;x\r\n");
  EXPECT_EQ(table.status, FX_OK);
  EXPECT_EQ(table.score, 40);
  ASSERT_EQ(table.count("message"), 3U);
  const SeizedRecord& row = table.one("message", 1);
  EXPECT_TRUE(row.has_extra("Date=03/04/2024"));
  EXPECT_TRUE(row.has_extra("Text=a \"b\"; c\nd"));
  EXPECT_EQ(row.find("sent"), nullptr);
  EXPECT_TRUE(table.one("message", 2).has_extra("From==1+1"));
  EXPECT_EQ(table.one("reading", 1).text("value"), "semicolon");
  EXPECT_EQ(table.one("reading", 2).text("value"), "names-of-columns");
}

TEST(Table, SixteenBitsALetter) {
  const Reading table = read(utf16le("a\tb\n1\t\"x\ty\"\n"), "a.tsv");
  ASSERT_EQ(table.count("message"), 2U);
  EXPECT_TRUE(table.one("message", 1).has_extra("b=x\ty"));
  EXPECT_EQ(table.one("reading").text("value"), "utf-16le");
}

TEST(Table, AQuoteThatDoesNotCloseIsSaid) {
  const Reading table = read("a,b\n1,2\n3,\"4\n5,6\n");
  EXPECT_EQ(table.count("message"), 3U);
  EXPECT_EQ(table.host.notes().size(), 1U);
}

TEST(Table, ALetterOfAnUnknownEncodingIsNotGuessed) {
  const Reading table = read("a,b\nM\xFCller,2\n");
  EXPECT_EQ(table.one("reading").text("verdict"), "undecided");
  EXPECT_TRUE(table.one("message", 1).has_extra("a=M\xEF\xBF\xBDller"));
}

TEST(Table, OtherFilesAreNotIts) {
  EXPECT_EQ(read("a,b\n1,2\n", "a.txt").score, 0);
  EXPECT_EQ(read("one\ntwo\n").score, 0);
}

}  // namespace
