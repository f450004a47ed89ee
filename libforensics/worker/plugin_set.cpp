#include "worker/plugin_set.hpp"

#include <dlfcn.h>

#include <string>

#include "worker/registry.hpp"

namespace forensics::worker {
namespace {

constexpr const char* kEntry = "fx_plugin_entry_v1";

Result<const fx_plugin*> enter(fx_plugin_entry_fn entry, const std::string& where) {
  const fx_plugin* plugin = entry();
  if (plugin == nullptr) return fail(ErrorCode::plugin, where, "its entry returns nothing");
  if (plugin->abi != FX_ABI_VERSION)
    return fail(ErrorCode::plugin, where,
                "it is made for contract version " + std::to_string(plugin->abi) +
                    ", this program has version " + std::to_string(FX_ABI_VERSION));
  if (plugin->size < sizeof(fx_plugin) || plugin->probe == nullptr || plugin->parse == nullptr ||
      plugin->manifest.data == nullptr)
    return fail(ErrorCode::plugin, where, "its description is incomplete");
  return plugin;
}

}  // namespace

Result<std::vector<const fx_plugin*>> load_builtin_plugins() {
  std::vector<const fx_plugin*> plugins;
  for (const fx_plugin_entry_fn entry : builtin_plugins())
    plugins.push_back(TRY(enter(entry, "built-in plugin")));
  return plugins;
}

Result<std::vector<const fx_plugin*>> load_shared_object(int descriptor) {
  const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
  const std::string where = "shared object";
  // All symbols now: looking one up later would touch files that are out of reach by then.
  void* object = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (object == nullptr) return fail(ErrorCode::plugin, where, ::dlerror());
  const auto entry = reinterpret_cast<fx_plugin_entry_fn>(::dlsym(object, kEntry));
  if (entry == nullptr)
    return fail(ErrorCode::plugin, where, std::string("it does not export ") + kEntry);
  return std::vector<const fx_plugin*>{TRY(enter(entry, where))};
}

}  // namespace forensics::worker
