#include <sys/mman.h>

#include "rogue.h"

ROGUE("maps-writable-code-in-constructor")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}

/* While the loader still has to map the code of libraries. */
__attribute__((constructor)) static void map_it(void) {
  mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
