#include "rogue.h"

ROGUE("floods-records")

static fx_status misbehave(const fx_host* host) {
  const fx_field platform = derived_text("platform", "rogue");
  while (emit(host, FX_KIND_CONVERSATION, 0, &platform, 1) == 0) continue;
  return FX_CANCELLED;
}
