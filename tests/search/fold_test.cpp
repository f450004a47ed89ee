#include "search/fold.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/bytes.hpp"

namespace forensics::search {
namespace {

std::string folded(std::string_view text) {
  std::string out;
  fold_into(text, out);
  return out;
}

std::string names(const std::vector<Difference>& differences) {
  std::string out;
  for (const Difference difference : differences) {
    if (!out.empty()) out += ", ";
    out += name_of(difference);
  }
  return out;
}

// The table of docs/search.md is the test: rows `| written | also found as | why |`.
TEST(Fold, TheDocumentedTableIsTrue) {
  std::ifstream document(SEARCH_DOCUMENT);
  ASSERT_TRUE(document) << SEARCH_DOCUMENT;
  int rows = 0;
  for (std::string line; std::getline(document, line);) {
    if (!line.starts_with("| `")) continue;
    std::vector<std::string> cells;
    std::istringstream split(line.substr(1));
    for (std::string cell; std::getline(split, cell, '|');) {
      const std::size_t begin = cell.find_first_not_of(" `");
      const std::size_t end = cell.find_last_not_of(" `");
      if (begin != std::string::npos) cells.push_back(cell.substr(begin, end - begin + 1));
    }
    ASSERT_EQ(cells.size(), 3U) << line;
    ++rows;
    if (cells[2] == "apart") {
      EXPECT_NE(folded(cells[0]), folded(cells[1])) << line;
      continue;
    }
    EXPECT_EQ(folded(cells[0]), folded(cells[1])) << line;
    EXPECT_EQ(names(differences(cells[0], cells[1])), cells[2]) << line;
  }
  EXPECT_GE(rows, 40);
}

TEST(Fold, PlainAsciiOnlyLosesCase) {
  EXPECT_EQ(folded("Meet at 10:30, Quay #4!"), "meet at 10:30, quay #4!");
  EXPECT_EQ(folded("a\tb\nc"), "a b c");
  EXPECT_EQ(folded(""), "");
  EXPECT_EQ(folded(std::string_view("a\0b", 3)), "a b");
}

TEST(Fold, EveryDecimalDigitOfUnicodeIsItsAsciiDigit) {
  EXPECT_EQ(folded("٠١٢٣٤٥٦٧٨٩"), "0123456789");
  EXPECT_EQ(folded("۰۱۲۳۴۵۶۷۸۹"), "0123456789");
  EXPECT_EQ(folded("०१२३४५६७८९"), "0123456789");
  EXPECT_EQ(folded("০১২৩৪৫৬৭৮৯"), "0123456789");
  EXPECT_EQ(folded("၀၁၂၃၄၅၆၇၈၉"), "0123456789");
  EXPECT_EQ(folded("０１２３４５６７８９"), "0123456789");
  EXPECT_EQ(folded("𝟎𝟏"), "01");
  EXPECT_EQ(folded("1️⃣2️⃣🔟"), "1210");
}

TEST(Fold, NeverAddsAcrossABoundary) {
  // fold(a + b) = fold(a) + fold(b) is what the map to original bytes rests on.
  const std::string text = "Ça va? e\u0301 قَارِب ﻻ ሠላም ｶﾞ 1️⃣ ß";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    if (cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) continue;
    EXPECT_EQ(folded(text.substr(0, cut)) + folded(text.substr(cut)), folded(text));
  }
}

TEST(Fold, IsIdempotent) {
  const std::string once =
      folded("Straße İstanbul ŁÓDŹ ٣٤ قُرآن كِتاب ﷺ ኃይለ ሥላሴ が ॐ हिन्दी ไทย Ωδός ﬃ ½ Ǆ");
  EXPECT_EQ(folded(once), once);
}

TEST(Fold, MapsBackToTheOriginalBytes) {
  const std::string text = "x قَارِب y";
  const Folded result = fold(text);
  const std::string word = folded("قارب");
  const std::size_t at = result.text.find(word);
  ASSERT_NE(at, std::string::npos);
  const Range range = result.original({at, at + word.size()});
  EXPECT_EQ(text.substr(range.begin, range.end - range.begin), "قَارِب");
  ASSERT_EQ(result.origin.size(), result.text.size() + 1);
  EXPECT_EQ(result.origin.back(), text.size());
}

TEST(Fold, ExpansionsMapToTheLetterTheyComeFrom) {
  const std::string text = "Straße";
  const Folded result = fold(text);
  EXPECT_EQ(result.text, "strasse");
  const Range both = result.original({4, 6});
  EXPECT_EQ(text.substr(both.begin, both.end - both.begin), "ß");
}

TEST(Fold, IllFormedBytesAreReplacedAndKeepTheMap) {
  const std::string text = "a\xFF\xC3(\xE2\x82z";
  const Folded result = fold(text);
  EXPECT_EQ(result.text, "a\uFFFD\uFFFD(\uFFFDz");
  EXPECT_EQ(result.origin.size(), result.text.size() + 1);
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(fold(all).origin.back(), 256U);
}

TEST(Fold, EveryCodePointFoldsToWellFormedText) {
  std::string bytes;
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    bytes.clear();
    append_utf8(bytes, c);
    const std::string result = folded(bytes);
    ASSERT_TRUE(is_utf8(result)) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Differences, NameWhatWasFoldedAndNothingElse) {
  EXPECT_EQ(names(differences("boat", "boat")), "");
  EXPECT_EQ(names(differences("boat", "BOAT")), "case");
  EXPECT_EQ(names(differences("قارب", "قَارِب")), "diacritics");
  EXPECT_EQ(names(differences("كتاب ٣", "کتاب 3")), "digits, letter variant");
  EXPECT_EQ(names(differences("boat", "bo\u200Bat")), "invisible characters");
}

}  // namespace
}  // namespace forensics::search
