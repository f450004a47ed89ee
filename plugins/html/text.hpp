#pragma once
// What the codecs html-text and html-attribute of the contract make of the bytes of a page.

#include <string>
#include <string_view>

#include "html/bytes.hpp"

namespace html {

// Codec html-text: the text of the content of an element. Tags, comments and the inside of scripts
// and styles are left out, <br> is a line feed, character references are decoded, CR LF is LF,
// ill-formed UTF-8 is U+FFFD. Spaces stay as they stand.
std::string text_of(std::string_view inner);

// Codec html-attribute: the value of an attribute, or the inside of <title>: no markup in it.
std::string attribute_of(std::string_view value);

// Without the white space at both ends, as a browser shows a block.
Range trimmed(std::string_view bytes, Range where);

// A second way into the input, for what stands in it: tokens say where, this says what.
class Values {
 public:
  // Longer ones are cut here; the caller says so.
  static constexpr std::size_t kMostBytes = std::size_t{4} << 20;

  explicit Values(const fx::Host& host) : window_(host) {}
  // Valid until the next call.
  std::string_view bytes(Range where);
  Range trimmed(Range where) { return html::trimmed(bytes(where), where); }
  std::string text(Range where) { return text_of(bytes(where)); }
  std::string attribute(Range where) { return attribute_of(bytes(where)); }

 private:
  fx::Window window_;
};

}  // namespace html
