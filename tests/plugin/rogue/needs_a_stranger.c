#include "rogue.h"

ROGUE("needs-a-stranger")

int stranger(void);

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return stranger() == 42 ? FX_OK : FX_BUG;
}
