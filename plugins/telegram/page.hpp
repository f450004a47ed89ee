#pragma once
// A page of an HTML export: the messages of a chat, a list of an account, or its first page.

#include <forensics/plugin.hpp>

#include <string_view>

namespace telegram {

// 0 to 100.
int probe_page(const fx::Host& host, std::string_view name);
fx_status parse_page(const fx::Host& host, std::string_view name);

}  // namespace telegram
