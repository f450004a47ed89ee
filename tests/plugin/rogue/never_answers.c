#include "rogue.h"

ROGUE("never-answers")

static fx_status misbehave(const fx_host* host) {
  emit_conversation(host);
  for (volatile int i = 0;; ++i) continue;
  return FX_OK;
}
