#include <stdlib.h>

#include "rogue.h"

ROGUE("crashes-in-parse")

static fx_status misbehave(const fx_host* host) {
  emit_conversation(host);
  abort();
  return FX_OK;
}
