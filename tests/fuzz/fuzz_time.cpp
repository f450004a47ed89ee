// Times: a period as it is typed, a wall clock under an asserted zone. First byte: the zone; eight
// bytes: a wall clock; then a text that is read as a period and as the name of a zone.

#include <array>

#include "target.hpp"
#include "timeline/moment.hpp"

using namespace forensics;
using fuzz::promise;
using model::Precision;
using timeline::Zone;

namespace {

// Half hours, a repeated quarter of an hour, days that were left out, a zone without a history.
const std::array<Zone, 8>& zones() {
  static const std::array<Zone, 8> all = {
      Zone::find("UTC").value(),
      Zone::find("Asia/Kathmandu").value(),
      Zone::find("America/St_Johns").value(),
      Zone::find("Pacific/Apia").value(),
      Zone::find("Africa/Tripoli").value(),
      Zone::find("Australia/Lord_Howe").value(),
      Zone::find("Europe/Dublin").value(),
      Zone::find("Africa/Casablanca").value(),
  };
  return all;
}

bool holds(const timeline::Interval& interval, std::int64_t instant) {
  return interval.earliest <= instant && instant <= interval.latest;
}

bool has_seconds(std::int32_t offset) {
  return offset % 60 != 0;  // local mean times: RFC 3339 cannot write them
}

void check_period(ByteView text) {
  const auto period = timeline::parse_period(text);
  if (!period) return;
  promise(period->earliest < period->latest, "a period has a beginning and an end");
  const std::string begin = timeline::utc_text(period->earliest);
  if (begin.empty()) return;  // its offset led out of the calendar
  const auto again = timeline::parse_period(begin);
  promise(again && again->earliest == period->earliest, "the beginning is written as it is read");
}

void check_wall(std::int64_t wall, const Zone& zone) {
  for (const Precision precision : {Precision::day, Precision::minute, Precision::second}) {
    const std::string written = timeline::wall_text(wall, precision);
    if (written.empty()) continue;
    const auto period = timeline::parse_period(written);
    promise(period && holds(*period, wall),
            "a wall clock lies in the period that it is written as");
  }

  for (const Precision precision : {Precision::day, Precision::minute, Precision::second}) {
    const timeline::Moment moment =
        timeline::place({wall, std::nullopt, precision, model::TimeBasis::unknown}, &zone);
    if (!moment.wall) continue;
    promise(moment.utc && moment.utc->earliest <= moment.utc->latest, "an interval has its order");
    const std::int64_t first = moment.utc->earliest;
    if (moment.shown != Zone::Instants::Shown::never)
      promise(first + 1000 * std::int64_t{zone.offset_at(first)} == wall,
              "at its earliest instant the zone's clocks show the wall clock");
    if (moment.offset)
      promise(zone.offset_at(first) == *moment.offset, "the stated offset is the zone's");
    if (precision == Precision::day || has_seconds(zone.offset_at(first))) continue;
    const std::string shown = timeline::zone_text(first, zone, precision);
    if (shown.empty()) continue;
    const auto again = timeline::parse_period(shown);
    promise(again && holds(*again, first), "an instant on a zone's clocks is read back");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Script script(data, size);
  const Zone& zone = zones()[script.place(zones().size())];
  const auto wall = script.number<std::int64_t>();
  check_wall(wall, zone);
  const ByteView text = script.all();
  check_period(text);
  if (const auto found = Zone::find(std::string(text)))
    promise(found->name() == text, "a zone is found by its name alone");
  return 0;
}
