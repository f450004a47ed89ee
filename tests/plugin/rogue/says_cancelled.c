#include "rogue.h"

ROGUE("says-cancelled")

static fx_status misbehave(const fx_host* host) {
  emit_conversation(host);
  return FX_CANCELLED;
}
