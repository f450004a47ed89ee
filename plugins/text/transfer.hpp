#pragma once
// How mail and vCard files write bytes in letters: quoted-printable (RFC 2045 section 6.7) and
// base64, as their writers really do it.

#include <cstdint>
#include <string>
#include <string_view>

namespace text {

// Soft line breaks are gone; an `=` that begins no escape stays as it is.
std::string from_quoted_printable(std::string_view text);

// Base64 that arrives in pieces. Spaces and line ends are passed over, what is no letter of the
// alphabet is counted and passed over, and the first padding ends the bytes.
class Base64 {
 public:
  // Appends the bytes that are complete.
  void add(std::string_view text, std::string& out);
  // True where everything was in the alphabet and the end was whole.
  bool finish(std::string& out);

 private:
  std::uint32_t bits_ = 0;
  int letters_ = 0;
  bool padded_ = false;
  bool sound_ = true;
};

}  // namespace text
