#pragma once
// Values as people read them, and which of them say nothing.

#include <string>
#include <string_view>

#include "header.hpp"
#include "row.hpp"
#include "text.hpp"

namespace sqlite {

inline constexpr std::size_t kShownBlob = 128;  // bytes; of longer ones the size is shown

// As the codecs of the contract read them: CR LF is LF.
std::string with_line_ends(std::string text);
// At most `most` bytes, ending at a character.
std::string_view cut_text(std::string_view bytes, std::size_t most, Encoding encoding);
// The shortest digits that read back the same, without exponent.
std::string digits_of(double value);
// The name of a table or column.
std::string shown_name(std::string_view name);
// NULL, empty, 0, -1, the column's default: how applications write that there is nothing.
bool says_nothing(const Value& value, const Column& column);
// A value in words; texts in `encoding`, at most `most` bytes of them.
std::string shown(const Value& value, Encoding encoding, std::size_t most);

}  // namespace sqlite
