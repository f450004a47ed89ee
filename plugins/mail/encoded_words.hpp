#pragma once
// "=?utf-8?Q?Caf=C3=A9?=" in headers (RFC 2047).

#include <string>
#include <string_view>

namespace mail {

// The text with its encoded words read; those that are damaged or of an unknown character set stay.
std::string decoded_words(std::string_view value);

}  // namespace mail
