// Loads a plugin and lets it read a text of two lines, as a host would.

#include <dlfcn.h>
#include <forensics/plugin.h>

#include <algorithm>
#include <cstring>
#include <iostream>
#include <string_view>

namespace {

constexpr std::string_view kInput = "toy\nend\n";

std::uint64_t length(void*) {
  return kInput.size();
}

std::int64_t read(void*, std::uint64_t offset, void* buffer, std::uint64_t n) {
  if (offset >= kInput.size()) return 0;
  const auto count = std::min<std::uint64_t>(n, kInput.size() - offset);
  std::memcpy(buffer, kInput.data() + offset, count);
  return static_cast<std::int64_t>(count);
}

int emit(void* context, const fx_record*) {
  ++*static_cast<int*>(context);
  return 0;
}

int skip(void*, const fx_span*, fx_text, fx_text) {
  return 0;
}
int note(void*, std::uint32_t, const fx_span*, fx_text, fx_text) {
  return 0;
}
int cancelled(void*) {
  return 0;
}
const void* extension(void*, const char*) {
  return nullptr;
}

}  // namespace

int main(int, char** argv) {
  void* library = ::dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    std::cerr << ::dlerror() << '\n';
    return 1;
  }
  const auto entry = reinterpret_cast<fx_plugin_entry_fn>(::dlsym(library, "fx_plugin_entry_v1"));
  if (entry == nullptr) return 1;
  const fx_plugin* plugin = entry();
  if (plugin->abi != FX_ABI_VERSION) return 1;

  int records = 0;
  const fx_host host{sizeof(fx_host), FX_ABI_VERSION, &records, &length,    &read,
                     &emit,           &skip,          &note,    &cancelled, &extension};
  const fx_text name{"toy.txt", 7};
  if (plugin->probe(&host, name) != 100) return 1;
  if (plugin->parse(&host, name, {"{}", 2}) != FX_OK) return 1;

  const std::string_view manifest(plugin->manifest.data, plugin->manifest.length);
  if (manifest.find("org.example.toy") == std::string_view::npos) return 1;
  std::cout << "org.example.toy: " << records << " lines\n";
}
