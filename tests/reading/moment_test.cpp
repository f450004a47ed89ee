#include "timeline/moment.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace forensics::timeline {
namespace {

using model::Precision;
using model::TimeBasis;
using Shown = Zone::Instants::Shown;

// The wall clock that a period without offset begins with: keeps the tests readable.
std::int64_t at(std::string_view text) {
  return parse_period(text)->earliest;
}

std::string interval(const Moment& moment) {
  if (!moment.utc) return "unknown";
  return utc_text(moment.utc->earliest) + " .. " + utc_text(moment.utc->latest);
}

TEST(Moment, WithoutOffsetThereIsNoInstant) {
  const Moment moment =
      place({at("2024-03-09T16:05"), std::nullopt, Precision::minute, TimeBasis::unknown}, nullptr);
  EXPECT_FALSE(moment.utc);
  EXPECT_EQ(moment.anchor, Anchor::none);
  EXPECT_EQ(moment.axis(), at("2024-03-09T16:05"));
  EXPECT_EQ(wall_text(*moment.wall, moment.precision), "2024-03-09T16:05");
}

TEST(Moment, AStatedOffsetGivesAnIntervalAsWideAsThePrecision) {
  EXPECT_EQ(interval(place({at("2024-03-09T16:05"), 7200, Precision::minute, TimeBasis::offset},
                           nullptr)),
            "2024-03-09T14:05:00Z .. 2024-03-09T14:05:59.999Z");
  EXPECT_EQ(
      interval(place({at("2024-03-09T16:05:07"), -12600, Precision::second, TimeBasis::offset},
                     nullptr)),
      "2024-03-09T19:35:07Z .. 2024-03-09T19:35:07.999Z");
  EXPECT_EQ(
      interval(place({at("2024-03-09") + 1, std::nullopt, Precision::millisecond, TimeBasis::epoch},
                     nullptr)),
      "2024-03-09T00:00:00.001Z .. 2024-03-09T00:00:00.001Z");
  EXPECT_EQ(interval(place({at("2024-03-09"), 3600, Precision::day, TimeBasis::offset}, nullptr)),
            "2024-03-08T23:00:00Z .. 2024-03-09T22:59:59.999Z");
}

TEST(Moment, AnAssertedZoneAppliesOnlyWhereNothingIsStated) {
  const Zone zone = *Zone::find("Africa/Addis_Ababa");
  const Moment asserted =
      place({at("2024-03-09T16:05"), std::nullopt, Precision::minute, TimeBasis::unknown}, &zone);
  EXPECT_EQ(interval(asserted), "2024-03-09T13:05:00Z .. 2024-03-09T13:05:59.999Z");
  EXPECT_EQ(asserted.anchor, Anchor::asserted);
  EXPECT_EQ(asserted.offset, 10800);
  const Moment stated =
      place({at("2024-03-09T16:05"), 0, Precision::minute, TimeBasis::offset}, &zone);
  EXPECT_EQ(interval(stated), "2024-03-09T16:05:00Z .. 2024-03-09T16:05:59.999Z");
  EXPECT_EQ(stated.anchor, Anchor::stated);
}

TEST(Moment, AStandardOffsetLeavesAnHourOpenUntilAZoneIsAsserted) {
  const Stated stated = {at("2023-08-23T13:11:23"), -8 * 3600, Precision::second,
                         TimeBasis::standard_offset};
  const Moment open = place(stated, nullptr);
  EXPECT_EQ(interval(open), "2023-08-23T20:11:23Z .. 2023-08-23T21:11:23.999Z");
  EXPECT_EQ(open.anchor, Anchor::stated);
  EXPECT_FALSE(open.offset);
  const Zone zone = *Zone::find("America/Los_Angeles");
  EXPECT_EQ(interval(place(stated, &zone)), "2023-08-23T20:11:23Z .. 2023-08-23T20:11:23.999Z");
}

TEST(Moment, TheRepeatedHourKeepsBothInstants) {
  const Zone rome = *Zone::find("Europe/Rome");
  const Moment moment =
      place({at("2024-10-27T02:30"), std::nullopt, Precision::minute, TimeBasis::unknown}, &rome);
  EXPECT_EQ(interval(moment), "2024-10-27T00:30:00Z .. 2024-10-27T01:30:59.999Z");
  EXPECT_EQ(moment.shown, Shown::twice);
  EXPECT_FALSE(moment.offset);
}

TEST(Moment, TheHourThatWasLeftOutIsBoundedByBothClocks) {
  const Zone rome = *Zone::find("Europe/Rome");
  const Moment moment =
      place({at("2024-03-31T02:30"), std::nullopt, Precision::minute, TimeBasis::unknown}, &rome);
  EXPECT_EQ(interval(moment), "2024-03-31T00:30:00Z .. 2024-03-31T01:30:59.999Z");
  EXPECT_EQ(moment.shown, Shown::never);
}

TEST(Moment, ADayOnWhichClocksChangeIsAsLongAsItWas) {
  const Zone rome = *Zone::find("Europe/Rome");
  const Moment moment =
      place({at("2024-03-31"), std::nullopt, Precision::day, TimeBasis::unknown}, &rome);
  EXPECT_EQ(interval(moment), "2024-03-30T23:00:00Z .. 2024-03-31T21:59:59.999Z");
  EXPECT_FALSE(moment.offset);
}

TEST(Moment, HostileNumbersAreNobodysClock) {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  const Zone rome = *Zone::find("Europe/Rome");
  for (const std::int64_t wall : {kLeast, kMost, std::int64_t{253402300800000}}) {
    const Moment moment = place({wall, 7200, Precision::second, TimeBasis::offset}, &rome);
    EXPECT_FALSE(moment.wall);
    EXPECT_FALSE(moment.axis());
    EXPECT_EQ(wall_text(wall, Precision::second), "");
    EXPECT_EQ(utc_text(wall), "");
  }
  // An offset that no zone ever had states nothing.
  for (const std::int32_t offset : {std::numeric_limits<std::int32_t>::min(), 1'000'000})
    EXPECT_FALSE(place({0, offset, Precision::second, TimeBasis::offset}, nullptr).utc);
  EXPECT_FALSE(place({0, 0, Precision::none, TimeBasis::offset}, nullptr).wall);
  // The ends of the calendar, with an asserted zone.
  EXPECT_TRUE(place({253402300799999, {}, Precision::second, TimeBasis::unknown}, &rome).utc);
  EXPECT_TRUE(place({-62135596800000, {}, Precision::second, TimeBasis::unknown}, &rome).utc);
}

TEST(Moment, TextIsAsPreciseAsTheSource) {
  const std::int64_t wall = at("1969-07-20T20:17:40") + 123;
  EXPECT_EQ(wall_text(wall, Precision::none), "");
  EXPECT_EQ(wall_text(wall, Precision::day), "1969-07-20");
  EXPECT_EQ(wall_text(wall, Precision::minute), "1969-07-20T20:17");
  EXPECT_EQ(wall_text(wall, Precision::second), "1969-07-20T20:17:40");
  EXPECT_EQ(wall_text(wall, Precision::millisecond), "1969-07-20T20:17:40.123");
  EXPECT_EQ(utc_text(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(utc_text(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(offset_text(-12600), "-03:30");
  EXPECT_EQ(offset_text(0), "+00:00");
  const Zone kathmandu = *Zone::find("Asia/Kathmandu");
  EXPECT_EQ(zone_text(at("2024-03-09T16:05"), kathmandu, Precision::minute),
            "2024-03-09T21:50+05:45");
  EXPECT_EQ(zone_text(at("2024-03-09T16:05"), kathmandu, Precision::day), "2024-03-09");
}

TEST(Moment, TheZoneOfThisMachineDoesNotMatter) {
  const auto read = [] {
    const Zone zone = *Zone::find("Asia/Tehran");
    return interval(place(
        {at("2021-06-01T12:00"), std::nullopt, Precision::minute, TimeBasis::unknown}, &zone));
  };
  setenv("TZ", "Pacific/Kiritimati", 1);
  tzset();
  const std::string there = read();
  setenv("TZ", "America/New_York", 1);
  tzset();
  EXPECT_EQ(read(), there);
  EXPECT_EQ(there, "2021-06-01T07:30:00Z .. 2021-06-01T07:30:59.999Z");
  unsetenv("TZ");
  tzset();
}

TEST(Zone, UnknownNamesAreUsageErrors) {
  for (const char* name : {"", "Mars/Olympus", "../../etc/passwd", "europe/rome"}) {
    const auto zone = Zone::find(name);
    ASSERT_FALSE(zone) << name;
    EXPECT_EQ(zone.error().code, ErrorCode::usage);
  }
}

TEST(Period, NamesAllOfWhatItSays) {
  const auto text = [](std::string_view period) {
    const Interval interval = *parse_period(period);
    return utc_text(interval.earliest) + " .. " + utc_text(interval.latest);
  };
  EXPECT_EQ(text("2024"), "2024-01-01T00:00:00Z .. 2024-12-31T23:59:59.999Z");
  EXPECT_EQ(text("2024-02"), "2024-02-01T00:00:00Z .. 2024-02-29T23:59:59.999Z");
  EXPECT_EQ(text("2024-03-09"), "2024-03-09T00:00:00Z .. 2024-03-09T23:59:59.999Z");
  EXPECT_EQ(text("2024-03-09T16:05"), "2024-03-09T16:05:00Z .. 2024-03-09T16:05:59.999Z");
  EXPECT_EQ(text("2024-03-09 16:05:07Z"), "2024-03-09T16:05:07Z .. 2024-03-09T16:05:07.999Z");
  EXPECT_EQ(text("2024-03-09T16:05+02:00"), "2024-03-09T14:05:00Z .. 2024-03-09T14:05:59.999Z");
  EXPECT_EQ(text("2024-03-09T16:05:00-03:30"), "2024-03-09T19:35:00Z .. 2024-03-09T19:35:00.999Z");
}

TEST(Period, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "yesterday", "24-03-09", "2024-13", "2023-02-29", "2024-00-01", "2024-03-09T24:00",
        "2024-03-09T16", "2024-03-09T16:60", "2024-03-09T16:05:60", "2024-03-09T16:05+2",
        "2024-03-09Z", "2024-3-9", "0000-01-01", "2024-03-09T16:05ZZ", "09/03/2024"}) {
    const auto period = parse_period(text);
    ASSERT_FALSE(period) << text;
    EXPECT_EQ(period.error().code, ErrorCode::usage);
  }
}

}  // namespace
}  // namespace forensics::timeline
