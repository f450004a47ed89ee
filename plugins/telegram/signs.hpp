#pragma once
// What an export shows of itself: which versions of Telegram Desktop write such files, and the
// time zone of the computer that it was made on. Neither is stated; both are told with the reasons.

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <forensics/plugin.hpp>

namespace telegram {

class Signs {
 public:
  static constexpr std::size_t kMost = 96;

  // A key, an action or an entity type of the JSON stands in the file.
  void see(std::string_view word);
  // Something stands there, or is missing, that only versions before `version` leave so.
  void before(std::string_view version, std::string_view why);
  void since(std::string_view version, std::string_view why);

  // One `reading` of the version and its reasons, where there is any sign.
  void finish(const fx::Host& host) const;

 private:
  struct Bound {
    std::string version, why;
  };
  std::bitset<kMost> seen_;
  std::map<std::string, Bound, std::less<>> since_, before_;  // by reason
};

class ZoneEvidence {
 public:
  // One moment on the exporter's clock, in milliseconds, and in UTC, in seconds.
  void compare(std::int64_t wall, std::int64_t utc, const fx::Host& host, const fx_span& where);
  // The clock of the exporter at 1970-01-01T00:00Z, as old versions write for "not edited".
  void epoch(std::int64_t wall);

  void finish(const fx::Host& host) const;

 private:
  static constexpr std::size_t kMost = 64;
  static constexpr std::uint64_t kListed = 100;

  std::map<std::int64_t, std::uint64_t> offsets_;  // seconds east of UTC, how often
  std::map<std::int64_t, std::uint64_t> epochs_;
  std::uint64_t odd_ = 0;
};

// A reading of the whole artifact.
void tell_reading(const fx::Host& host, std::string_view subject, std::string_view value,
                  std::string_view verdict, std::string_view reason, const char* rule);

}  // namespace telegram
