#include "search/query.hpp"

#include <gtest/gtest.h>

#include "reading/small_case.hpp"
#include "search/index.hpp"

namespace forensics::search {
namespace {

using Ids = std::vector<std::int64_t>;

class QueryTest : public testing::Test {
 protected:
  QueryTest() {
    auto insert = *case_.database().prepare(kInsertText);
    EXPECT_TRUE(reader_.messages({}, [&](const casefile::Message& message) -> Result<bool> {
      if (!message.text) return true;
      std::string folded;
      fold_into(*message.text, folded);
      TRY(insert.bind(1, message.id).bind_text(2, folded).run());
      return true;
    }));
  }

  Ids find(Query query) {
    Ids out;
    why_.clear();
    auto found = search(reader_, query, [&](const Hit& hit) -> Result<bool> {
      out.push_back(hit.message.id);
      for (const WordMatch& word : hit.words) why_.push_back(explain(word, *hit.message.text));
      return true;
    });
    EXPECT_TRUE(found) << found.error().text();
    if (found) found_ = *found;
    return out;
  }
  Ids find(std::string text) { return find(Query{std::move(text), {}}); }

  test::SmallCase case_;
  casefile::Reader reader_{case_.database()};
  Found found_;
  std::vector<std::string> why_;
};

TEST_F(QueryTest, AllWordsMustBeThere) {
  EXPECT_EQ(find("boat"), (Ids{1, 6, 9}));
  EXPECT_FALSE(found_.scanned);
  EXPECT_EQ(find("boat leaves"), (Ids{1, 9}));
  EXPECT_EQ(find("leaves boat"), (Ids{1, 9}));
  EXPECT_EQ(find("\"leaves boat\""), (Ids{}));
  EXPECT_EQ(find("\"boat leaves\""), (Ids{1, 9}));
  EXPECT_EQ(find("boat submarine"), (Ids{}));
}

TEST_F(QueryTest, SaysWhyAWordMatched) {
  EXPECT_EQ(find("BOAT"), (Ids{1, 6, 9}));
  EXPECT_EQ(why_, (std::vector<std::string>{"\"BOAT\" as \"boat\" (case)",
                                            "\"BOAT\" as \"boat\" (case)", "\"BOAT\" exactly"}));
  EXPECT_EQ(find("قارب"), (Ids{2}));
  EXPECT_EQ(why_, (std::vector<std::string>{"\"قارب\" as \"قَارِب\" (diacritics)"}));
  EXPECT_EQ(find("063"), (Ids{4}));
  EXPECT_EQ(why_, (std::vector<std::string>{"\"063\" as \"٠٦٣\" (digits)"}));
}

TEST_F(QueryTest, RangesStandInTheOriginalBytes) {
  std::vector<Range> ranges;
  std::string text;
  ASSERT_TRUE(
      search(reader_, Query{"four", {.conversation = 3}}, [&](const Hit& hit) -> Result<bool> {
        ranges = hit.words[0].ranges;
        text = *hit.message.text;
        return true;
      }));
  ASSERT_EQ(ranges.size(), 1U);
  EXPECT_EQ(text.substr(ranges[0].begin, ranges[0].end - ranges[0].begin), "four");
}

TEST_F(QueryTest, ShortWordsAreScannedFor) {
  EXPECT_EQ(find("ok"), (Ids{10}));
  EXPECT_TRUE(found_.scanned);
  EXPECT_EQ(find("ነገ"), (Ids{7}));
  EXPECT_TRUE(found_.scanned);
  EXPECT_EQ(find("es boat"), (Ids{1, 9}));
  EXPECT_FALSE(found_.scanned);  // the longer word narrows
  // What folds to less than three letters is short, however many bytes it was.
  EXPECT_EQ(find("٣ "), (Ids{4}));
  EXPECT_TRUE(found_.scanned);
}

TEST_F(QueryTest, CombinesWithFiltersAndPages) {
  EXPECT_EQ(find({"boat", {.exhibit = 2}}), (Ids{9}));
  EXPECT_EQ(find({"boat", {.conversation = 1}}), (Ids{1}));
  EXPECT_EQ(find({"boat", {.sender = "Kidane"}}), (Ids{1, 6}));
  EXPECT_EQ(find({"boat", {.from = 1710000030000, .to = 1710000060000}}), (Ids{9}));
  EXPECT_EQ(find({"boat", {.limit = 1}}), (Ids{1}));
  EXPECT_TRUE(found_.more);
  EXPECT_EQ(find({"boat", {.after = 1, .limit = 2}}), (Ids{6, 9}));
  EXPECT_FALSE(found_.more);
  EXPECT_EQ(found_.hits, 2);
}

TEST_F(QueryTest, SignsOfTheQueryLanguageOfTheIndexAreJustSigns) {
  for (const char* text : {"AND", "boat*", "(boat", "boat)", "text:boat", "\"boat", "a\"b\"c",
                           "^boat", "boat NOT leaves", "{boat}", "-boat", "boat;--", "'boat'"})
    find(text);  // expects no error
  EXPECT_EQ(find("boat*"), (Ids{}));
  EXPECT_EQ(find("boat?"), (Ids{6}));
  EXPECT_EQ(find("end-to-end"), (Ids{5}));
}

TEST_F(QueryTest, NothingToSearchForIsAUsageError) {
  for (const char* text : {"", "   ", "\"\"", "\u064E", "\u200F"}) {
    const auto found =
        search(reader_, Query{text, {}}, [](const Hit&) -> Result<bool> { return true; });
    ASSERT_FALSE(found) << text;
    EXPECT_EQ(found.error().code, ErrorCode::usage);
  }
}

TEST_F(QueryTest, TheIndexIsUsedAndTheFirstPageIsCheap) {
  case_.execute(
      "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 20099)"
      " INSERT INTO message SELECT i, 2, i, 1, i, 3, 1, 0, i, NULL, NULL, 3, 0, i, 1,"
      " 'the harbour at night ' || i, x'', 0, NULL FROM n;"
      "INSERT INTO search (rowid, text) SELECT id, text FROM message WHERE id >= 100");
  int steps = 0;
  sqlite3_progress_handler(
      case_.database().handle(), 10,
      [](void* count) {
        *static_cast<int*>(count) += 10;
        return 0;
      },
      &steps);
  EXPECT_EQ(find({"harbour", {.limit = 20}}).size(), 20U);
  EXPECT_TRUE(found_.more);
  EXPECT_LT(steps, 4000);
  steps = 0;
  EXPECT_EQ(find({"\"night 19999\"", {.limit = 20}}), (Ids{19999}));
  EXPECT_LT(steps, 4000);
  steps = 0;
  EXPECT_EQ(find({"harbour", {.after = 20090, .limit = 3}}), (Ids{20091, 20092, 20093}));
  EXPECT_LT(steps, 4000);
}

struct Spelling {
  const char* written;  // in the message
  const char* query;
  bool hit;
};

class SpellingTest : public testing::TestWithParam<Spelling> {};

TEST_P(SpellingTest, IsFoundOrNot) {
  test::SmallCase empty;
  empty.execute("DELETE FROM message");
  auto message = *empty.database().prepare(
      "INSERT INTO message SELECT 1, 1, 1, 1, 1, 1, 1, 0, NULL, NULL, NULL, 0, 0, 0, 1, ?1, x'', "
      "0, NULL");
  ASSERT_TRUE(message.bind_text(1, GetParam().written).run());
  std::string folded;
  fold_into(GetParam().written, folded);
  auto insert = *empty.database().prepare(kInsertText);
  ASSERT_TRUE(insert.bind(1, std::int64_t{1}).bind_text(2, folded).run());
  const casefile::Reader reader(empty.database());
  const auto found =
      search(reader, Query{GetParam().query, {}}, [](const Hit&) -> Result<bool> { return true; });
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->hits == 1, GetParam().hit) << GetParam().written << " / " << GetParam().query;
}

constexpr Spelling kSpellings[] = {
    // Arabic
    {"القَارِبُ الكَبِير", "القارب", true},
    {"القارب", "القَارِب", true},
    {"إلى أين يا أحمد", "الى اين", true},
    {"مدرسة", "مدرسه", true},
    {"قـــارب", "قارب", true},
    {"مسؤول", "مسوول", true},
    {"السعر ١٥٠٠ دينار", "1500", true},
    {"ﻗﺎﺭﺏ", "قارب", true},
    {"قارب", "قرب", false},
    {"باب", "بابا", false},
    // Persian
    {"قایق کوچک", "قايق كوچك", true},
    {"می\u200Cخواهم بروم", "میخواهم", true},
    {"۱۵۰۰ یورو", "١٥٠٠", true},
    {"قایق", "قارب", false},
    // Amharic and Tigrinya
    {"ሰላም ለሁላችሁ", "ሠላም", true},
    {"ፀሐይ ወጣች", "ጸሀይ", true},
    {"ኃይሌ", "ሀይሌ", true},
    {"ዓለም አቀፍ", "አለም ዐቀፍ", true},
    {"ዋጋው ስንት ነው", "ዋጋ", true},
    {"ዋጋ", "ዋግ", false},
    {"ጀልባ ናብ ሊብያ", "ጀልባ", true},
    {"ክንደይ ዋጋኡ", "ዋጋዑ", true},
    {"መርከብ", "ጀልባ", false},
    // Cyrillic
    {"ЛОДКА В ПОРТУ", "лодка", true},
    {"ещё один паспорт", "еще", true},
    {"паспорт", "пасспорт", false},
    // Latin
    {"Café à Médenine", "cafe medenine", true},
    {"İSTANBUL'a", "istanbul", true},
    {"ISPARTA", "ısparta", true},
    {"Die Straße nach Łódź", "strasse lodz", true},
    {"Ｐａｓｓｐｏｒｔ", "passport", true},
    {"pass\u00ADport", "passport", true},
    {"l’argent", "l'argent", true},
    {"boat", "goat", false},
    // Digits
    {"+218 91 555 0142", "٠١٤٢", true},
    {"call me 1️⃣4️⃣2️⃣", "142", true},
    {"४२००", "4200", true},
    {"1500", "1600", false},
    // Chinese, Japanese, Korean: short words too
    {"今天去北京", "北京", true},
    {"がっこう", "かっこう", false},
    {"ｶﾞｽ", "ガス", true},
    {"한국", "\u1112\u1161\u11AB", true},
    // Signs that change the direction do not hide a word
    {"pass\u202Eport", "passport", true},
};

INSTANTIATE_TEST_SUITE_P(Table, SpellingTest, testing::ValuesIn(kSpellings));

}  // namespace
}  // namespace forensics::search
