#pragma once
// Places, durations and changed numbers inside a body.

#include <cstdint>
#include <optional>
#include <string_view>

#include "body.hpp"

namespace whatsapp {

struct MapPlace {
  Range latitude;
  Range longitude;
  Range url;
  Range address;  // "Name (address)" of a named place
};

// "Location: https://maps.google.com/?q=lat,lon" with a known label or behind a mark, or a named
// place with a link of foursquare. `marks` bytes of direction marks begin the body.
std::optional<MapPlace> read_place(std::string_view body, std::size_t marks, bool marked);

// Seconds of "5 min", "1 hr 2 min", "30 sec" and their translations; -1 where none is stated.
std::int64_t read_duration(std::string_view text);

// The two numbers or names of a notice that somebody changed the phone number.
void read_number_change(std::string_view body, std::size_t begin, Range& before, Range& after);

}  // namespace whatsapp
