#pragma once
// A JSON file of "Download your information": what it is, and all that stands in it.

#include <forensics/plugin.hpp>

#include <string_view>

namespace facebook {

int probe_json(const fx::Host& host, std::string_view name);
fx_status parse_json(const fx::Host& host, std::string_view name);

}  // namespace facebook
