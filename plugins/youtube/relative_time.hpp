#pragma once
// "2 years ago": what a page says at the moment it was saved, as the interval in which the moment
// lies.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace youtube {

struct Interval {
  std::int64_t earliest = 0, latest = 0;  // milliseconds since 1970
};

// English, as yt-dlp asks for it; "(edited)" behind it is passed over. `captured` in milliseconds.
std::optional<Interval> relative_time(std::string_view text, std::int64_t captured);

}  // namespace youtube
