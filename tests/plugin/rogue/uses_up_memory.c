#include <stdlib.h>

#include "rogue.h"

ROGUE("uses-up-memory")

static fx_status misbehave(const fx_host* host) {
  emit_conversation(host);
  for (;;) {
    char* bytes = malloc((size_t)1 << 20);
    if (bytes == NULL) return FX_LIMIT;
    memset(bytes, 1, (size_t)1 << 20);
  }
  return FX_OK;
}
