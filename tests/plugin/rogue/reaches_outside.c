#include "rogue.h"

ROGUE("reaches-outside")

static fx_status misbehave(const fx_host* host) {
  fx_field text = derived_text("text", "x");
  text.span = place(UINT64_MAX - 1, 8, FX_CODEC_NONE);
  emit_conversation(host);
  emit_message(host, text);
  return FX_OK;
}
