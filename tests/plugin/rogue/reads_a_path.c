#include <fcntl.h>

#include "rogue.h"

ROGUE("reads-a-path")

static fx_status misbehave(const fx_host* host) {
  say(host, open("/etc/passwd", O_RDONLY) < 0 ? "refused" : "leaked");
  return FX_OK;
}
