#include "rogue.h"

ROGUE("claims-4-gb")

/* A text of which the length is 4 GiB and one byte is there. */
static fx_status misbehave(const fx_host* host) {
  fx_field field = derived_text("text", "x");
  field.text.length = (uint64_t)4 << 30;
  emit_conversation(host);
  emit_message(host, field);
  return FX_OK;
}
