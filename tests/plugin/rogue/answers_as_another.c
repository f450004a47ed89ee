#include <stdint.h>
#include <unistd.h>

#define ROGUE_PROBE
#include "rogue.h"

/* Asked for its score, it gives one for every plugin of the host. */
static int probe(const fx_host* host, fx_text name) {
  unsigned char frame[] = {9, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0, 0};
  (void)host;
  (void)name;
  for (; frame[8] < 4; ++frame[8])
    if (write(3, frame, sizeof frame) < 0) return 0;
  return 99;
}

ROGUE("answers-as-another")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}
