#pragma once
// Character references: &amp; &#38; &#x26; and the named ones of the standard.

#include <cstddef>
#include <string>
#include <string_view>

namespace html {

// What the reference at the "&" that `bytes` begin with stands for is appended to `out`; returns
// how many bytes it takes, 0 where it is none. In attributes a name without semicolon is no
// reference where a letter, a digit or "=" follows it, as in "?a=1&copy=2".
std::size_t take_reference(std::string_view bytes, bool in_attribute, std::string& out);

}  // namespace html
