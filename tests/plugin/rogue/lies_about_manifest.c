#include <forensics/plugin.h>
#include <stddef.h>

/* A manifest of which only the first bytes are there. */
static const char kManifest[] = "{\"id\":\"org.example.lies-about-manifest\"}";
static const fx_plugin kPlugin = {
    sizeof kPlugin, FX_ABI_VERSION, {kManifest, (uint64_t)1 << 40}, NULL, NULL};

const fx_plugin* fx_plugin_entry_v1(void) {
  return &kPlugin;
}
