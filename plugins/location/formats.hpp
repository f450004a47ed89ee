#pragma once
// One reader for each format.

#include <forensics/plugin.hpp>

#include <string_view>

namespace location {

fx_status read_gpx(const fx::Host& host, std::string_view file_name);
fx_status read_kml(const fx::Host& host, std::string_view file_name);
fx_status read_geojson(const fx::Host& host, std::string_view file_name);
bool is_geojson(const fx::Host& host);

}  // namespace location
