#include "facts.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "text/utf8.hpp"
#include "text/values.hpp"

namespace media {
namespace {

constexpr const char* kRule = "media.metadata";

// The offset that two clocks differ by, to the quarter of an hour, where they do so within two
// minutes and the offset is one that exists.
std::optional<std::int64_t> quarters(std::int64_t camera, std::int64_t satellites) {
  constexpr std::int64_t kQuarter = 15 * 60 * 1000;
  const std::int64_t apart = camera - satellites;
  const std::int64_t rounded =
      (apart + (apart < 0 ? -kQuarter : kQuarter) / 2) / kQuarter * kQuarter;
  if (std::abs(apart - rounded) > std::int64_t{2} * 60 * 1000) return std::nullopt;
  if (rounded < -12 * 4 * kQuarter || rounded > 14 * 4 * kQuarter) return std::nullopt;
  return rounded / kQuarter;
}

}  // namespace

bool Facts::may_read(std::uint64_t n) {
  if (work_ > kMostWork) return false;
  work_ += n;
  if (work_ > kMostWork) damaged("references to more than 64 MiB of values", {});
  return work_ <= kMostWork;
}

void Facts::value(std::string name, std::string text, const Range& where) {
  if (values_.size() >= kMostValues || name.size() + text.size() > kMostBytes - bytes_) {
    ++dropped_;
    return;
  }
  bytes_ += name.size() + text.size();
  values_.push_back({std::move(name), std::move(text), where});
}

void Facts::opaque(std::string name, std::string_view bytes, const Range& where) {
  if (where.length > 64 || bytes.size() < where.length)
    return value(std::move(name), "(" + std::to_string(where.length) + " bytes)", where);
  std::string text = "0x";
  for (const char c : bytes.substr(0, static_cast<std::size_t>(where.length))) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[static_cast<std::uint8_t>(c) >> 4U];
    text += kDigits[static_cast<std::uint8_t>(c) & 15U];
  }
  value(std::move(name), std::move(text), where);
}

void Facts::time(Rank rank, const fx_time& time, const Range& where, const char* rule) {
  if (rank <= rank_) return;
  rank_ = rank;
  time_ = time;
  time_at_ = where;
  time_rule_ = rule;
}

void Facts::place(Place place) {
  if (places_.size() < kMostPlaces) places_.push_back(std::move(place));
}

void Facts::metadata(const Range& where) {
  if (where.length != 0 && ranges_.size() < kMostRanges) ranges_.push_back(where);
}

void Facts::enclosed(std::string name, const Range& where) {
  if (where.length != 0 && enclosed_.size() < 4) enclosed_.push_back({std::move(name), where});
}

void Facts::damaged(std::string_view what, const Range& where) {
  if (damaged_++ != 0) return;
  damage_ = what;
  damaged_at_ = where;
}

fx_status Facts::tell(const fx::Host& host, std::string_view format, std::string_view type,
                      std::string_view file_name) {
  // A file that breaks off before it says anything is kept as what it is: unread.
  if (is_empty() && damaged_ != 0) return FX_NOT_MINE;
  std::sort(ranges_.begin(), ranges_.end(),
            [](const Range& a, const Range& b) { return a.offset < b.offset; });
  Range extent;
  if (!is_empty()) {
    if (!ranges_.empty()) extent = ranges_.front();
    if (is_event()) {
      tell_event(host, format, type, file_name, extent);
      tell_clock(host);
    } else {
      tell_values(host, format, extent);
    }
  }
  tell_enclosed(host);
  tell_rest(host, extent);
  if (dropped_ != 0)
    host.note(FX_WARNING, fx::span(0, 0), "value-limit",
              std::to_string(dropped_) + " values were too many or too long for one record");
  if (damaged_ == 0) return FX_OK;
  // What is not there has no place but the end.
  const std::uint64_t at = std::min(damaged_at_.offset, host.length());
  const std::uint64_t length = std::min(damaged_at_.length, host.length() - at);
  host.note(FX_WARNING, fx::span(at, length), "damaged-metadata",
            std::to_string(damaged_) +
                " parts of the metadata are damaged or cut; the first: " + damage_);
  return FX_TRUNCATED;
}

// A time, a place or a device; that a program wrote its name into a picture is no event.
bool Facts::is_event() const {
  if (rank_ != Rank::none || !places_.empty()) return true;
  constexpr std::array<std::string_view, 6> kDevice = {".Make",  ".Model", ".make",
                                                       ".model", "©mak",   "©mod"};
  return std::ranges::any_of(values_, [&](const Value& value) {
    return std::ranges::any_of(kDevice, [&](auto end) { return value.name.ends_with(end); });
  });
}

