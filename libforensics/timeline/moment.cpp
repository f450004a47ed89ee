#include "timeline/moment.hpp"

#include <date/date.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace forensics::timeline {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kDay = 24 * 60 * kMinute;
constexpr std::int64_t kFirstWall = -62'135'596'800'000;  // 0001-01-01T00:00:00
constexpr std::int64_t kLastWall = 253'402'300'799'999;   // 9999-12-31T23:59:59.999
constexpr std::int32_t kLargestOffset = 26 * 60 * 60;     // more than any zone ever had
// How far clocks are put forward.
constexpr std::int64_t kSummerTime = 3'600'000;

bool is_calendar(std::int64_t milliseconds) {
  return milliseconds >= kFirstWall && milliseconds <= kLastWall;
}

// How many milliseconds a value of this precision stands for.
std::int64_t width_of(model::Precision precision) {
  switch (precision) {
    case model::Precision::day: return kDay;
    case model::Precision::minute: return kMinute;
    case model::Precision::second: return kSecond;
    case model::Precision::millisecond: return 1;
    case model::Precision::none: return 0;
  }
  return 0;
}

struct Civil {
  int year = 0;
  unsigned month = 0, day = 0;
  int hour = 0, minute = 0, second = 0, millisecond = 0;
};

Civil civil_of(std::int64_t milliseconds) {
  const date::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(milliseconds)};
  const date::sys_days day = date::floor<date::days>(time);
  const date::year_month_day ymd(day);
  const std::int64_t rest = (time - day).count();
  return {static_cast<int>(ymd.year()),          static_cast<unsigned>(ymd.month()),
          static_cast<unsigned>(ymd.day()),      static_cast<int>(rest / (60 * kMinute)),
          static_cast<int>(rest / kMinute % 60), static_cast<int>(rest / kSecond % 60),
          static_cast<int>(rest % kSecond)};
}

// Milliseconds of a day that exists, nullopt otherwise.
std::optional<std::int64_t> milliseconds_of(int year, int month, int day) {
  if (year < 1 || year > 9999) return std::nullopt;
  const date::year_month_day ymd{date::year(year), date::month(static_cast<unsigned>(month)),
                                 date::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return date::sys_days(ymd).time_since_epoch().count() * kDay;
}

// Reads fields of fixed width from the front of a text.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (const char digit : rest_.substr(0, count)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      value = value * 10 + (digit - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  std::optional<int> digits_below(std::size_t count, int limit) {
    const auto value = digits(count);
    return value && *value < limit ? value : std::nullopt;
  }

 private:
  std::string_view rest_;
};

// Behind a time: nothing, "Z" or "+hh:mm". Milliseconds east of UTC.
std::optional<std::int64_t> take_offset(Fields& fields) {
  if (fields.done()) return 0;
  if (fields.take('Z') || fields.take('z')) return 0;
  const bool west = fields.take('-');
  if (!west && !fields.take('+')) return std::nullopt;
  const auto hours = fields.digits_below(2, 24);
  if (!hours || !fields.take(':')) return std::nullopt;
  const auto minutes = fields.digits_below(2, 60);
  if (!minutes) return std::nullopt;
  const std::int64_t offset = (*hours * 60 + *minutes) * kMinute;
  return west ? -offset : offset;
}

std::optional<Interval> read_period(std::string_view text) {
  Fields fields(text);
  const auto year = fields.digits(4);
  if (!year) return std::nullopt;
  if (fields.done()) {
    const auto begin = milliseconds_of(*year, 1, 1);
    const auto last = milliseconds_of(*year, 12, 31);
    if (!begin || !last) return std::nullopt;
    return Interval{*begin, *last + kDay - 1};
  }
  const auto month = fields.take('-') ? fields.digits(2) : std::nullopt;
  if (!month) return std::nullopt;
  if (fields.done()) {
    const auto begin = milliseconds_of(*year, *month, 1);
    if (!begin) return std::nullopt;
    const date::year_month_day_last last{
        date::year(*year), date::month_day_last(date::month(static_cast<unsigned>(*month)))};
    return Interval{
        *begin, *begin + static_cast<std::int64_t>(static_cast<unsigned>(last.day())) * kDay - 1};
  }
  const auto day = fields.take('-') ? fields.digits(2) : std::nullopt;
  const auto midnight = day ? milliseconds_of(*year, *month, *day) : std::nullopt;
  if (!midnight) return std::nullopt;
  if (fields.done()) return Interval{*midnight, *midnight + kDay - 1};
  if (!fields.take('T') && !fields.take(' ')) return std::nullopt;
  const auto hour = fields.digits_below(2, 24);
  const auto minute = hour && fields.take(':') ? fields.digits_below(2, 60) : std::nullopt;
  if (!minute) return std::nullopt;
  std::int64_t begin = *midnight + (*hour * 60 + *minute) * kMinute;
  std::int64_t width = kMinute;
  if (fields.take(':')) {
    const auto second = fields.digits_below(2, 60);
    if (!second) return std::nullopt;
    begin += *second * kSecond;
    width = kSecond;
  }
  const auto offset = take_offset(fields);
  if (!offset || !fields.done()) return std::nullopt;
  begin -= *offset;
  return Interval{begin, begin + width - 1};
}

}  // namespace

