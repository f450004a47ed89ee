#pragma once
// The time at the end of an entry of MyActivity.html: "Jan 15, 2021, 6:54:12 PM BST".

#include <forensics/plugin.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace youtube {

struct PageTime {
  fx_time time{};  // a wall clock of a zone that is not known
  std::string
      zone;  // the letters behind it: those of the moment of the export, on every entry alike
};

// English in its common forms; nullopt for any other language.
std::optional<PageTime> page_time(std::string_view text);

}  // namespace youtube
