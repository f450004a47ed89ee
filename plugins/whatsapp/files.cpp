#include "files.hpp"

#include <algorithm>

#include "calendar.hpp"

namespace whatsapp {
namespace {

constexpr std::size_t kMaxDays = 4096;
constexpr std::size_t kMaxName = 255;
constexpr std::size_t kMaxExtension = 5;

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// `count` digits at `at`, or -1.
int number_at(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<std::int32_t> day_at(int year, int month, int day) {
  if (year < 2009 || year > 2099) return std::nullopt;
  return day_number(Calendar::gregorian, year, month, day);
}

}  // namespace

bool looks_like_file(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || name.size() > kMaxName) return false;
  const std::string_view extension = name.substr(dot + 1);
  return !extension.empty() && extension.size() <= kMaxExtension &&
         std::ranges::all_of(extension, is_alnum) && name.find('/') == std::string_view::npos;
}

std::optional<std::int32_t> day_in_name(std::string_view name) {
  // Android: three letters, eight digits, "-WA" and a counter.
  if (const std::size_t mark = name.find("-WA");
      mark != std::string_view::npos && mark >= 9 && name[mark - 9] == '-') {
    const std::size_t at = mark - 8;
    const int year = number_at(name, at, 4);
    if (const auto day = day_at(year, number_at(name, at + 4, 2), number_at(name, at + 6, 2)))
      return day;
  }
  // iOS: a counter, the kind, year to second joined by hyphens.
  for (std::size_t at = name.find("-20"); at != std::string_view::npos;
       at = name.find("-20", at + 1)) {
    const std::string_view date = name.substr(at + 1);
    if (date.size() < 19 || date[4] != '-' || date[7] != '-' || date[10] != '-' ||
        date[13] != '-' || date[16] != '-')
      continue;
    if (const auto day =
            day_at(number_at(date, 0, 4), number_at(date, 5, 2), number_at(date, 8, 2)))
      return day;
  }
  return std::nullopt;
}

std::optional<std::int32_t> day_in_text(std::string_view text) {
  if (text.find("-20") == std::string_view::npos) return std::nullopt;
  return day_in_name(text);
}

Siblings::Siblings(std::span<const fx_sibling> items) {
  constexpr std::int64_t kDay = 86'400'000;
  for (const fx_sibling& item : items) {
    const std::string_view name = fx::view(item.name);
    names_.push_back(name);
    if (const auto day = day_in_name(name)) days_.push_back(*day);
    // A time of 1980 is what archives write when they know none.
    if (item.has_modified == 0 || item.modified < 13'000 * kDay || item.modified > 50'000 * kDay)
      continue;
    const auto day = static_cast<std::int32_t>(item.modified / kDay);
    latest_ = std::max(latest_.value_or(day), day);
  }
  std::ranges::sort(names_);
  std::ranges::sort(days_);
  const auto repeated = std::ranges::unique(days_);
  days_.erase(repeated.begin(), repeated.end());
  if (days_.size() > kMaxDays) days_.resize(kMaxDays);
}

bool Siblings::contains(std::string_view name) const {
  return std::ranges::binary_search(names_, name);
}

std::string_view Siblings::prefix_of(std::string_view text) const {
  if (names_.empty()) return {};
  const std::string_view head = text.substr(0, kMaxName);
  std::string_view longest;
  for (std::size_t dot = head.find('.'); dot != std::string_view::npos;
       dot = head.find('.', dot + 1))
    for (std::size_t end = dot + 2; end <= head.size() && end <= dot + 1 + kMaxExtension; ++end) {
      if (!is_alnum(head[end - 1])) break;
      if (contains(head.substr(0, end))) longest = head.substr(0, end);
    }
  return longest;
}

std::string_view Siblings::suffix_of(std::string_view text) const {
  if (names_.empty() || text.empty() || !is_alnum(text.back())) return {};
  const std::string_view tail = text.substr(text.size() - std::min(text.size(), kMaxName));
  const std::size_t dot = tail.rfind('.');
  if (dot == std::string_view::npos || dot + 1 + kMaxExtension < tail.size()) return {};
  // A name begins with the text, or behind a space or a colon.
  if (tail.size() == text.size() && contains(tail)) return tail;
  for (std::size_t at = 0; at < dot; ++at)
    if ((tail[at] == ' ' || tail[at] == ':') && contains(tail.substr(at + 1)))
      return tail.substr(at + 1);
  return {};
}

}  // namespace whatsapp
