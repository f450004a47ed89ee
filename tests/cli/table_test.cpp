#include "table.hpp"

#include <gtest/gtest.h>

namespace forensics::cli {
namespace {

const std::vector<Column> kColumns = {{.title = "ID", .width = 6},
                                      {.title = "SIZE", .width = 5, .to_right = true},
                                      {.title = "SENDER", .width = 10, .evidence = true},
                                      {.title = "TEXT", .evidence = true}};

TEST(Table, OnAPipeNothingIsCutAndNothingIsIsolated) {
  const Table table({}, kColumns);
  EXPECT_EQ(table.heading(), "ID       SIZE  SENDER      TEXT\n");
  EXPECT_EQ(table.row({"A00001", "12", "Kidane", "a long text that stays as it is"}),
            "A00001     12  Kidane      a long text that stays as it is\n");
  EXPECT_EQ(table.row({"A00001", "12", "a name that is wider than its column", "x"}),
            "A00001     12  a name that is wider than its column  x\n");
}

TEST(Table, OnATerminalEveryRowFits) {
  for (const std::size_t width : {40U, 60U, 80U, 200U}) {
    const Table table({true, false, width}, kColumns);
    for (const std::string& text :
         {std::string("short"), std::string(500, 'x'),
          std::string("قَارِب كبير جدا ") + "北京北京北京北京北京北京",
          std::string("line\nline\u202E\x1b[2J and more and more and more and more")}) {
      const std::string row = table.row({"A00001", "99999", text, text});
      EXPECT_LE(columns_of(std::string_view(row).substr(0, row.size() - 1)), width) << row;
      EXPECT_EQ(row.find('\n'), row.size() - 1) << row;
    }
  }
}

TEST(Table, EvidenceIsIsolatedOnATerminal) {
  const Table table({true, false, 60}, kColumns);
  const std::string row = table.row({"A00001", "12", "قارب", "نص"});
  EXPECT_NE(row.find("\u2068قارب\u2069"), std::string::npos);
  EXPECT_NE(row.find("\u2068نص\u2069"), std::string::npos);
  EXPECT_EQ(row.find("\u2068A00001"), std::string::npos);
}

TEST(Table, ANarrowTerminalTakesFromEvidenceFirst) {
  const Table table({true, false, 30}, kColumns);
  const std::string row = table.row({"A00001", "12", "Kidane Berhe", "a text"});
  EXPECT_NE(row.find("A00001     12  "), std::string::npos) << row;
}

}  // namespace
}  // namespace forensics::cli
