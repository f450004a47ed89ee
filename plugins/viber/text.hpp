#pragma once
// The little that reading Viber's texts takes: UTF-8, decimal numbers, words in any case.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace viber {

bool is_utf8(std::string_view bytes);
void append_utf8(std::string& out, std::uint32_t code);

// As the codec utf8-repair of the contract: CR LF is LF, each ill-formed maximal part is U+FFFD.
std::string repaired(std::string_view bytes);

// An optional minus and digits, and nothing else.
std::optional<std::int64_t> decimal(std::string_view text);

// Equal but for the case of ASCII letters.
bool same_word(std::string_view a, std::string_view b);

// A telephone number as Viber writes it: an optional plus, digits and what stands between them.
bool is_phone(std::string_view text);

}  // namespace viber
