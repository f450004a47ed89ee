#pragma once
// What HTML says of its elements by their names (all lower case).

#include <string_view>

namespace html {

inline bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// <script>, <title> and others: no tags inside.
bool is_raw(std::string_view name);
// <br>, <img> and others: no content and no end tag.
bool is_void(std::string_view name);
// <b>, <span>-like signs of style that people close in the wrong order: an end tag of one does not
// close the blocks that were opened since.
bool is_formatting(std::string_view name);
// An end tag inside of this element closes nothing outside of it.
bool is_barrier(std::string_view name);
// A start tag of `opening` ends an open element `open`, as <li> ends the <li> before it.
bool implies_end(std::string_view opening, std::string_view open);
// ... but only up to such an element, as a list inside of the <li>.
bool stops_implied_end(std::string_view opening, std::string_view open);

}  // namespace html
