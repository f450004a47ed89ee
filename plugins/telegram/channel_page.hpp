#pragma once
// A public channel as the site shows it (t.me/s/NAME), saved by a browser: each message with its
// permanent address and an exact time.

#include <forensics/plugin.hpp>

namespace telegram {

// 0 to 100.
int probe_channel_page(const fx::Host& host);
fx_status parse_channel_page(const fx::Host& host);

}  // namespace telegram
