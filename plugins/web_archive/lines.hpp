#pragma once
// Header lines, as e-mail, HTTP and WARC write them: "Name: value", continued where a line begins
// with white space, until an empty line.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace web_archive {

struct Line {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  // with its end
  std::string_view text;     // without it; at most kMostLine bytes; valid until the next one
};

class Lines {
 public:
  static constexpr std::size_t kMostLine = std::size_t{64} << 10;

  explicit Lines(const fx::Host& host, std::uint64_t offset = 0) : window_(host), offset_(offset) {}

  // A longer line comes in pieces; only the last has an end.
  bool next(Line& line);
  std::uint64_t offset() const { return offset_; }
  void seek(std::uint64_t offset) { offset_ = offset; }
  std::uint64_t end() const { return window_.length(); }
  fx::Window& window() { return window_; }

 private:
  fx::Window window_;
  std::uint64_t offset_;
};

struct Header {
  std::string name;   // as written
  std::string value;  // continued lines joined, white space around it gone
  fx_span where{};    // of the value, its continuation included
};

class Headers {
 public:
  // Reads up to and with the empty line. False where there was no line of that form.
  bool read(Lines& lines);
  // Empty where there is none. Case does not matter.
  const Header* find(std::string_view name) const;
  std::string_view value(std::string_view name) const;
  const std::vector<Header>& all() const { return all_; }

 private:
  std::vector<Header> all_;
};

bool same_word(std::string_view a, std::string_view b);
// Of `type/x; name="value"`.
std::string parameter(std::string_view header, std::string_view name);
// The last part of an address as a file name: no slash, no query, at most 100 bytes.
std::string file_name_of(std::string_view address);

}  // namespace web_archive
