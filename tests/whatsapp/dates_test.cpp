#include "dates.hpp"

#include <gtest/gtest.h>

namespace whatsapp {
namespace {

Decision decide(std::initializer_list<const char*> lines, const Siblings& siblings) {
  std::optional<DateEvidence> evidence;
  std::uint64_t offset = 0;
  for (const char* text : lines) {
    const std::string_view line = text;
    Header header;
    EXPECT_TRUE(read_header(line, header)) << text;
    if (!evidence) evidence.emplace(header.date, siblings);
    evidence->add(header.date, {offset, line.size()}, line.substr(header.rest));
    offset += line.size();
  }
  return evidence->decide();
}
Decision decide(std::initializer_list<const char*> lines) {
  static const Siblings kNone{{}};
  return decide(lines, kNone);
}

constexpr Reading kDayFirst{Order::day_month_year, Calendar::gregorian};
constexpr Reading kMonthFirst{Order::month_day_year, Calendar::gregorian};

TEST(Dates, ADayAboveTwelveDecidesAndIsCited) {
  const Decision decision = decide({"05/03/2024, 14:03 - A: x", "13/03/2024, 14:03 - A: x"});
  EXPECT_EQ(decision.chosen, kDayFirst);
  EXPECT_FALSE(decision.other);
  const auto refuted = std::ranges::find(decision.candidates, kMonthFirst, &Candidate::reading);
  ASSERT_NE(refuted, decision.candidates.end());
  EXPECT_EQ(refuted->verdict, Verdict::refuted);
  EXPECT_EQ(refuted->first[static_cast<std::size_t>(refuted->strongest())].offset, 24U);
}

TEST(Dates, KeepsBothReadingsWhileNothingDecides) {
  const Decision decision = decide({"05/03/2024, 14:03 - A: x"});
  EXPECT_EQ(decision.chosen, kDayFirst);
  EXPECT_EQ(decision.other, kMonthFirst);
}

TEST(Dates, AFileNameDecides) {
  const Decision decision =
      decide({"05/03/2024, 14:03 - A: IMG-20240503-WA0001.jpg (file attached)"});
  EXPECT_EQ(decision.chosen, kMonthFirst);
  EXPECT_FALSE(decision.other);
}

TEST(Dates, FilesBesideTheExportDecide) {
  const std::string name = "IMG-20240503-WA0001.jpg";
  const fx_sibling item = {sizeof(fx_sibling), {name.data(), name.size()}, 1, 0, 0};
  EXPECT_EQ(decide({"05/03/2024, 14:03 - A: x"}, Siblings({&item, 1})).chosen, kMonthFirst);

  // 2024-03-06: the reading 3 May would be later than the archive.
  const fx_sibling dated = {sizeof(fx_sibling), {name.data(), 0}, 1, 1'709'683'200'000, 2};
  const Decision bound = decide({"05/03/2024, 14:03 - A: x"}, Siblings({&dated, 1}));
  EXPECT_EQ(bound.chosen, kDayFirst);
  EXPECT_FALSE(bound.other);
}

TEST(Dates, NeverLetsTheOrderOfLinesOverruleTheCalendar) {
  const Decision decision =
      decide({"1/12/24, 10:00 - A: x", "2/11/24, 10:00 - A: x", "3/10/24, 10:00 - A: x",
              "4/9/24, 10:00 - A: x", "13/1/24, 10:00 - A: x"});
  EXPECT_EQ(decision.chosen, kDayFirst);
}

TEST(Dates, ReadsTwoDigitYearsOfOtherCalendars) {
  EXPECT_EQ(decide({"15/3/67, 14:03 - A: x"}).chosen,
            (Reading{Order::day_month_year, Calendar::buddhist}));
  EXPECT_EQ(decide({"۰۳/۱۲/۱۵، ۱۴:۰۳ - A: x"}).chosen,
            (Reading{Order::year_month_day, Calendar::persian}));
  EXPECT_EQ(decide({"24. 3. 5. 오후 2:03 - A: x"}).chosen,
            (Reading{Order::year_month_day, Calendar::gregorian}));
}

}  // namespace
}  // namespace whatsapp
