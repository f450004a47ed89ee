#include <unistd.h>

#include "rogue.h"

ROGUE("writes-garbage")

static fx_status misbehave(const fx_host* host) {
  static const char kGarbage[64] = "this is no frame";
  (void)host;
  return write(3, kGarbage, sizeof kGarbage) < 0 ? FX_BUG : FX_OK;
}
