#include <forensics/plugin.h>

#include <stdexcept>

namespace {

int probe(const fx_host*, fx_text) {
  throw std::runtime_error("across the C boundary");
}

fx_status parse(const fx_host*, fx_text, fx_text) {
  return FX_OK;
}

const char kManifest[] =
    R"({"id":"org.example.throws-in-probe","version":"1","name":"throws","formats":["rogue"],)"
    R"("licence":"Apache-2.0"})";
const fx_plugin kPlugin = {
    sizeof kPlugin, FX_ABI_VERSION, {kManifest, sizeof kManifest - 1}, probe, parse};

}  // namespace

extern "C" const fx_plugin* fx_plugin_entry_v1(void) {
  return &kPlugin;
}
