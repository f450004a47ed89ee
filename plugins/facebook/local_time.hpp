#pragma once
// The times of pages for people: a wall clock in words of the reader's language, of a zone that the
// page does not say ("Sep 13, 2020, 12:26 PM", "19 Oct 2019, 14:37", "13.09.2020 14:37").

#include <forensics/plugin.hpp>

#include <optional>
#include <string_view>

namespace facebook {

struct LocalTime {
  fx_time time{};                // basis unknown: no zone is stated
  std::optional<fx_time> other;  // where day and month can be taken for each other
};

// nullopt where no time can be read.
std::optional<LocalTime> local_time(std::string_view text);

}  // namespace facebook
