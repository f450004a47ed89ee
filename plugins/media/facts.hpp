#pragma once
// What a picture or film says of itself: gathered first, since its parts stand in any order, then
// told as one message, a place, and a picture of its own where one is enclosed.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"

namespace media {

struct Place {
  std::string latitude, longitude;  // decimal degrees
  Range latitude_at, longitude_at;
  const char* rule = nullptr;
  std::string name;
  Range name_at;
  std::optional<fx_time> time;  // of the satellites
  Range time_at;
};

// How well a time says when the shutter was released; the best one is `sent`.
enum class Rank : std::uint8_t { none, container, digitised, taken };

class Facts {
 public:
  static constexpr std::size_t kMostValues = 3500;
  static constexpr std::size_t kMostBytes = std::size_t{4} << 20;
  static constexpr std::size_t kMostRanges = 4096;
  static constexpr std::size_t kMostPlaces = 64;
  static constexpr std::uint64_t kMostWork = std::uint64_t{64} << 20;

  // To be asked before `n` bytes are looked at through a reference: many may lead to the same ones.
  // False where the file asks for more than any honest one; it is then said once.
  bool may_read(std::uint64_t n);

  // `text` is well-formed UTF-8.
  void value(std::string name, std::string text, const Range& where);
  // Of bytes that mean nothing to this reader: hexadecimal where they are few, else how many.
  void opaque(std::string name, std::string_view bytes, const Range& where);
  void time(Rank rank, const fx_time& time, const Range& where, const char* rule);
  void place(Place place);
  // These bytes are metadata; their values are told.
  void metadata(const Range& where);
  // A JPEG file that is enclosed.
  void enclosed(std::string name, const Range& where);
  // Something could not be read; the place of the first one is told with the count.
  void damaged(std::string_view what, const Range& where);

  bool is_empty() const { return values_.empty() && places_.empty() && rank_ == Rank::none; }
  // Every byte of the input is then in a record or skipped. `type` is "picture" or "film".
  fx_status tell(const fx::Host& host, std::string_view format, std::string_view type,
                 std::string_view file_name);

 private:
  struct Value {
    std::string name, text;
    Range where;
  };
  struct Enclosed {
    std::string name;
    Range where;
  };

  bool is_event() const;
  void tell_event(const fx::Host& host, std::string_view format, std::string_view type,
                  std::string_view file_name, const Range& extent);
  void tell_values(const fx::Host& host, std::string_view format, const Range& extent);
  void tell_clock(const fx::Host& host);
  void tell_enclosed(const fx::Host& host);
  void tell_rest(const fx::Host& host, const Range& extent);

  std::vector<Value> values_;
  std::size_t bytes_ = 0;
  std::uint64_t dropped_ = 0;
  std::uint64_t work_ = 0;
  std::vector<Place> places_;
  std::vector<Range> ranges_;
  std::vector<Enclosed> enclosed_;
  std::uint64_t damaged_ = 0;
  Range damaged_at_;
  std::string damage_;
  Rank rank_ = Rank::none;
  fx_time time_{};
  Range time_at_;
  const char* time_rule_ = nullptr;
};

}  // namespace media
