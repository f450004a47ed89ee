#pragma once
// The header of a message or part: its fields with their places, put together from folded lines.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/lines.hpp"

namespace mail {

struct Header {
  std::string name;            // as written
  std::string value;           // unfolded: the line ends are gone, the blanks behind them stay
  std::uint64_t offset = 0;    // of the name
  std::uint64_t end = 0;       // with the last line end
  std::vector<fx_span> parts;  // where `value` stands
  bool cut = false;            // it goes on behind what is kept

  std::uint64_t length() const { return end - offset; }
  // Where a part of `value` stands.
  std::vector<fx_span> where(std::size_t begin, std::size_t length) const;
};

class Headers {
 public:
  static constexpr std::size_t kMost = 1500;
  static constexpr std::size_t kMostBytes = std::size_t{2} << 20;

  void clear();
  // Takes one line of a header; false where it is none (and where it is the empty one at the end).
  bool add(const text::Line& line);

  const std::vector<Header>& all() const { return fields_; }
  const Header* find(std::string_view name) const;
  std::uint64_t dropped() const { return dropped_; }

 private:
  std::vector<Header> fields_;
  std::size_t bytes_ = 0;
  std::uint64_t dropped_ = 0;
  bool dropping_ = false;
};

// "Name:" at the start of a line; how long the name is, 0 where it is no header.
std::size_t header_name(std::string_view line);

// A value with parameters, as of Content-Type. RFC 2231 continuations and character sets are read.
class Parameters {
 public:
  explicit Parameters(std::string_view value);

  const std::string& word() const { return word_; }  // "text/plain", lower case
  std::string_view operator[](std::string_view name) const;

 private:
  struct One {
    std::string name, value;
  };
  std::string word_;
  std::vector<One> all_;
};

}  // namespace mail
