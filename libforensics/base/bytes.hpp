#pragma once
// Byte strings as evidence has them (no encoding assumed) and their two printable forms.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace forensics {

using ByteView = std::string_view;  // bytes, not characters; may hold NUL and invalid UTF-8
using Digest = std::array<std::uint8_t, 32>;  // a SHA-256 value

inline ByteView view(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string to_hex(ByteView bytes);                     // lower case
std::optional<std::string> from_hex(std::string_view);  // nullopt: odd length or a non-hex digit
std::optional<Digest> digest_from_hex(std::string_view);
std::optional<Digest> digest_from_bytes(ByteView bytes);  // nullopt: not exactly 32 bytes

std::string to_base64(ByteView bytes);                     // RFC 4648 section 4, padded
std::optional<std::string> from_base64(std::string_view);  // strict: canonical padding, no spaces

// True where `bytes` is well-formed UTF-8 (RFC 3629: no overlong form, no surrogate).
bool is_utf8(ByteView bytes);

// Length in bytes of the well-formed UTF-8 prefix of `bytes`.
std::size_t utf8_prefix(ByteView bytes);

// `bytes` as UTF-8 for a message: what is ill-formed becomes \xNN. For people; the bytes themselves
// must be kept elsewhere.
std::string legible(ByteView bytes);

// Appends one code point as UTF-8. A surrogate or a value over 0x10FFFF becomes U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

// Reads the code point that starts at `at` and moves `at` behind it. An ill-formed sequence gives
// U+FFFD and moves by its maximal subpart (Unicode 15, section 3.9), so that no byte is read twice.
char32_t next_code_point(ByteView bytes, std::size_t& at);

}  // namespace forensics
