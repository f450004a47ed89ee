#include <unistd.h>

#include "rogue.h"

ROGUE("frame-without-end")

/* A record in frames that all say that more of it is to come: it never ends. */
static fx_status misbehave(const fx_host* host) {
  static unsigned char frame[8 + 65536] = {0, 0, 1, 0, 5, 0, 1, 0};
  (void)host;
  while (write(3, frame, sizeof frame) > 0) continue;
  return FX_OK;
}
