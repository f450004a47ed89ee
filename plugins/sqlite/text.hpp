#pragma once
// Texts as the three encodings of a database store them.

#include <string>
#include <string_view>

#include "header.hpp"

namespace sqlite {

// Is every byte part of a character? Lone surrogates and overlong forms are not.
bool well_formed(std::string_view bytes, Encoding encoding);

// As UTF-8; what is no character becomes U+FFFD.
std::string to_utf8(std::string_view bytes, Encoding encoding);

// How a text speaks for itself, for telling a text from bytes that happen to lie where one is
// expected.
struct TextShape {
  bool well_formed = false;
  bool controls = false;  // has a control character that is no tab or line end
  std::size_t characters = 0;
  std::size_t unusual = 0;  // of private use or never assigned
};
TextShape shape_of(std::string_view bytes, Encoding encoding);

}  // namespace sqlite
