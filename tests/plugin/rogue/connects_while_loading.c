#include <sys/socket.h>

#include "rogue.h"

ROGUE("connects-while-loading")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}

__attribute__((constructor)) static void call_home(void) {
  socket(AF_INET, SOCK_STREAM, 0);
}
