#include "rogue.h"

ROGUE("uses-unknown-words")

static fx_status misbehave(const fx_host* host) {
  const fx_field unknown = derived_text("mood", "good");
  const fx_field platform = derived_text("platform", "rogue");
  emit_conversation(host);
  emit_message(host, unknown);
  emit(host, 200, 0, &platform, 1);
  return FX_OK;
}
