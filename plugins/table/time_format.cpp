#include "time_format.hpp"

#include <algorithm>
#include <set>

#include "text/date.hpp"

namespace table {
namespace {

constexpr std::int64_t kFirst = -62'135'596'800'000;  // of the year 1
constexpr std::int64_t kLast = 253'402'300'799'999;   // of the year 9999

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// `least` to `most` digits from the front.
std::optional<int> take(std::string_view& in, std::size_t least, std::size_t most) {
  std::size_t n = 0;
  int value = 0;
  for (; n < most && n < in.size() && is_digit(in[n]); ++n) value = value * 10 + (in[n] - '0');
  if (n < least) return std::nullopt;
  in.remove_prefix(n);
  return value;
}

// "Z", "+02:00", "+0200".
std::optional<std::int32_t> take_offset(std::string_view& in) {
  if (in.starts_with('Z')) {
    in.remove_prefix(1);
    return 0;
  }
  if (in.empty() || (in.front() != '+' && in.front() != '-')) return std::nullopt;
  const bool west = in.front() == '-';
  in.remove_prefix(1);
  const auto hours = take(in, 2, 2);
  if (in.starts_with(':')) in.remove_prefix(1);
  const auto minutes = take(in, 2, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return (*hours * 3600 + *minutes * 60) * (west ? -1 : 1);
}

}  // namespace

bool TimeFormat::set_zone(std::string_view zone, std::string& why) {
  const bool in_text =
      std::ranges::any_of(pieces_, [](const Piece& each) { return each.part == Part::zone; });
  if (in_text != (zone == "in-text")) {
    why = "a format with Z has the zone \"in-text\", and no other has it";
    return false;
  }
  if (zone == "unknown") return true;
  basis_ = FX_TIME_OFFSET;
  if (in_text || zone == "UTC") return true;
  constexpr std::string_view kStandard = " standard";
  if (zone.ends_with(kStandard)) {
    basis_ = FX_TIME_STANDARD_OFFSET;
    zone.remove_suffix(kStandard.size());
  }
  const auto offset = take_offset(zone);
  if (!offset || !zone.empty()) {
    why = "a zone is \"UTC\", \"+01:00\", \"+01:00 standard\", \"in-text\" or \"unknown\"";
    return false;
  }
  offset_ = *offset;
  return true;
}

std::optional<TimeFormat> TimeFormat::parse(std::string_view format, std::string_view zone,
                                            std::string& why) {
  TimeFormat out;
  if (format == "epoch-seconds") out.epoch_ = FX_CODEC_DECIMAL_SECONDS;
  if (format == "epoch-milliseconds") out.epoch_ = FX_CODEC_DECIMAL_MILLISECONDS;
  if (format == "epoch-microseconds") out.epoch_ = FX_CODEC_DECIMAL_MICROSECONDS;
  if (out.epoch_ != FX_CODEC_NONE) {
    if (zone.empty()) return out;
    why = "a count since 1970 is in UTC and has no zone";
    return std::nullopt;
  }
  constexpr struct {
    std::string_view letters;
    Part part;
    int of;  // parts that say the same
  } kLetters[] = {{"YYYY", Part::year, 0},
                  {"MM", Part::month, 1},
                  {"M", Part::short_month, 1},
                  {"DD", Part::day, 2},
                  {"D", Part::short_day, 2},
                  {"HH", Part::hour, 3},
                  {"H", Part::short_hour, 3},
                  {"hh", Part::half_day_hour, 3},
                  {"h", Part::short_half_day_hour, 3},
                  {"A", Part::half, 4},
                  {"mm", Part::minute, 5},
                  {"SSS", Part::millisecond, 7},
                  {"ss", Part::second, 6},
                  {"Z", Part::zone, 8},
                  {"T", Part::literal, 9}};
  std::set<int> seen;
  bool half_day = false;
  while (!format.empty()) {
    const auto* found = std::ranges::find_if(
        kLetters, [&](const auto& each) { return format.starts_with(each.letters); });
    if (found == std::end(kLetters)) {
      if (is_letter(format.front()) || is_digit(format.front())) {
        why = "a format is made of YYYY MM M DD D HH H hh h A mm ss SSS Z, T and signs";
        return std::nullopt;
      }
      out.pieces_.push_back({Part::literal, std::string(1, format.front())});
      format.remove_prefix(1);
      continue;
    }
    if (found->part != Part::literal && !seen.insert(found->of).second) {
      why = "a part of the time stands twice in the format";
      return std::nullopt;
    }
    half_day =
        half_day || found->part == Part::half_day_hour || found->part == Part::short_half_day_hour;
    out.pieces_.push_back({found->part, std::string(found->letters)});
    format.remove_prefix(found->letters.size());
  }
  const auto has = [&](int of) { return seen.contains(of); };
  const bool whole = has(0) && has(1) && has(2) && has(3) == has(5) && (!has(6) || has(5)) &&
                     (!has(7) || has(6)) && (!has(8) || has(3)) && has(4) == half_day;
  if (!whole) {
    why = "a format needs year, month and day; hours need minutes; hh and h need A";
    return std::nullopt;
  }
  out.precision_ = has(7)   ? FX_PRECISION_MILLISECOND
                   : has(6) ? FX_PRECISION_SECOND
                   : has(5) ? FX_PRECISION_MINUTE
                            : FX_PRECISION_DAY;
  if (!out.set_zone(zone, why)) return std::nullopt;
  return out;
}

// Digits with an optional minus and fraction, as the codec has it: whole units, rounded down.
std::optional<fx_time> TimeFormat::read_epoch(std::string_view text) const {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string_view whole = text.substr(0, point);
  std::string_view part = text.substr(point);
  if (!part.empty()) part.remove_prefix(1);
  const bool plain = std::ranges::all_of(whole, is_digit) && std::ranges::all_of(part, is_digit);
  if (!plain || whole.empty() || whole.size() > 18 || (point < text.size() && part.empty()))
    return std::nullopt;
  std::int64_t value = 0;
  for (const char c : whole) value = value * 10 + (c - '0');
  bool more = false;  // something below the millisecond
  if (epoch_ == FX_CODEC_DECIMAL_SECONDS) {
    if (value > kLast / 1000) return std::nullopt;
    for (int i = 0; i < 3; ++i) {
      value = value * 10 + (part.empty() ? 0 : part.front() - '0');
      if (!part.empty()) part.remove_prefix(1);
    }
  } else if (epoch_ == FX_CODEC_DECIMAL_MICROSECONDS) {
    more = value % 1000 != 0;
    value /= 1000;
  }
  more = more || part.find_first_not_of('0') != std::string_view::npos;
  if (negative) value = -value - (more ? 1 : 0);
  if (value < kFirst || value > kLast) return std::nullopt;
  return fx::instant(value);
}

std::optional<fx_time> TimeFormat::read(std::string_view text) const {
  if (epoch_ != FX_CODEC_NONE) return read_epoch(text);
  text::Date date;
  text::Clock clock;
  std::optional<bool> afternoon;
  std::int32_t offset = offset_;
  for (const Piece& piece : pieces_) {
    const auto number = [&](std::size_t least, std::size_t most, int& out) {
      const auto value = take(text, least, most);
      out = value.value_or(0);
      return value.has_value();
    };
    bool sound = true;
    switch (piece.part) {
      case Part::year: sound = number(4, 4, date.year); break;
      case Part::month: sound = number(2, 2, date.month); break;
      case Part::short_month: sound = number(1, 2, date.month); break;
      case Part::day: sound = number(2, 2, date.day); break;
      case Part::short_day: sound = number(1, 2, date.day); break;
      case Part::hour:
      case Part::half_day_hour: sound = number(2, 2, clock.hour); break;
      case Part::short_hour:
      case Part::short_half_day_hour: sound = number(1, 2, clock.hour); break;
      case Part::minute: sound = number(2, 2, clock.minute); break;
      case Part::second: sound = number(2, 2, clock.second); break;
      case Part::millisecond: sound = number(3, 3, clock.millisecond); break;
      case Part::half:
        sound = text.size() >= 2 &&
                (text[0] == 'A' || text[0] == 'P' || text[0] == 'a' || text[0] == 'p') &&
                (text[1] == 'M' || text[1] == 'm');
        if (sound) {
          afternoon = text[0] == 'P' || text[0] == 'p';
          text.remove_prefix(2);
        }
        break;
      case Part::zone: {
        const auto stated = take_offset(text);
        sound = stated.has_value();
        offset = stated.value_or(0);
        break;
      }
      case Part::literal:
        sound = text.starts_with(piece.literal);
        if (sound) text.remove_prefix(piece.literal.size());
        break;
    }
    if (!sound) return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  if (afternoon) {
    if (clock.hour < 1 || clock.hour > 12) return std::nullopt;
    clock.hour = clock.hour % 12 + (*afternoon ? 12 : 0);
  }
  const auto wall = text::wall_of(date, clock);
  if (!wall || *wall < kFirst || *wall > kLast) return std::nullopt;
  fx_time out = text::wall_time(*wall, precision_);
  out.basis = static_cast<std::uint32_t>(basis_);
  out.offset = offset;
  return out;
}

}  // namespace table
