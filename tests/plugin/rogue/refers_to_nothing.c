#include "rogue.h"

ROGUE("refers-to-nothing")

static fx_status misbehave(const fx_host* host) {
  const fx_field fields[] = {reference("conversation", 7), derived_text("type", "text")};
  emit(host, FX_KIND_MESSAGE, 0, fields, 2);
  emit_conversation(host);
  emit_conversation(host);
  return FX_OK;
}
