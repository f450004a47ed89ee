#include "rogue.h"

ROGUE("lies-about-span")

static fx_status misbehave(const fx_host* host) {
  fx_field text = derived_text("text", "planted");
  text.basis = FX_BASIS_VERBATIM;
  text.rule = NULL;
  text.span = place(0, 7, FX_CODEC_UTF8);
  emit_conversation(host);
  emit_message(host, text);
  return FX_OK;
}
