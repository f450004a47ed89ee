#include "signs.hpp"

#include <algorithm>
#include <array>

#include "clock.hpp"

namespace telegram {
namespace {

struct Sign {
  std::string_view word, since;
};

// In order of the words. First releases with the sign, as the history of the export's source has
// it.
constexpr std::array kSigns = {
    Sign{"bank_card", "1.9.22"},
    Sign{"blockquote", "1.7.1"},
    Sign{"custom_emoji", "4.0.4"},
    Sign{"dataBase64", "4.16.0"},
    Sign{"date_unixtime", "3.7.6"},
    Sign{"edited_unixtime", "3.7.6"},
    Sign{"file_name", "4.16.9"},
    Sign{"gift_text", "5.9.2"},
    Sign{"group_call", "2.4.12"},
    Sign{"inline_bot_buttons", "4.13.0"},
    Sign{"media_spoiler", "5.9.0"},
    Sign{"photo_file_size", "5.11.0"},
    Sign{"poll", "1.5.3"},
    Sign{"proximity_reached", "2.4.5"},
    Sign{"reactions", "5.5.7"},
    Sign{"reply_to_peer_id", "2.4.0"},
    Sign{"send_star_gift", "5.6.0"},
    Sign{"send_ton_gift", "5.16.0"},
    Sign{"set_messages_ttl", "2.7.2"},
    Sign{"spoiler", "3.3.2"},
    Sign{"stories", "4.8.5"},
    Sign{"strikethrough", "1.7.1"},
    Sign{"text_entities", "4.1.2"},
    Sign{"thumbnail", "1.3.10"},
    Sign{"thumbnail_file_size", "5.11.0"},
    Sign{"todo_list", "5.16.0"},
    Sign{"topic_created", "4.3.0"},
    Sign{"underline", "1.7.1"},
    Sign{"verification_codes", "5.6.0"},
};
static_assert(kSigns.size() <= Signs::kMost);
static_assert(std::is_sorted(kSigns.begin(), kSigns.end(),
                             [](const Sign& a, const Sign& b) { return a.word < b.word; }));

// Versions are three numbers.
std::array<int, 3> parts(std::string_view version) {
  std::array<int, 3> out{};
  std::size_t part = 0;
  for (const char c : version) {
    if (c == '.') {
      if (++part == out.size()) break;
    } else {
      out[part] = out[part] * 10 + (c - '0');
    }
  }
  return out;
}

void add_reason(std::string& reasons, std::string_view why) {
  if (!reasons.empty()) reasons += "; ";
  reasons.append(why);
}

}  // namespace

void Signs::see(std::string_view word) {
  const auto found = std::lower_bound(kSigns.begin(), kSigns.end(), word,
                                      [](const Sign& a, std::string_view b) { return a.word < b; });
  if (found != kSigns.end() && found->word == word)
    seen_.set(static_cast<std::size_t>(found - kSigns.begin()));
}

void Signs::before(std::string_view version, std::string_view why) {
  if (before_.find(why) == before_.end())
    before_.emplace(std::string(why), Bound{std::string(version), std::string(why)});
}

void Signs::since(std::string_view version, std::string_view why) {
  if (since_.find(why) == since_.end())
    since_.emplace(std::string(why), Bound{std::string(version), std::string(why)});
}

void Signs::finish(const fx::Host& host) const {
  std::string first, last, reasons;
  const auto raise = [&](std::string_view version, std::string_view why) {
    if (first.empty() || parts(first) < parts(version)) first = version;
    add_reason(reasons, std::string(why) + " (since " + std::string(version) + ")");
  };
  for (std::size_t i = 0; i < kSigns.size(); ++i)
    if (seen_[i]) raise(kSigns[i].since, kSigns[i].word);
  for (const auto& [why, bound] : since_) raise(bound.version, why);
  for (const auto& [why, bound] : before_) {
    if (last.empty() || parts(bound.version) < parts(last)) last = bound.version;
    add_reason(reasons, why + " (before " + bound.version + ")");
  }
  if (reasons.empty()) return;
  const bool contradicts = !first.empty() && !last.empty() && parts(first) >= parts(last);
  std::string value;
  if (!first.empty()) value = first + " or later";
  if (!last.empty()) value += (value.empty() ? "before " : ", before ") + last;
  tell_reading(host, "application-version", value, contradicts ? "undecided" : "chosen", reasons,
               "telegram.version-signs");
}

void ZoneEvidence::compare(std::int64_t wall, std::int64_t utc, const fx::Host& host,
                           const fx_span& where) {
  const std::int64_t offset = wall / 1000 - utc;
  const bool is_zone = offset % 900 == 0 && offset >= -12 * 3600 && offset <= 14 * 3600;
  if (is_zone) {
    if (offsets_.size() < kMost || offsets_.contains(offset)) ++offsets_[offset];
    return;
  }
  if (++odd_ <= kListed)
    host.note(FX_WARNING, where, "clocks-disagree",
              "the local and the UTC time of one moment are " + offset_words(offset) +
                  " apart, which no time zone is");
}

void ZoneEvidence::epoch(std::int64_t wall) {
  if (epochs_.size() < kMost || epochs_.contains(wall / 1000)) ++epochs_[wall / 1000];
}

void ZoneEvidence::finish(const fx::Host& host) const {
  for (const auto& [offset, count] : offsets_)
    tell_reading(host, "exporter-zone", offset_words(offset),
                 offsets_.size() <= 2 ? "chosen" : "undecided",
                 std::to_string(count) +
                     " times the local and the UTC time of one moment are so "
                     "far apart",
                 "telegram.unixtime");
  for (const auto& [offset, count] : epochs_)
    tell_reading(host, "exporter-zone", offset_words(offset) + " on 1970-01-01",
                 epochs_.size() == 1 ? "chosen" : "undecided",
                 std::to_string(count) +
                     " messages that were not edited have the start of 1970 as "
                     "the time of it, on the exporter's clock",
                 "telegram.edited-epoch");
  if (odd_ > kListed)
    host.note(FX_WARNING, fx::span(0, 0), "clocks-disagree",
              std::to_string(odd_) + " times in all");
}

void tell_reading(const fx::Host& host, std::string_view subject, std::string_view value,
                  std::string_view verdict, std::string_view reason, const char* rule) {
  fx::Record record;
  record.start(FX_KIND_READING, 0, 0, 0);
  record.derived("subject", subject, rule, fx::span(0, 0));
  record.derived("value", value, rule, fx::span(0, 0));
  record.derived("verdict", verdict, rule, fx::span(0, 0));
  record.derived("reason", reason, rule, fx::span(0, 0));
  host.emit(record);
}

}  // namespace telegram
