#include <stdlib.h>

#include "rogue.h"

ROGUE("hands-over-too-much")

static fx_status misbehave(const fx_host* host) {
  const size_t length = (size_t)64 << 20;
  char* bytes = malloc(length + 1);
  if (bytes == NULL) return FX_BUG;
  memset(bytes, 97, length);
  bytes[length] = 0;
  emit_conversation(host);
  emit_message(host, derived_text("text", bytes));
  free(bytes);
  return FX_OK;
}
