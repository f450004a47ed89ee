#pragma once
// What is wrong with a JSON text, where, and what was made of it. Nothing is refused: each defect
// is read in one way, and that way is told.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace json {

enum class Defect : std::uint8_t {
  hex_escape,         // \xHH
  stray_bytes,        // 80 A8 or 80 A9 behind the escape of U+2028 or U+2029
  odd_escape,         // any other backslash that begins no escape
  control_character,  // below U+0020 in a string
  ill_formed_utf8,
  bare_token,  // characters without quotes that are no word of JSON
  missing_comma,
  extra_comma,
  missing_colon,
  missing_value,
  unclosed,         // a bracket of the other kind closes what is around it
  stray_character,  // a bracket, comma or colon where none can stand
  cut_string,       // the input ends within a string
  cut,              // the input ends within an object or array
  too_deep          // reading ends here
};
constexpr std::size_t kDefects = 15;

std::string_view code_of(Defect defect);
std::string_view words_of(Defect defect);

class DefectSink {
 public:
  virtual ~DefectSink() = default;
  virtual void found(Defect defect, std::uint64_t offset, std::uint64_t length) = 0;
};

// Lists each defect as a note with its place, up to kListed of each kind, and counts them all.
class Repairs final : public DefectSink {
 public:
  static constexpr std::uint64_t kListed = 10'000;

  explicit Repairs(const fx::Host& host) : host_(host) {}

  void found(Defect defect, std::uint64_t offset, std::uint64_t length) override;
  std::uint64_t count(Defect defect) const { return counts_[static_cast<std::size_t>(defect)]; }
  std::uint64_t total() const;
  bool is_cut() const { return count(Defect::cut) + count(Defect::cut_string) != 0; }
  // One note that sums up, where anything was found.
  void finish() const;

 private:
  const fx::Host& host_;
  std::uint64_t counts_[kDefects] = {};
};

}  // namespace json
