#include <fcntl.h>

#include "rogue.h"

ROGUE("creates-in-constructor")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}

__attribute__((constructor)) static void leave_a_trace(void) {
  open("/tmp/forensics-rogue-created", O_RDONLY | O_CREAT, 0600);
}
