#include <stdlib.h>

#include "rogue.h"

ROGUE("crashes-in-constructor")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}

__attribute__((constructor)) static void crash(void) {
  abort();
}
