#include <stdio.h>

#include "rogue.h"

ROGUE("floods-stderr")

static fx_status misbehave(const fx_host* host) {
  emit_conversation(host);
  for (int i = 0; i < 100000; ++i) fputs("nobody wants to read this\n", stderr);
  return FX_OK;
}
