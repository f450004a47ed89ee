#pragma once
// The plugins that are built into the worker. The list is made by cmake/plugins.cmake from the
// folders under plugins/.

#include <forensics/plugin.h>

#include <span>

namespace forensics::worker {

std::span<const fx_plugin_entry_fn> builtin_plugins();

}  // namespace forensics::worker
