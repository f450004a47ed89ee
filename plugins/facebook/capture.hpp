#pragma once
// A page or group of Facebook as a browser saved it: posts and comments out of the scripts that the
// page carries (since about 2020) or out of its elements (before), with the id that a page keeps
// whatever it is called.

#include <forensics/plugin.hpp>

#include <string_view>

namespace facebook {

int probe_capture(std::string_view head);
fx_status parse_capture(const fx::Host& host);

}  // namespace facebook
