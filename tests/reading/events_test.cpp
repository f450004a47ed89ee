#include "timeline/events.hpp"

#include <gtest/gtest.h>

#include "reading/small_case.hpp"

namespace forensics::timeline {
namespace {

using model::Precision;
using model::TimeBasis;
using Rows = std::vector<EventRow>;

constexpr std::int64_t kHour = 3'600'000;

TEST(Events, AMessageWithoutATimeHasNone) {
  EXPECT_EQ(events_of({}, {}), Rows{});
  EXPECT_EQ(events_of({.wall = 5, .precision = Precision::none}, {}), Rows{});
}

TEST(Events, StandOnUtcWhereItIsKnown) {
  EXPECT_EQ(events_of({.wall = 10 * kHour, .precision = Precision::minute}, {}),
            (Rows{{10 * kHour, 0}}));
  EXPECT_EQ(events_of({.wall = 10 * kHour,
                       .zone_offset = 7200,
                       .precision = Precision::minute,
                       .basis = TimeBasis::offset},
                      {}),
            (Rows{{8 * kHour, 0}}));
}

TEST(Events, BothReadingsStayUntilAnOrderIsAsserted) {
  const MessageTimes open{
      .wall = 1 * kHour, .wall_other = 9 * kHour, .precision = Precision::minute};
  EXPECT_EQ(events_of(open, {}), (Rows{{1 * kHour, 0}, {9 * kHour, 1}}));
  const auto with = [&](const char* asserted, const char* chosen) {
    return events_of(open, *Assertions::of(std::nullopt, asserted, chosen));
  };
  EXPECT_EQ(with("day-month", "day-month-year"), (Rows{{1 * kHour, 0}}));
  EXPECT_EQ(with("month-day", "day-month-year"), (Rows{{9 * kHour, 1}}));
  EXPECT_EQ(with("day-month", "month-day-year"), (Rows{{9 * kHour, 1}}));
  EXPECT_EQ(with("month-day", "year-month-day"), (Rows{{1 * kHour, 0}}));
  // Without a reading record nothing says which of the two is which.
  EXPECT_EQ(with("day-month", "").size(), 2U);
}

TEST(Events, AnAssertedOrderNeverRemovesADecidedTime) {
  EXPECT_EQ(events_of({.wall = 1 * kHour, .precision = Precision::minute},
                      *Assertions::of(std::nullopt, "month-day", "day-month-year")),
            (Rows{{1 * kHour, 0}}));
}

TEST(Events, AssertionsAreChecked) {
  EXPECT_EQ(Assertions::of("Nowhere/Town", std::nullopt, "").error().code, ErrorCode::usage);
  EXPECT_EQ(Assertions::of(std::nullopt, "year-first", "").error().code, ErrorCode::usage);
}

class RebuildTest : public testing::Test {
 protected:
  Rows events_of_message(std::int64_t message) {
    Rows out;
    auto rows = *case_.database().prepare(
        "SELECT at, reading FROM event WHERE message = ?1 ORDER BY reading");
    rows.bind(1, message);
    while (*rows.step()) out.push_back({rows.integer(0), static_cast<int>(rows.integer(1))});
    return out;
  }

  void add_reading(const char* value, const char* verdict) {
    model::Record record;
    record.kind = model::Kind::reading;
    const auto add = [&](model::Key key, const char* text) {
      model::Field field;
      field.key = key;
      field.text = text;
      record.fields.push_back(field);
    };
    add(model::Key::subject, "date-order");
    add(model::Key::value, value);
    add(model::Key::verdict, verdict);
    std::string bytes;
    model::encode(record, bytes);
    auto insert = *case_.database().prepare("INSERT INTO record VALUES (2, ?1, 10, NULL, ?2)");
    insert.bind(1, next_position_++).bind_blob(2, bytes);
    ASSERT_TRUE(insert.run());
  }

  test::SmallCase case_;
  std::int64_t next_position_ = 500;
};

TEST_F(RebuildTest, MovesTheMessagesOfOneExhibit) {
  ASSERT_TRUE(rebuild_events(case_.database(), 2));  // Africa/Tripoli, UTC+2
  EXPECT_EQ(events_of_message(9), (Rows{{1710000030000 - 2 * kHour, 0}}));
  EXPECT_EQ(events_of_message(11), (Rows{{1710000090000 - 2 * kHour, 0}}));
  EXPECT_EQ(events_of_message(1), (Rows{{1710000000000, 0}}));
  EXPECT_EQ(events_of_message(5), Rows{});
}

TEST_F(RebuildTest, AnAssertedOrderLeavesOneReading) {
  add_reading("year-month-day", "refuted");
  add_reading("month-day-year", "undecided");
  add_reading("day-month-year", "undecided");
  case_.execute(
      "UPDATE message SET wall_other = 1720000000000 WHERE id = 10;"
      "UPDATE exhibit SET zone = NULL WHERE id = 2");
  ASSERT_TRUE(rebuild_events(case_.database(), 2));
  EXPECT_EQ(events_of_message(10), (Rows{{1710000060000, 0}, {1720000000000, 1}}));
  case_.execute("UPDATE exhibit SET date_order = 'day-month' WHERE id = 2");
  ASSERT_TRUE(rebuild_events(case_.database(), 2));
  EXPECT_EQ(events_of_message(10), (Rows{{1720000000000, 1}}));
  EXPECT_EQ(events_of_message(9), (Rows{{1710000030000, 0}}));
}

TEST_F(RebuildTest, AFailureLeavesEverythingAsItWas) {
  case_.execute("UPDATE exhibit SET zone = 'Nowhere/Town' WHERE id = 2");
  const Status status = rebuild_events(case_.database(), 2);
  ASSERT_FALSE(status);
  EXPECT_EQ(events_of_message(9), (Rows{{1710000030000, 0}}));
  EXPECT_EQ(rebuild_events(case_.database(), 77).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace forensics::timeline
