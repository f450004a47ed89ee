#pragma once
// HTML in which escaping cannot be forgotten: what this program wrote and what evidence says are
// different types, and only the second can hold a run-time string.
//
//   Html out;
//   out << "<p dir=auto>" << Text(message.text) << "</p>";     // a literal is markup
//   out << "<a href=" << Address("c{:04}.html", 3) << ">";     // made of literals and numbers
//
// A std::string, a char pointer or a run-time array does not compile as markup.

#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace forensics::report {

// Markup of this program: string literals only.
class Markup {
 public:
  template <std::size_t N>
  consteval Markup(const char (&literal)[N])  // NOLINT: a literal reads like one
      : text_(literal, N - 1) {}
  constexpr std::string_view view() const { return text_; }

 private:
  std::string_view text_;
};

// Text of any origin. It is escaped, and never normalised; characters that cannot be seen, that
// turn the reading direction or that are no text (bytes of ill-formed UTF-8) are drawn as tags with
// their number. Left as they are: line feeds and tabs, joiners where the script needs them (ZWNJ
// and ZWJ behind Arabic, Indic or emoji characters) and the tags of flag emoji.
class Text {
 public:
  explicit constexpr Text(std::string_view text) : text_(text) {}
  constexpr std::string_view view() const { return text_; }

 private:
  std::string_view text_;
};

// The first `limit` bytes of `text`, fewer where that would tear a character.
std::string_view clipped(std::string_view text, std::size_t limit);

// Text of which at most `limit` bytes are shown; how many more there are is said.
struct Clip {
  std::string_view text;
  std::size_t limit = 400;
};

// Text where no element can stand, such as a window title: tags are drawn as "[U+202E]".
struct Plain {
  std::string_view text;
};

// ` name="value"`, the value as Plain has it.
struct Attribute {
  Markup name;
  std::string_view value;
};

// A number with its thousands grouped: 1,234,567.
struct Grouped {
  std::int64_t number = 0;
};

// Where something stands in the report: a page, a file or an anchor. No run-time text can enter.
class Address {
 public:
  template <std::integral... N>
  explicit Address(fmt::format_string<const N&...> form, const N&... numbers)
      : text_(fmt::format(form, numbers...)) {}

  static Address file(const Digest& digest, Markup extension);  // "files/<digest>.<extension>"

  // Pages of a series: "timeline" is followed by "timeline.html", "timeline-0002.html", ...
  Address page(std::size_t number) const;
  Address joined(const Address& suffix) const;
  Address at(const Address& anchor) const;  // "page#anchor"

  const std::string& text() const { return text_; }
  bool operator==(const Address&) const = default;

 private:
  Address() = default;
  std::string text_;
};

class Html {
 public:
  Html& operator<<(Markup markup);
  Html& operator<<(Text text);
  Html& operator<<(Clip clip);
  Html& operator<<(Plain plain);
  Html& operator<<(const Attribute& attribute);
  Html& operator<<(Grouped grouped);
  Html& operator<<(const Address& address);  // quoted, for href, src and id
  Html& operator<<(const Html& other);
  template <std::integral N>
  Html& operator<<(N number) {
    return append_number(static_cast<std::int64_t>(number));
  }

  // Appends `text` until about `budget` bytes are written, ending between two characters; returns
  // how many bytes of `text` that took: at least one character's.
  std::size_t append_within(Text text, std::size_t budget);

  const std::string& bytes() const { return bytes_; }
  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }
  void clear() { bytes_.clear(); }

  // For what was rendered by an Html before, such as a page on its way through a file.
  static Html rendered(std::string bytes);

 private:
  Html& append_number(std::int64_t number);
  std::string bytes_;
};

}  // namespace forensics::report
