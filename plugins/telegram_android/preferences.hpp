#pragma once
// userconfing.xml (so spelt) and userconfig1.xml to userconfig3.xml: shared preferences, in which
// the application keeps its own user as a blob in base64.

#include <forensics/plugin.hpp>

#include <string_view>

namespace telegram_android {

int probe_preferences(const fx::Host& host, std::string_view name);
// FX_NOT_MINE where the entries are not those of this application.
fx_status parse_preferences(const fx::Host& host);

}  // namespace telegram_android
