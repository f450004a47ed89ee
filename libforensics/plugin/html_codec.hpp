#pragma once
// The codecs html-text and html-attribute: what the bytes of a page say to its reader.
// docs/plugin-abi.md section "Codecs in HTML" has the rules.

#include <string>

#include "base/bytes.hpp"

namespace forensics::plugin {

std::string from_html_text(ByteView bytes);
std::string from_html_attribute(ByteView bytes);

}  // namespace forensics::plugin
