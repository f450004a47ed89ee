#pragma once
// How the bytes under a span become the value of a field. docs/plugin-abi.md section "Codecs"
// states the rules; a plugin applies them when it reads, the host applies them again when it
// checks.

#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "model/record.hpp"

namespace forensics::plugin {

// The value that `bytes` stand for; nullopt where they are not of the codec's form, and for
// Codec::none, which stands for no value.
std::optional<std::string> decode(model::Codec codec, ByteView bytes);

// decode(codec, bytes) == value, without building the value where the codec allows that.
bool stands_for(model::Codec codec, ByteView bytes, ByteView value);

// No source of a value of `length` bytes is longer than this: what is longer need not be read to
// know that it does not match. Of a page no more than 16 MiB stand for one value.
std::uint64_t longest_source(model::Codec codec, std::uint64_t length);

}  // namespace forensics::plugin
