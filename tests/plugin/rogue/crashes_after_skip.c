#include <stdlib.h>

#include "rogue.h"

ROGUE("crashes-after-skip")

static fx_status misbehave(const fx_host* host) {
  const fx_span all = place(0, host->length(host->context), FX_CODEC_NONE);
  const fx_text why = {"why", 3};
  host->skip(host->context, &all, why, why);
  abort();
  return FX_OK;
}
