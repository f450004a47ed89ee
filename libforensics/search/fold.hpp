#pragma once
// Folding: the form of a text in which spellings of the same word are equal. docs/search.md lists
// every rule with examples.
//
// Each code point folds on its own, so fold(a + b) = fold(a) + fold(b): that is what makes the map
// back to the original bytes exact and the folding of a message a walk along a table.
// Ill-formed UTF-8 folds as U+FFFD. Threads: any.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace forensics::search {

// What folding makes equal. The names are what people read next to a hit.
enum class Difference : std::uint8_t {
  letter_case,      // "case"
  diacritics,       // "diacritics"        marks over and under letters, harakat
  digits,           // "digits"            ٣ and 3
  letter_variant,   // "letter variant"    ي and ی, ሠ and ሰ, ı and i
  invisible,        // "invisible characters"
  compatible_form,  // "compatible form"   full width, ligatures, presentation forms
  punctuation,      // "punctuation"       kinds of space, dash and apostrophe
};
inline constexpr int kDifferences = 7;
std::string_view name_of(Difference difference);

// Appends the folded form of `text` to `out`.
void fold_into(std::string_view text, std::string& out);

struct Range {
  std::size_t begin = 0, end = 0;  // bytes, end exclusive
  bool operator==(const Range&) const = default;
};

struct Folded {
  std::string text;
  // For each byte of `text`, where the code point that it comes from begins; and the original's
  // length at the end.
  std::vector<std::size_t> origin;

  // The original bytes behind a part of `text`, with the marks that follow it and left no trace.
  Range original(Range part) const { return {origin[part.begin], origin[part.end]}; }
};
Folded fold(std::string_view text);

// In what two texts that fold to the same differ; empty where they are the same bytes.
std::vector<Difference> differences(std::string_view a, std::string_view b);

}  // namespace forensics::search
