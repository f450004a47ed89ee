#include <stdlib.h>

#include "rogue.h"

ROGUE("crashes-after-extension")

static fx_status misbehave(const fx_host* host) {
  host->extension(host->context, "fx.siblings/1");
  abort();
  return FX_OK;
}
