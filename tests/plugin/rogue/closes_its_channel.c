#include <unistd.h>

#include "rogue.h"

ROGUE("closes-its-channel")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  close(3);
  for (volatile int i = 0;; ++i) continue;
  return FX_OK;
}
