#include "rogue.h"

ROGUE("floods-bytes")

/* Few records, each with much in it. */
static fx_status misbehave(const fx_host* host) {
  static char much[1 << 20];
  fx_field fields[] = {derived_text("platform", "rogue"), derived_text("extra", "")};
  memset(much, 'A', sizeof much);
  fields[1].text.data = much;
  fields[1].text.length = sizeof much;
  while (emit(host, FX_KIND_CONVERSATION, 0, fields, 2) == 0) continue;
  return FX_OK;
}
