#pragma once
// The codecs of JSON strings: what stands between the quotes, as RFC 8259 has it, and as two
// writers have it who do not keep to it. docs/plugin-abi.md section "Codecs" states the rules.

#include <optional>
#include <string>

#include "base/bytes.hpp"

namespace forensics::plugin {

// nullopt where the bytes are not the inside of a JSON string.
std::optional<std::string> from_json_string(ByteView bytes);

// Whatever the bytes are: nullopt only where a quote would have ended the string.
std::optional<std::string> repaired_json_string(ByteView bytes);

// Each character is one byte of UTF-8; nullopt where one is above U+00FF or the bytes are no UTF-8.
std::optional<std::string> from_json_latin1(ByteView bytes);

}  // namespace forensics::plugin
