// Lines of the e-mail message history.

#include "history.hpp"
#include "text.hpp"

namespace viber {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kMostNameCommas = 16;

// Takes `least` to `most` digits off the front.
bool take_digits(std::string_view line, std::size_t& at, std::size_t least, std::size_t most,
                 int& out) {
  out = 0;
  std::size_t count = 0;
  while (count < most && at < line.size() && line[at] >= '0' && line[at] <= '9') {
    out = out * 10 + (line[at++] - '0');
    ++count;
  }
  return count >= least;
}

bool take(std::string_view line, std::size_t& at, char c) {
  if (at >= line.size() || line[at] != c) return false;
  ++at;
  return true;
}

}  // namespace

std::optional<HistoryClock> read_history_clock(std::string_view line) {
  HistoryClock clock;
  std::size_t at = 0;
  const bool date = take_digits(line, at, 1, 2, clock.first) && take(line, at, '/') &&
                    take_digits(line, at, 1, 2, clock.second) && take(line, at, '/') &&
                    take_digits(line, at, 4, 4, clock.year) && take(line, at, ',');
  if (!date) return std::nullopt;
  take(line, at, ' ');
  const bool time = take_digits(line, at, 1, 2, clock.hour) && take(line, at, ':') &&
                    take_digits(line, at, 2, 2, clock.minute) && take(line, at, ':') &&
                    take_digits(line, at, 2, 2, clock.seconds);
  clock.length = at;
  if (!time || at >= line.size() || line[at] != ',') return std::nullopt;
  const bool sound = clock.hour < 24 && clock.minute < 60 && clock.seconds < 60;
  return sound ? std::optional(clock) : std::nullopt;
}

std::optional<HistoryHead> read_history_head(std::string_view line) {
  const auto clock = read_history_clock(line);
  if (!clock) return std::nullopt;
  HistoryHead head;
  head.clock = *clock;
  head.name = clock->length + 1;

  // The phone is what the name is anchored on: the first field behind it that is empty or a number.
  HistoryHead plain = head;
  bool have_plain = false;
  std::size_t comma = line.find(',', head.name);
  for (std::size_t i = 0; i <= kMostNameCommas && comma != npos; ++i) {
    const std::size_t next = line.find(',', comma + 1);
    if (next == npos) break;
    const std::string_view phone = line.substr(comma + 1, next - comma - 1);
    head.name_length = comma - head.name;
    head.phone = comma + 1;
    head.phone_length = phone.size();
    head.text = next + 1;
    head.ambiguous = i != 0;
    if (phone.empty() || is_phone(phone)) return head;
    if (i == 0) plain = head;
    have_plain = true;
    comma = next;
  }
  if (!have_plain) return std::nullopt;
  plain.ambiguous = true;
  return plain;
}

}  // namespace viber
