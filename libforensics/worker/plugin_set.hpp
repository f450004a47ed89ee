#pragma once
// The plugins of this worker: the built-in ones, or the one of a shared object. Never both: code
// that shares an address space can answer in each other's name.

#include <forensics/plugin.h>

#include <vector>

#include "base/error.hpp"

namespace forensics::worker {

Result<std::vector<const fx_plugin*>> load_builtin_plugins();

// Loads the shared object behind `descriptor`. Its constructors run now: call after
// confine_for_loading().
Result<std::vector<const fx_plugin*>> load_shared_object(int descriptor);

}  // namespace forensics::worker
