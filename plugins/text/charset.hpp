#pragma once
// Character sets by the names that mail, vCard and CSV files give them.

#include <string>
#include <string_view>

namespace text {

class Charset {
 public:
  // The set of this name, compared without regard to case; false as a condition where it is not
  // known.
  explicit Charset(std::string_view name);

  explicit operator bool() const { return kind_ != Kind::unknown; }
  bool utf8() const { return kind_ == Kind::utf8; }
  // What the bytes say as UTF-8; U+FFFD where the set has no character. Line ends stay.
  std::string to_utf8(std::string_view bytes) const;

 private:
  enum class Kind { unknown, utf8, utf16le, utf16be, single };
  Kind kind_ = Kind::unknown;
  const unsigned short* upper_ = nullptr;  // of a single-byte set: 0x80 to 0xff
};

}  // namespace text
