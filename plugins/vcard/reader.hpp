#pragma once
// Cards of a file, one after the other.

#include <forensics/plugin.hpp>

#include <string_view>

namespace vcard {

// 0 where the file does not begin with a card.
int probe_cards(const fx::Host& host, std::string_view file_name);
fx_status read_cards(const fx::Host& host);

}  // namespace vcard
