#include <sys/mman.h>

#include "rogue.h"

ROGUE("maps-writable-code")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
             ? FX_BUG
             : FX_OK;
}
