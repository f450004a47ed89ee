#pragma once
// The text of a comment as Takeout writes it: JSON inside of a cell.

#include <optional>
#include <string>
#include <string_view>

namespace youtube {

// {"takeoutSegments":[{"text":"..."},{"text":"...","link":{...}}]} or
// {"text":"..."},{"mention":{"displayName":"..."}}: the texts and names one behind the other.
// nullopt where it is none of this: then it is the text itself.
std::optional<std::string> text_of_segments(std::string_view cell);

}  // namespace youtube
