#include <stdlib.h>

#include "rogue.h"

ROGUE("crashes-after-length")

static fx_status misbehave(const fx_host* host) {
  host->length(host->context);
  abort();
  return FX_OK;
}
