#include "timeline/case_times.hpp"

#include <gtest/gtest.h>

#include "reading/small_case.hpp"

namespace forensics::timeline {
namespace {

class CaseTimesTest : public testing::Test {
 protected:
  casefile::Message message(std::int64_t id) { return **reader_.message(id); }

  // The exhibit's rows are read once by CaseTimes, so each test makes its own.
  test::SmallCase case_;
  casefile::Reader reader_{case_.database()};
};

TEST_F(CaseTimesTest, AnAssertedZoneCountsForItsExhibitAlone) {
  CaseTimes times(reader_);
  EXPECT_FALSE(times.moment(message(1), 0)->utc);
  const Moment tripoli = *times.moment(message(9), 0);
  EXPECT_EQ(tripoli.anchor, Anchor::asserted);
  EXPECT_EQ(utc_text(tripoli.utc->earliest), "2024-03-09T14:00:30Z");
}

TEST_F(CaseTimesTest, AnOpenDateHasTwoReadingsUntilItsOrderIsAsserted) {
  model::Record record;
  record.kind = model::Kind::reading;
  for (const auto& [key, text] : {std::pair(model::Key::subject, "date-order"),
                                  std::pair(model::Key::value, "day-month-year"),
                                  std::pair(model::Key::verdict, "undecided")}) {
    model::Field field;
    field.key = key;
    field.text = text;
    record.fields.push_back(field);
  }
  std::string bytes;
  model::encode(record, bytes);
  auto insert = *case_.database().prepare("INSERT INTO record VALUES (1, 300, 10, NULL, ?1)");
  ASSERT_TRUE(insert.bind_blob(1, bytes).run());
  case_.execute("UPDATE message SET wall_other = 1720000000000 WHERE id = 2");
  {
    CaseTimes times(reader_);
    EXPECT_TRUE(*times.is_open(message(2)));
    EXPECT_EQ(*times.reading_of(message(2)), 0);
    EXPECT_FALSE(*times.is_open(message(1)));
  }
  case_.execute("UPDATE exhibit SET date_order = 'month-day' WHERE id = 1");
  CaseTimes times(reader_);
  EXPECT_FALSE(*times.is_open(message(2)));
  EXPECT_EQ(*times.reading_of(message(2)), 1);
  EXPECT_EQ(times.moment(message(2), 1)->wall, 1720000000000);
  EXPECT_EQ(*times.reading_of(message(1)), 0);
}

}  // namespace
}  // namespace forensics::timeline