// What is said is kept, without a conversation of its own.
void Facts::tell_values(const fx::Host& host, std::string_view format, const Range& extent) {
  text::Values values(host, kRule);
  values.start(FX_KIND_READING, 0, extent.offset, extent.length);
  values.word("subject", "event");
  values.word("value", "none");
  values.word("verdict", "chosen");
  values.derived("reason",
                 std::string("the metadata of this ") + std::string(format) +
                     " states neither a time nor a place nor a device",
                 extent.offset, extent.length);
  for (const Value& each : values_)
    values.extra_derived(each.name, each.text, each.where.offset, each.where.length);
  values.emit();
  values.finish();
}

void Facts::tell_event(const fx::Host& host, std::string_view format, std::string_view type,
                       std::string_view file_name, const Range& extent) {
  text::Values values(host, kRule);
  values.start(FX_KIND_CONVERSATION, 1, extent.offset, 0);
  values.word("platform", "media");
  values.word("type", type);
  if (!file_name.empty() && text::is_utf8(file_name))
    values.derived("title", std::string(file_name), 0, 0, "media.file-name");
  values.emit();

  values.start(FX_KIND_MESSAGE, 1, extent.offset, extent.length);
  values.ref("conversation", 1, extent.offset);
  values.word("type", "media", extent.offset);
  values.word("code", format, extent.offset);
  if (rank_ != Rank::none) values.time("sent", time_, time_at_.offset, time_at_.length, time_rule_);
  for (const Value& each : values_)
    values.extra_derived(each.name, each.text, each.where.offset, each.where.length);
  values.emit();

  for (const Place& each : places_) {
    values.start(FX_KIND_LOCATION, 0, each.latitude_at.offset, 0);
    values.ref("message", 1, each.latitude_at.offset);
    values.derived("latitude", each.latitude, each.latitude_at.offset, each.latitude_at.length,
                   each.rule);
    values.derived("longitude", each.longitude, each.longitude_at.offset, each.longitude_at.length,
                   each.rule);
    values.derived("name", each.name, each.name_at.offset, each.name_at.length);
    if (each.time)
      values.time("sent", *each.time, each.time_at.offset, each.time_at.length, "exif.gps-time");
    values.emit();
  }
  values.finish();
}

// A camera that states no offset, and satellites that state the time: what its clock was set to,
// if it was set well. It is told and not applied.
void Facts::tell_clock(const fx::Host& host) {
  if (rank_ < Rank::digitised || time_.basis != FX_TIME_UNKNOWN) return;
  for (const Place& each : places_) {
    if (!each.time) continue;
    const auto found = quarters(time_.wall, each.time->wall);
    if (!found) return;
    const std::int64_t minutes = std::abs(*found) * 15;
    std::array<char, 8> offset{};
    std::snprintf(offset.data(), offset.size(), "%c%02d:%02d", *found < 0 ? '-' : '+',
                  static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
    const std::int64_t apart = time_.wall - each.time->wall - *found * 15 * 60 * 1000;
    text::Values values(host, "media.clock");
    values.start(FX_KIND_READING, 0, each.time_at.offset, 0);
    values.word("subject", "zone");
    values.derived("value", offset.data(), each.time_at.offset, each.time_at.length);
    values.word("verdict", "undecided");
    values.derived("reason",
                   "the camera's clock and the satellites' time are this far apart, but for " +
                       std::to_string(apart / 1000) +
                       " s; it is the offset of the camera's zone if its clock was right",
                   each.time_at.offset, each.time_at.length);
    values.emit();
    return;
  }
}

void Facts::tell_enclosed(const fx::Host& host) {
  if (!host.can_make_children()) return;
  for (const Enclosed& each : enclosed_) {
    host.begin_child(each.name, fx::span(each.where.offset, each.where.length), "media.enclosed");
    std::string block;
    for (std::uint64_t done = 0; done < each.where.length;) {
      host.check_cancelled();
      block.resize(static_cast<std::size_t>(
          std::min<std::uint64_t>(each.where.length - done, Bytes::kMost)));
      const std::size_t got = host.read(each.where.offset + done, block.data(), block.size());
      if (got == 0) break;
      host.write_child(block.data(), got);
      done += got;
    }
    host.end_child(false, "as it stands in the file; nothing in it proves these bytes");
  }
}

void Facts::tell_rest(const fx::Host& host, const Range& extent) {
  text::Skips skips(host);
  std::uint64_t told = 0;
  const auto content = [&](std::uint64_t until) {
    if (until > told)
      skips.add(told, until - told, "media-data",
                "the picture or film itself and the structure of its file");
    told = std::max(told, until);
  };
  for (const Range& each : ranges_) {
    if (is_empty()) break;
    content(each.offset);
    if (each.end() <= told) continue;
    if (each.offset != extent.offset)
      skips.add(told, each.end() - told, "metadata", "its values stand in the one record");
    else
      skips.flush();
    told = each.end();
  }
  content(host.length());
  skips.flush();
}

}  // namespace media
