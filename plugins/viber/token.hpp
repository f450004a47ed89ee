#pragma once
// The clock inside message tokens: the server gives every message a number whose upper bits count
// milliseconds. It is a second clock beside the device's own.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace viber {

// The instant that a token counts to, in milliseconds since 1970; nullopt where the token is none
// of the kind that has a clock: the instant would lie outside 2010 to 2047.
std::optional<std::int64_t> token_time(std::int64_t token);

// "2022-11-25T20:34:25.582Z"
std::string iso_time(std::int64_t milliseconds);

// Compares the tokens of an artifact with the times that stand beside them.
class TokenClock {
 public:
  static constexpr std::int64_t kTolerance = 60'000;  // ms
  static constexpr std::uint64_t kMaxNotes = 20;

  explicit TokenClock(const fx::Host& host) : host_(host) {}

  void compare(std::int64_t token, std::int64_t sent, const fx_span& where);
  void without_clock() { ++without_clock_; }
  // Says what came out, for the artifact as a whole.
  void finish();

 private:
  const fx::Host& host_;
  std::uint64_t compared_ = 0;
  std::uint64_t disagree_ = 0;
  std::uint64_t without_clock_ = 0;
  std::int64_t largest_ = 0;  // difference in magnitude, ms
};

}  // namespace viber
