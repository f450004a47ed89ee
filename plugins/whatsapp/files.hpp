#pragma once
// Names of files: the grammar that WhatsApp gives to media, and the artifacts beside the export.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace whatsapp {

// "name.ext": an extension of one to five letters or digits behind a non-empty name.
bool looks_like_file(std::string_view name);

// The day that a media name states, "IMG-20240305-WA0001.jpg" or
// "00000042-PHOTO-2024-03-05-10-11-12.jpg", as days from 1970.
std::optional<std::int32_t> day_in_name(std::string_view name);

// The first media name in `text` that states a day.
std::optional<std::int32_t> day_in_text(std::string_view text);

class Siblings {
 public:
  explicit Siblings(std::span<const fx_sibling> items);

  bool contains(std::string_view name) const;
  // The longest name that `text` begins or ends with; empty where none.
  std::string_view prefix_of(std::string_view text) const;
  std::string_view suffix_of(std::string_view text) const;

  bool empty() const { return names_.empty(); }
  const std::vector<std::int32_t>& days() const { return days_; }     // stated by names, distinct
  std::optional<std::int32_t> latest_day() const { return latest_; }  // of the modification times

 private:
  std::vector<std::string_view> names_;  // sorted
  std::vector<std::int32_t> days_;       // sorted
  std::optional<std::int32_t> latest_;
};

}  // namespace whatsapp
