#pragma once
// A table with a mapping: every row is a record of the kind that the mapping says.

#include <forensics/plugin.hpp>

#include <string_view>

#include "mapping.hpp"

namespace table {

fx_status read_mapped(const fx::Host& host, std::string_view file_name, const Mapping& mapping);

}  // namespace table
