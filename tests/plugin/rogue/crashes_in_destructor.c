#include <stdlib.h>

#include "rogue.h"

ROGUE("crashes-in-destructor")

static fx_status misbehave(const fx_host* host) {
  emit_conversation(host);
  return FX_OK;
}

__attribute__((destructor)) static void crash(void) {
  abort();
}
