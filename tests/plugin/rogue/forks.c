#include <unistd.h>

#include "rogue.h"

ROGUE("forks")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return fork() < 0 ? FX_BUG : FX_OK;
}
