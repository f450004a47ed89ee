#pragma once
// The plugins of this worker: built-in ones first, then those of the shared objects, in the order
// in which the host handed them over.

#include <forensics/plugin.h>

#include <string>
#include <vector>

#include "base/error.hpp"

namespace forensics::worker {

struct LoadedPlugin {
  const fx_plugin* plugin;
  int object;  // index of the shared object; -1: built in
};

// Loads `objects` shared objects from the descriptors that follow `first`. Their constructors run
// now: call after confine_loading() and before confine().
Result<std::vector<LoadedPlugin>> load_plugins(int first, int objects);

}  // namespace forensics::worker
