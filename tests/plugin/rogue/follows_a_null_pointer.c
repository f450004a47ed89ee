#include "rogue.h"

ROGUE("follows-a-null-pointer")

static fx_status misbehave(const fx_host* host) {
  volatile int* nowhere = NULL;
  emit_conversation(host);
  *nowhere = 1;
  return FX_OK;
}
