#include <forensics/plugin.h>
#include <stdlib.h>

const fx_plugin* fx_plugin_entry_v1(void) {
  abort();
  return NULL;
}
