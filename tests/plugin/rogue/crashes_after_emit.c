#include <stdlib.h>

#include "rogue.h"

ROGUE("crashes-after-emit")

static fx_status misbehave(const fx_host* host) {
  emit_conversation(host);
  abort();
  return FX_OK;
}
