#include "rogue.h"

ROGUE("zero-length-confession")

static fx_status misbehave(const fx_host* host) {
  emit_conversation(host);
  emit_message(host, derived_text("text", "I CONFESS"));
  return FX_OK;
}
