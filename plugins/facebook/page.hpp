#pragma once
// A page of "Download your information" in HTML. Threads, posts, comments and everything else are
// written in one form: blocks with a heading (of a message: who sent it), a body and a time.

#include <forensics/plugin.hpp>

#include <string_view>

namespace facebook {

int probe_page(std::string_view name, std::string_view head);
fx_status parse_page(const fx::Host& host, std::string_view name, std::string_view head);

}  // namespace facebook
