/* Says what stands beside its input: one note per sibling, its name as the code. */
#include <forensics/plugin.h>
#include <stdio.h>

static const char kManifest[] =
    "{\"id\": \"org.example.lists-siblings\", \"version\": \"1.0.0\", \"name\": \"Siblings\","
    " \"formats\": [\"any\"], \"licence\": \"Apache-2.0\"}";

static int probe(const fx_host* host, fx_text name) {
  (void)host;
  (void)name;
  return 1;
}

static fx_status parse(const fx_host* host, fx_text name, fx_text options) {
  const fx_siblings* siblings = host->extension(host->context, "fx.siblings/1");
  const fx_span nowhere = {sizeof nowhere, 0, 0, 0, FX_CODEC_NONE};
  if (siblings == NULL || host->extension(host->context, "fx.siblings/2") != NULL) return FX_BUG;
  host->note(host->context, FX_INFO, &nowhere, name, options);
  for (uint64_t i = 0; i < siblings->count; ++i) {
    const fx_sibling* sibling = &siblings->items[i];
    char facts[64];
    const int length =
        snprintf(facts, sizeof facts, "%llu %lld %u", (unsigned long long)sibling->length,
                 (long long)sibling->modified, sibling->has_modified);
    const fx_text message = {facts, (uint64_t)length};
    host->note(host->context, FX_INFO, &nowhere, sibling->name, message);
  }
  return FX_OK;
}

static const fx_plugin kPlugin = {
    sizeof kPlugin, FX_ABI_VERSION, {kManifest, sizeof kManifest - 1}, probe, parse};

const fx_plugin* fx_plugin_entry_v1(void) {
  return &kPlugin;
}
