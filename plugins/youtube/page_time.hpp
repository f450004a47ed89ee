#pragma once
// The time at the end of an entry of MyActivity.html, in the language of the account:
// "Jan 15, 2021, 6:54:12 PM BST", "15.01.2021, 18:54:12 MEZ", "2021年1月15日 18:54:12 CST".

#include <forensics/plugin.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace youtube {

struct PageTime {
  fx_time time{};                // a wall clock of a zone that is not known
  std::optional<fx_time> other;  // where day and month, or two months, can be taken for each other
  std::string
      zone;  // the letters behind it: those of the moment of the export, on every entry alike
};

// nullopt where any part of it is not known: nothing is read out of a half.
std::optional<PageTime> page_time(std::string_view text);

}  // namespace youtube
