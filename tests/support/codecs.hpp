#pragma once
// The codecs of the plugin contract, written a second time and as plainly as possible: a test must
// not believe a span because the code under test believes it.

#include <optional>
#include <string>
#include <string_view>

#include "model/record.hpp"

namespace forensics::test {

// What `codec` makes of `bytes`; nullopt where the codec does not allow such bytes, and for
// Codec::none and the codecs that no test has needed (percent, base64).
std::optional<std::string> decode(std::string_view bytes, model::Codec codec);

}  // namespace forensics::test
