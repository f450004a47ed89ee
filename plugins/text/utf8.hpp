#pragma once
// UTF-8 as the contract's codecs see it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace text {

bool is_utf8(std::string_view bytes);
void append_utf8(std::string& out, std::uint32_t code);

// As the codec utf8-repair of the contract: CR LF is LF, each ill-formed maximal part is U+FFFD.
std::string repaired(std::string_view bytes);

// The longest beginning of at most `most` bytes that does not cut a character.
std::string_view cut(std::string_view utf8, std::size_t most);

// ASCII only: other characters are left alone.
char lower(char c);
std::string lower(std::string_view word);
bool same_word(std::string_view a, std::string_view b);
bool starts_with_word(std::string_view text, std::string_view word);
bool ends_with_word(std::string_view text, std::string_view word);
// Without spaces, tabs and line ends at both ends.
std::string_view trimmed(std::string_view text);

// An optional minus and digits, and nothing else.
std::optional<std::int64_t> decimal(std::string_view text);
// -90..90 or -180..180 as plain decimal digits with an optional sign and fraction.
bool is_degrees(std::string_view text, int most);

}  // namespace text
