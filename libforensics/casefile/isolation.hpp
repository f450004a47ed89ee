#pragma once
// How far the workers were confined that read the evidence of a case.

#include <cstdint>
#include <map>
#include <string>

#include "casefile/database.hpp"

namespace forensics::casefile {

// Level ("L0" to "L3") to the number of plugin runs at that level, the weakest first.
Result<std::map<std::string, std::int64_t>> isolation_levels(const Database& database);

}  // namespace forensics::casefile
