#pragma once
// Times in cells as a mapping states them: nothing is tried, nothing is guessed.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace table {

class TimeFormat {
 public:
  // "DD.MM.YYYY HH:mm:ss" and a zone, or "epoch-seconds" and none; nothing and `why` where they
  // are none.
  static std::optional<TimeFormat> parse(std::string_view format, std::string_view zone,
                                         std::string& why);

  // The codec under which digits are the time by themselves; NONE of a pattern.
  fx_codec epoch() const { return epoch_; }
  // The time, where the whole of the text is of this form.
  std::optional<fx_time> read(std::string_view text) const;

 private:
  enum class Part : std::uint8_t {
    year,
    month,
    short_month,
    day,
    short_day,
    hour,
    short_hour,
    half_day_hour,
    short_half_day_hour,
    half,
    minute,
    second,
    millisecond,
    zone,
    literal
  };
  struct Piece {
    Part part;
    std::string literal;
  };

  std::optional<fx_time> read_epoch(std::string_view text) const;
  bool set_zone(std::string_view zone, std::string& why);

  fx_codec epoch_ = FX_CODEC_NONE;
  std::vector<Piece> pieces_;
  fx_precision precision_ = FX_PRECISION_DAY;
  fx_time_basis basis_ = FX_TIME_UNKNOWN;
  std::int32_t offset_ = 0;
};

}  // namespace table
