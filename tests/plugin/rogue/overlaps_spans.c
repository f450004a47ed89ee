#include "rogue.h"

ROGUE("overlaps-spans")

/* The same bytes as three messages, a part of them as a fourth, all of them skipped twice. */
static fx_status misbehave(const fx_host* host) {
  const fx_text why = {"why", 3};
  const fx_span all = place(0, host->length(host->context), FX_CODEC_NONE);
  emit_conversation(host);
  for (uint64_t i = 0; i < 4; ++i) {
    const fx_field fields[] = {reference("conversation", 1), derived_text("type", "text")};
    fx_record record = {sizeof record, FX_KIND_MESSAGE, 0, place(0, i < 3 ? 10 : 5, 0), fields, 2};
    host->emit(host->context, &record);
  }
  host->skip(host->context, &all, why, why);
  host->skip(host->context, &all, why, why);
  return FX_OK;
}
