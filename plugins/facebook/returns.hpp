#pragma once
// What the company returns to a court: a page of labels and values in nested tables. Experimental:
// no public sample exists, only the form is known.

#include <forensics/plugin.hpp>

#include <string_view>

namespace facebook {

int probe_return(std::string_view head);
fx_status parse_return(const fx::Host& host);

}  // namespace facebook
