#pragma once
// The codecs of numbers: what the bytes of an integer, a varint or a floating-point number say.

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "model/record.hpp"

namespace forensics::plugin {

bool is_number(model::Codec codec);

// No number takes more bytes under this codec.
std::uint64_t longest_number(model::Codec codec);

// The number in decimal digits; nullopt where the bytes are not of the codec's form, and for codecs
// that are of times only.
std::optional<std::string> number_text(model::Codec codec, ByteView bytes);

// The number as it stands there, also where it is a count of seconds from an epoch of its own.
std::optional<std::string> written_number(model::Codec codec, ByteView bytes);

// The instant that the number counts to, in milliseconds since 1970 in UTC, rounded down. nullopt
// where the bytes are not of the codec's form or the instant is beyond the years 1 to 9999.
std::optional<std::int64_t> instant(model::Codec codec, ByteView bytes);

// Whether the bytes say `milliseconds`. A binary fraction seldom falls on a millisecond: then the
// one before it and the one after it both stand for it.
bool is_instant(model::Codec codec, ByteView bytes, std::int64_t milliseconds);

}  // namespace forensics::plugin
