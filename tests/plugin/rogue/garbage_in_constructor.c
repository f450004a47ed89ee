#include <unistd.h>

#include "rogue.h"

ROGUE("garbage-in-constructor")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}

__attribute__((constructor)) static void babble(void) {
  static const char kGarbage[64] = "this is no frame";
  if (write(3, kGarbage, sizeof kGarbage) < 0) _exit(1);
}
