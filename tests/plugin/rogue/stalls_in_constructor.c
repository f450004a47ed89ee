#include "rogue.h"

ROGUE("stalls-in-constructor")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}

__attribute__((constructor)) static void stall(void) {
  for (volatile int i = 0;; ++i) continue;
}
