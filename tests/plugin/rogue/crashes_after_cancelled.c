#include <stdlib.h>

#include "rogue.h"

ROGUE("crashes-after-cancelled")

static fx_status misbehave(const fx_host* host) {
  host->cancelled(host->context);
  abort();
  return FX_OK;
}
