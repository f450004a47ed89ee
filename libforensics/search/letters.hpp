#pragma once
// Letters that people write for one another, and signs that are the same to a reader: what
// Unicode's own foldings leave apart. docs/search.md shows the same table in words.

#include <cstdint>
#include <string_view>

namespace forensics::search {

// The letter that stands for `letter` in folded text; `letter` itself where it has no variants;
// 0 where it is dropped. Takes letters without marks and in lower case.
char32_t plain_letter(char32_t letter);

// The two letters of a letter that is written as two elsewhere (æ, œ), or an empty view.
std::string_view spelled_out(char32_t letter);

// ' ' for every kind of space and control character, '-' for dashes, '\'' for apostrophes and
// single quotation marks, '"' for double ones; otherwise the code point itself.
char32_t plain_punctuation(char32_t code_point);

}  // namespace forensics::search
