#include <stdlib.h>

#define ROGUE_PROBE
#include <forensics/plugin.h>

static int probe(const fx_host* host, fx_text name) {
  (void)host;
  (void)name;
  abort();
  return 100;
}

#include "rogue.h"

ROGUE("crashes-in-probe")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}
