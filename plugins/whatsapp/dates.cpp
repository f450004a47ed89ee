#include "dates.hpp"

#include <algorithm>

namespace whatsapp {
namespace {

// WhatsApp began in 2009. The upper end only has to be later than any phone in evidence.
constexpr std::int32_t kEarliest = 14'245;  // 2009-01-01
constexpr std::int32_t kLatest = 27'759;    // 2046-01-01

// What one observation of a cause costs, and from which difference on a reading is refuted.
constexpr std::array<std::int64_t, kCauses> kCost = {8, 8, 6, 6, 5, 5, 4, 0};
constexpr std::int64_t kRefuted = 4;
constexpr int kUncommon = -4;

constexpr std::size_t index(Cause cause) {
  return static_cast<std::size_t>(cause);
}

}  // namespace

std::string_view name_of(Order order) {
  constexpr std::array<std::string_view, 3> kNames = {"day-month-year", "month-day-year",
                                                      "year-month-day"};
  return kNames[static_cast<std::size_t>(order)];
}

std::optional<std::int32_t> day_of(const DateFields& date, Reading reading) {
  if (date.year_at == YearAt::none) return std::nullopt;
  const bool year_first = reading.order == Order::year_month_day;
  const std::size_t year_at = year_first ? 0 : date.count - 1U;
  const int year = full_year(reading.calendar, date.value[year_at], date.digits[year_at]);
  if (date.month != 0)
    return day_number(reading.calendar, year, date.month, date.value[year_first ? 1 : 0]);
  switch (reading.order) {
    case Order::day_month_year:
      return day_number(reading.calendar, year, date.value[1], date.value[0]);
    case Order::month_day_year:
      return day_number(reading.calendar, year, date.value[0], date.value[1]);
    case Order::year_month_day:
      return day_number(reading.calendar, year, date.value[1], date.value[2]);
  }
  return std::nullopt;
}

std::int64_t Candidate::score() const {
  constexpr std::uint64_t kEnough = 1'000'000;
  std::int64_t sum = prior;
  for (std::size_t i = 0; i < kCauses; ++i)
    sum -= static_cast<std::int64_t>(std::min(against[i], kEnough)) * kCost[i];
  return sum;
}

Cause Candidate::strongest() const {
  std::size_t best = index(Cause::uncommon);
  for (std::size_t i = 0; i < kCauses; ++i)
    if (against[i] != 0 && (best == index(Cause::uncommon) ||
                            against[i] * static_cast<std::uint64_t>(kCost[i]) >
                                against[best] * static_cast<std::uint64_t>(kCost[best])))
      best = i;
  return static_cast<Cause>(best);
}

DateEvidence::DateEvidence(const DateFields& sample, const Siblings& siblings)
    : siblings_(&siblings) {
  switch (sample.year_at) {
    case YearAt::none: break;
    case YearAt::first: add_candidates(Order::year_month_day, sample); break;
    case YearAt::last:
      add_candidates(Order::day_month_year, sample);
      if (sample.month == 0) add_candidates(Order::month_day_year, sample);
      break;
    case YearAt::unknown:
      add_candidates(Order::day_month_year, sample);
      add_candidates(Order::month_day_year, sample);
      add_candidates(Order::year_month_day, sample);
      break;
  }
  seen_days_.assign(candidates_.size(), std::vector<bool>(siblings.days().size(), false));
}

void DateEvidence::add_candidates(Order order, const DateFields& sample) {
  const auto add = [&](Calendar calendar, int prior) {
    Candidate candidate;
    candidate.reading = {order, calendar};
    candidate.prior = prior;
    candidates_.push_back(candidate);
  };
  int prior = 0;
  if (sample.year_at == YearAt::unknown) {
    const bool year_first = sample.year_first_hint || sample.persian_digits;
    if ((order == Order::year_month_day) != year_first) prior = kUncommon;
    if (order != Order::year_month_day && !year_first) prior = 0;
  }
  if (sample.era) {
    add(*sample.era, prior);
    return;
  }
  const Calendar expected = sample.persian_digits ? Calendar::persian : Calendar::gregorian;
  for (const Calendar calendar : {Calendar::gregorian, Calendar::buddhist, Calendar::persian})
    add(calendar, prior + (calendar == expected ? 0 : kUncommon));
  const std::size_t year_at = order == Order::year_month_day ? 0 : sample.count - 1U;
  if (sample.digits[year_at] == 3) add(Calendar::minguo, prior + kUncommon);
}

void DateEvidence::add(const DateFields& date, Place place, std::string_view rest) {
  if (candidates_.empty()) return;
  if (!last_ || !last_->same_values(date)) enter_day(date, place);
  if (const auto named = day_in_text(rest)) compare_with_name(*named, place);
}

void DateEvidence::enter_day(const DateFields& date, Place place) {
  const auto blame = [&](Candidate& candidate, Cause cause) {
    if (candidate.against[index(cause)]++ == 0) candidate.first[index(cause)] = place;
  };
  last_ = date;
  ++changes_;
  bool any_before_files = false;
  const std::int32_t bound = siblings_->latest_day().value_or(kLatest) + 1;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    Candidate& candidate = candidates_[i];
    const std::optional<std::int32_t> before = candidate.day;
    const std::optional<std::int32_t> day = day_of(date, candidate.reading);
    if (!day) {
      blame(candidate, Cause::impossible);
      candidate.day.reset();
      continue;
    }
    candidate.day = day;
    if (*day < kEarliest || *day >= kLatest) {
      blame(candidate, Cause::out_of_range);
      continue;
    }
    if (before && *day < *before) blame(candidate, Cause::backward);
    if (date.weekday != 0 && date.weekday != weekday_of(*day)) blame(candidate, Cause::weekday);
    candidate.earliest = candidate.any ? std::min(candidate.earliest, *day) : *day;
    candidate.latest = candidate.any ? std::max(candidate.latest, *day) : *day;
    candidate.any = true;
    any_before_files |= *day <= bound;
    const auto& days = siblings_->days();
    const auto found = std::ranges::lower_bound(days, *day);
    if (found != days.end() && *found == *day) {
      std::vector<bool>::reference seen =
          seen_days_[i][static_cast<std::size_t>(found - days.begin())];
      if (!seen) ++candidate.sibling_days;
      seen = true;
    }
  }
  if (!any_before_files) return;
  for (Candidate& candidate : candidates_)
    if (candidate.day && *candidate.day > bound &&
        candidate.against[index(Cause::after_files)] == 0)
      blame(candidate, Cause::after_files);
}

