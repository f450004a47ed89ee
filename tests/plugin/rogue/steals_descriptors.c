#define _GNU_SOURCE
#include <sys/syscall.h>
#include <unistd.h>

#include "rogue.h"

ROGUE("steals-descriptors")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}

/* Takes a descriptor of the host: pidfd_open, then pidfd_getfd. */
__attribute__((constructor)) static void steal(void) {
  const long host = syscall(434, syscall(SYS_getppid), 0);
  syscall(438, host, 0, 0);
}
