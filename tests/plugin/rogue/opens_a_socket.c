#include <sys/socket.h>

#include "rogue.h"

ROGUE("opens-a-socket")

static fx_status misbehave(const fx_host* host) {
  emit_conversation(host);
  return socket(AF_INET, SOCK_STREAM, 0) < 0 ? FX_BUG : FX_OK;
}