void DateEvidence::compare_with_name(std::int32_t named, Place place) {
  // The name is made when the file is sent or received; midnight and zones shift it by a day.
  const auto agrees = [&](const Candidate& candidate) {
    return candidate.day && *candidate.day - named >= -1 && *candidate.day - named <= 1;
  };
  if (std::ranges::none_of(candidates_, agrees)) return;
  for (Candidate& candidate : candidates_) {
    if (agrees(candidate)) continue;
    if (candidate.against[index(Cause::file_name)]++ == 0)
      candidate.first[index(Cause::file_name)] = place;
  }
}

Decision DateEvidence::decide() const {
  Decision decision;
  decision.candidates = candidates_;
  if (candidates_.empty()) return decision;
  std::vector<Candidate>& all = decision.candidates;

  std::uint64_t most_days = 0;
  for (const Candidate& candidate : all) most_days = std::max(most_days, candidate.sibling_days);
  for (Candidate& candidate : all)
    if (most_days != 0 && candidate.sibling_days == 0)
      candidate.against[index(Cause::sibling_days)] = 1;

  // Exports are nearly sorted, not sorted: only clearly more steps back than the best reading
  // count.
  std::uint64_t fewest = ~std::uint64_t{0};
  for (const Candidate& candidate : all)
    if (candidate.any) fewest = std::min(fewest, candidate.against[index(Cause::backward)]);
  for (Candidate& candidate : all) {
    std::uint64_t& steps = candidate.against[index(Cause::backward)];
    steps = steps > fewest && steps / 2 >= fewest ? steps - fewest : 0;
    // Never more weight than one impossible date, except over a long chat.
    steps = std::min(steps, std::max<std::uint64_t>(1, changes_ / 50));
  }

  // Among equals a reading that keeps the chat together is the more probable: days that follow one
  // another read the wrong way are months apart.
  const auto spread = [&](const Candidate& candidate) {
    return changes_ >= 3 && candidate.any ? (candidate.latest - candidate.earliest) / 28 : 0;
  };
  std::ranges::stable_sort(all, [&](const Candidate& a, const Candidate& b) {
    if (a.score() != b.score()) return a.score() > b.score();
    return spread(a) < spread(b);
  });
  const std::int64_t best = all.front().score();
  const auto standing = [&](const Candidate& candidate) {
    return best - candidate.score() < kRefuted;
  };
  const auto left = static_cast<std::size_t>(std::ranges::count_if(all, standing));
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i].verdict = i >= left ? Verdict::refuted : left > 1 ? Verdict::undecided : Verdict::chosen;
  decision.chosen = all.front().reading;
  if (left > 1) decision.other = all[1].reading;
  return decision;
}

std::string explain(const Candidate& candidate) {
  const Cause cause = candidate.strongest();
  const std::string times = std::to_string(candidate.against[index(cause)]);
  switch (cause) {
    case Cause::impossible: return "no such day in the calendar; dates that refute it: " + times;
    case Cause::out_of_range:
      return "a year in which WhatsApp had no users; dates that refute it: " + times;
    case Cause::file_name:
      return "the name of an attached file states another day; lines that refute it: " + times;
    case Cause::weekday: return "the line names another day of the week; lines: " + times;
    case Cause::sibling_days:
      return "no message falls on a day that the names of the files beside the export state";
    case Cause::after_files: return "later than every file beside the export";
    case Cause::backward:
      return "the conversation would run backwards; steps back in time: " + times;
    case Cause::uncommon:
      return "nothing in the file speaks for it and another reading explains it";
  }
  return {};
}

}  // namespace whatsapp
