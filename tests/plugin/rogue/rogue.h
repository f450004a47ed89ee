/* What the ill-behaved plugins share. Each file in this folder is a plugin named after its misdeed:
 * it defines misbehave(), includes this header and says ROGUE("its-name"). */
#ifndef ROGUE_H
#define ROGUE_H

#include <forensics/plugin.h>
#include <string.h>

static inline fx_span place(uint64_t offset, uint64_t length, uint32_t codec) {
  fx_span span = {sizeof span, 0, offset, length, codec};
  return span;
}

static inline fx_field derived_text(const char* key, const char* value) {
  fx_field field;
  memset(&field, 0, sizeof field);
  field.size = sizeof field;
  field.key = key;
  field.type = FX_TYPE_TEXT;
  field.basis = FX_BASIS_DERIVED;
  field.text.data = value;
  field.text.length = strlen(value);
  field.span = place(0, 0, FX_CODEC_NONE);
  field.rule = "rogue.rule";
  return field;
}

static inline fx_field reference(const char* key, int64_t number) {
  fx_field field = derived_text(key, "");
  field.type = FX_TYPE_REF;
  field.number = number;
  field.rule = NULL;
  return field;
}

static inline int emit(const fx_host* host, uint32_t kind, int64_t ref, const fx_field* fields,
                       uint64_t count) {
  fx_record record = {sizeof record, kind, ref, place(0, 0, FX_CODEC_NONE), fields, count};
  return host->emit(host->context, &record);
}

/* A record that stands: a conversation with reference number 1. */
static inline int emit_conversation(const fx_host* host) {
  const fx_field platform = derived_text("platform", "rogue");
  return emit(host, FX_KIND_CONVERSATION, 1, &platform, 1);
}

/* A message in that conversation with one more field. */
static inline int emit_message(const fx_host* host, fx_field last) {
  const fx_field fields[] = {reference("conversation", 1), derived_text("type", "text"), last};
  return emit(host, FX_KIND_MESSAGE, 0, fields, 3);
}

static inline void say(const fx_host* host, const char* code) {
  const fx_text text = {code, strlen(code)};
  const fx_span nowhere = place(0, 0, FX_CODEC_NONE);
  host->note(host->context, FX_INFO, &nowhere, text, text);
}

#ifndef ROGUE_PROBE
static int probe(const fx_host* host, fx_text name) {
  (void)host;
  (void)name;
  return 50;
}
#endif

static fx_status misbehave(const fx_host* host);

static fx_status parse(const fx_host* host, fx_text name, fx_text options) {
  (void)name;
  (void)options;
  return misbehave(host);
}

#define ROGUE(NAME)                                                                     \
  static const char kManifest[] =                                                       \
      "{\"id\":\"org.example." NAME "\",\"version\":\"1\",\"name\":\"" NAME             \
      "\",\"formats\":[\"rogue\"],\"licence\":\"Apache-2.0\"}";                         \
  static const fx_plugin kPlugin = {                                                    \
      sizeof kPlugin, FX_ABI_VERSION, {kManifest, sizeof kManifest - 1}, probe, parse}; \
  const fx_plugin* fx_plugin_entry_v1(void) {                                           \
    return &kPlugin;                                                                    \
  }

#endif
