#include <unistd.h>

#include "rogue.h"

ROGUE("leaves-early")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  _exit(0);
  return FX_OK;
}
