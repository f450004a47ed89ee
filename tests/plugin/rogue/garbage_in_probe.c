#include <unistd.h>

#define ROGUE_PROBE
#include "rogue.h"

static int probe(const fx_host* host, fx_text name) {
  static const char kGarbage[64] = "this is no frame";
  (void)host;
  (void)name;
  return write(3, kGarbage, sizeof kGarbage) < 0 ? 0 : 100;
}

ROGUE("garbage-in-probe")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}
