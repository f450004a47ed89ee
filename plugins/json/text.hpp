#pragma once
// Bytes of JSON strings: where a run of plain characters ends, what an escape says, what a string's
// text is. The rules are those of the codecs json-string, json-string-repaired, json-string-latin1.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "token.hpp"

namespace json {

// How many bytes from the start on are neither a quote, a backslash nor a control character.
// `saw_high` becomes true where one of them is not ASCII.
std::size_t plain_run(std::string_view bytes, bool& saw_high);

bool is_utf8(std::string_view bytes);
// The length of the longest well-formed part at the start.
std::size_t utf8_prefix(std::string_view bytes);
void append_utf8(std::string& out, std::uint32_t code_point);

struct Escape {
  std::size_t length = 0;  // the backslash included; 0: JSON has no such escape
  std::uint32_t code_point = 0;
};
// Of `bytes` that begin with a backslash; 12 bytes tell all.
Escape escape_at(std::string_view bytes);
// Whether it is `\xHH`, which Telegram writes for a control character.
bool is_hex_escape(std::string_view bytes);
// How many of the bytes behind an escape are the rest of a character that Telegram writes twice.
std::size_t stray_bytes(std::uint32_t code_point, std::string_view behind);

// The text of a string whose inside is `raw`. Empty where the form is unread.
std::string text_of(std::string_view raw, Form form);
// As append to `out`.
void append_text(std::string& out, std::string_view raw, Form form);

// The text of a string in which each character stands for one byte of UTF-8 (codec
// json-string-latin1); nullopt where it is not such a string.
std::optional<std::string> latin1_text(std::string_view raw);

}  // namespace json
