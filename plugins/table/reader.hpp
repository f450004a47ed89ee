#pragma once
// A table without a mapping: every row as it stands, nothing of it interpreted.

#include <forensics/plugin.hpp>

#include <string_view>

#include "dialect.hpp"

namespace table {

fx_status read_rows(const fx::Host& host, std::string_view file_name, const Found& found);

}  // namespace table
