#include <stdlib.h>

#include "rogue.h"

ROGUE("crashes-after-read")

static fx_status misbehave(const fx_host* host) {
  char byte;
  host->read(host->context, 0, &byte, 1);
  abort();
  return FX_OK;
}
