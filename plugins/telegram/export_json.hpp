#pragma once
// result.json of Telegram Desktop: of one chat, or of an account with its sections.

#include <forensics/plugin.hpp>

#include <string_view>

namespace telegram {

// 0 to 100.
int probe_json(const fx::Host& host, std::string_view name);
fx_status parse_json(const fx::Host& host);

}  // namespace telegram
