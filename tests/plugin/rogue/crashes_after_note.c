#include <stdlib.h>

#include "rogue.h"

ROGUE("crashes-after-note")

static fx_status misbehave(const fx_host* host) {
  say(host, "last-words");
  abort();
  return FX_OK;
}
