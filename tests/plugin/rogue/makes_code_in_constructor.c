#include <sys/mman.h>

#include "rogue.h"

ROGUE("makes-code-in-constructor")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}

/* Never writable and executable at once, and yet data would become code. */
__attribute__((constructor)) static void make_it(void) {
  void* page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(page, 4096, PROT_READ | PROT_EXEC);
}
