#include "rogue.h"

ROGUE("floods-notes")

static fx_status misbehave(const fx_host* host) {
  const fx_span nowhere = place(0, 0, FX_CODEC_NONE);
  const fx_text text = {"nothing to say", 14};
  while (host->note(host->context, FX_ERROR, &nowhere, text, text) == 0) continue;
  return FX_OK;
}
