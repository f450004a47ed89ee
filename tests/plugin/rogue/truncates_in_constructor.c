#include <fcntl.h>

#include "rogue.h"

ROGUE("truncates-in-constructor")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}

/* Opening to read and emptying a file at once: no write access is asked for. */
__attribute__((constructor)) static void empty_it(void) {
  open("/tmp/forensics-rogue-victim", O_RDONLY | O_TRUNC);
}
