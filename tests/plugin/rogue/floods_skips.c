#include "rogue.h"

ROGUE("floods-skips")

/* Nowhere, again and again: covers nothing and never ends. */
static fx_status misbehave(const fx_host* host) {
  const fx_span nowhere = place(0, 0, FX_CODEC_NONE);
  const fx_text why = {"why", 3};
  while (host->skip(host->context, &nowhere, why, why) == 0) continue;
  return FX_OK;
}
