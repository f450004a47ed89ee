#include <unistd.h>

#include "rogue.h"

ROGUE("half-a-frame")

/* The head of a frame that announces a record of 100 bytes, ten of these, and silence. */
static fx_status misbehave(const fx_host* host) {
  static const unsigned char kHalf[18] = {100, 0, 0, 0, 5, 0, 0, 0, 1};
  (void)host;
  if (write(3, kHalf, sizeof kHalf) < 0) return FX_BUG;
  for (volatile int i = 0;; ++i) continue;
  return FX_OK;
}
