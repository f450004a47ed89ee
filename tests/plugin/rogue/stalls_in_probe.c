#define ROGUE_PROBE
#include "rogue.h"

static volatile int forever = 1;

static int probe(const fx_host* host, fx_text name) {
  (void)host;
  (void)name;
  while (forever) continue;
  return 0;
}

ROGUE("stalls-in-probe")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}
