#include "relative_time.hpp"

#include "text/utf8.hpp"

namespace youtube {

std::optional<Interval> relative_time(std::string_view text, std::int64_t captured) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto count = text::decimal(text.substr(0, space));
  if (!count || *count < 0 || *count > 100'000) return std::nullopt;
  std::string_view rest = text.substr(space + 1);
  const std::string_view unit = rest.substr(0, rest.find(' '));
  if (rest.find("ago") == std::string_view::npos) return std::nullopt;
  constexpr std::int64_t kMinute = 60'000;
  constexpr std::int64_t kDay = 86'400'000;
  // Longest and shortest that one unit lasts.
  constexpr struct {
    std::string_view name;
    std::int64_t shortest, longest;
  } kUnits[] = {{"second", 1000, 1000},
                {"minute", kMinute, kMinute},
                {"hour", 60 * kMinute, 60 * kMinute},
                {"day", kDay, kDay},
                {"week", 7 * kDay, 7 * kDay},
                {"month", 28 * kDay, 31 * kDay},
                {"year", 365 * kDay, 366 * kDay}};
  for (const auto& each : kUnits) {
    if (unit != each.name && unit != std::string(each.name) + "s") continue;
    return Interval{captured - (*count + 1) * each.longest, captured - *count * each.shortest};
  }
  return std::nullopt;
}

}  // namespace youtube