std::string_view name_of(Anchor anchor) {
  switch (anchor) {
    case Anchor::none: return "none";
    case Anchor::stated: return "stated";
    case Anchor::asserted: return "asserted";
  }
  return "none";
}

std::optional<std::int64_t> Moment::axis() const {
  return utc ? utc->earliest : wall;
}

Moment place(const Stated& stated, const Zone* asserted) {
  Moment moment;
  if (!stated.wall || stated.precision == model::Precision::none || !is_calendar(*stated.wall))
    return moment;
  moment.wall = stated.wall;
  moment.precision = stated.precision;
  const std::int64_t last = *stated.wall + width_of(stated.precision) - 1;

  std::optional<std::int32_t> offset = stated.offset;
  if (!offset && stated.basis == model::TimeBasis::epoch) offset = 0;
  const bool is_offset =
      offset && std::int64_t{*offset} >= -kLargestOffset && *offset <= kLargestOffset;
  if (is_offset && stated.basis == model::TimeBasis::standard_offset && asserted == nullptr) {
    // Whether summer time was in force is not stated: both instants are possible.
    moment.anchor = Anchor::stated;
    moment.utc = Interval{*stated.wall - kSecond * *offset - kSummerTime, last - kSecond * *offset};
  } else if (is_offset && stated.basis != model::TimeBasis::standard_offset) {
    moment.anchor = Anchor::stated;
    moment.offset = offset;
    moment.utc = Interval{*stated.wall - kSecond * *offset, last - kSecond * *offset};
  } else if (asserted != nullptr) {
    // The zone's clocks may change within a day or a minute: both ends are placed.
    const Zone::Instants begin = asserted->instants_of(*stated.wall);
    const Zone::Instants end = asserted->instants_of(last);
    moment.anchor = Anchor::asserted;
    moment.utc = Interval{begin.earliest, end.latest};
    moment.shown = begin.shown;
    if (begin.earliest == begin.latest && *stated.wall - begin.earliest == last - end.latest)
      moment.offset = static_cast<std::int32_t>((*stated.wall - begin.earliest) / kSecond);
  }
  return moment;
}

Stated stated_time(const casefile::Message& message, int reading) {
  return {reading == 0 ? message.wall : message.wall_other, message.zone_offset, message.precision,
          message.basis};
}

std::string wall_text(std::int64_t wall, model::Precision precision) {
  if (precision == model::Precision::none || !is_calendar(wall)) return {};
  const Civil c = civil_of(wall);
  std::array<char, 64> out{};
  const int date_length =
      std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", c.year, c.month, c.day);
  std::string text(out.data(), static_cast<std::size_t>(date_length));
  if (precision == model::Precision::day) return text;
  std::snprintf(out.data(), out.size(), "T%02d:%02d", c.hour, c.minute);
  text += out.data();
  if (precision == model::Precision::minute) return text;
  std::snprintf(out.data(), out.size(), ":%02d", c.second);
  text += out.data();
  if (precision == model::Precision::second) return text;
  std::snprintf(out.data(), out.size(), ".%03d", c.millisecond);
  return text + out.data();
}

std::string utc_text(std::int64_t utc) {
  const bool whole = utc % kSecond == 0;
  const std::string text =
      wall_text(utc, whole ? model::Precision::second : model::Precision::millisecond);
  return text.empty() ? text : text + "Z";
}

std::string zone_text(std::int64_t utc, const Zone& zone, model::Precision precision) {
  const std::int32_t offset = zone.offset_at(utc);
  const std::string text = wall_text(utc + kSecond * offset, precision);
  if (text.empty() || precision == model::Precision::day) return text;
  return text + offset_text(offset);
}

std::string offset_text(std::int32_t offset) {
  const long minutes = std::labs(offset) / 60;
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%c%02ld:%02ld", offset < 0 ? '-' : '+', minutes / 60,
                minutes % 60);
  return out.data();
}

Result<Interval> parse_period(std::string_view text) {
  if (const auto period = read_period(text)) return *period;
  return fail(ErrorCode::usage, std::string(text),
              "not a time; write 2024-03-09, 2024-03-09T16:05 or 2024-03-09T16:05:07+02:00");
}

}  // namespace forensics::timeline
