#pragma once
// What GPX, KML and GeoJSON have in common: tracks and collections of places as conversations, each
// place as a message of type location with its coordinates.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

#include "text/values.hpp"
#include "xml/leaves.hpp"

namespace location {

// Where a number stands, and the number as written.
struct Written {
  std::string_view raw;
  std::uint64_t offset = 0;
};

class Places {
 public:
  // `rule` lives as long as this.
  Places(const fx::Host& host, std::string_view platform, const char* rule)
      : values_(host, rule), platform_(platform) {}

  text::Values& values() { return values_; }

  // Starts the record of a new conversation; the caller adds and emits.
  std::int64_t begin_conversation(std::string_view type, std::uint64_t offset,
                                  std::uint64_t length);
  // The title, from a value of the source or from the name of the file.
  void title(const xml::Leaf* name, std::string_view file_name);
  // Starts the record of a message in it.
  std::int64_t begin_message(std::int64_t conversation, std::string_view type, std::uint64_t offset,
                             std::uint64_t length);
  // A time as ISO 8601; what is none stays in `extra` under `name`.
  void sent(const char* key, const xml::Leaf* leaf, std::string_view name);
  // Starts the record of a place that belongs to a message: coordinates that are none are `extra`.
  void begin_location(std::int64_t message, const Written& latitude, const Written& longitude,
                      std::uint64_t offset, std::uint64_t length);

 private:
  text::Values values_;
  std::string_view platform_;
  std::int64_t conversations_ = 0;
  std::int64_t messages_ = 0;
};

}  // namespace location
