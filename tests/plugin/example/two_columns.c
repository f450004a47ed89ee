/* A complete plugin: reads text files that begin with the line "#two-columns" and hold one
 * "name<TAB>text" a line. docs/plugin-abi.md walks through it. */
#include <forensics/plugin.h>
#include <string.h>

static const char kManifest[] =
    "{\"id\": \"org.example.two-columns\", \"version\": \"1.0.0\", \"name\": \"Two columns\","
    " \"formats\": [\"two-columns\"], \"kinds\": [\"conversation\", \"participant\", \"message\"],"
    " \"options\": [], \"tested_with\": [], \"references\": [], \"licence\": \"Apache-2.0\"}";

static const char kSignature[] = "#two-columns\n";
enum { kSignatureLength = sizeof kSignature - 1, kLongestLine = 4096 };

static fx_text text(const char* data, uint64_t length) {
  fx_text value = {data, length};
  return value;
}

static fx_span span(uint64_t offset, uint64_t length, uint32_t codec) {
  fx_span value = {sizeof value, 0, offset, length, codec};
  return value;
}

/* Text that stands in the file as it is. */
static fx_field verbatim(const char* key, const char* data, uint64_t offset, uint64_t length) {
  fx_field field;
  memset(&field, 0, sizeof field);
  field.size = sizeof field;
  field.key = key;
  field.type = FX_TYPE_TEXT;
  field.basis = FX_BASIS_VERBATIM;
  field.text = text(data, length);
  field.span = span(offset, length, FX_CODEC_UTF8);
  return field;
}

/* What follows from the format and not from bytes. */
static fx_field derived(const char* key, const char* value, const char* rule, fx_span where) {
  fx_field field = verbatim(key, value, where.offset, strlen(value));
  field.basis = FX_BASIS_DERIVED;
  field.span = where;
  field.rule = rule;
  return field;
}

static fx_field reference(const char* key, int64_t number, fx_span where) {
  fx_field field = derived(key, "", NULL, where);
  field.type = FX_TYPE_REF;
  field.number = number;
  return field;
}

static int emit(const fx_host* host, uint32_t kind, int64_t ref, fx_span extent,
                const fx_field* fields, uint64_t count) {
  fx_record record = {sizeof record, kind, ref, extent, fields, count};
  return host->emit(host->context, &record);
}

static int probe(const fx_host* host, fx_text name) {
  char head[kSignatureLength];
  (void)name;
  if (host->read(host->context, 0, head, sizeof head) != (int64_t)sizeof head) return 0;
  return memcmp(head, kSignature, sizeof head) == 0 ? 100 : 0;
}

/* One line: a participant of its own and a message. Returns a negative number to end the run. */
static int line(const fx_host* host, const char* bytes, uint64_t offset, uint64_t length,
                int64_t* next_ref) {
  const char* tab = memchr(bytes, '\t', length);
  const uint64_t text_length = bytes[length - 1] == '\n' ? length - 1 : length;
  const fx_span extent = span(offset, length, FX_CODEC_NONE);
  if (tab == NULL) {
    const char why[] = "a line without a tab";
    return host->skip(host->context, &extent, text("no-tab", 6), text(why, sizeof why - 1));
  }
  const uint64_t name_length = (uint64_t)(tab - bytes);
  const fx_span author = span(offset, name_length, FX_CODEC_NONE);
  const int64_t ref = (*next_ref)++;
  const fx_field participant[] = {reference("conversation", 1, author),
                                  verbatim("name", bytes, offset, name_length)};
  if (emit(host, FX_KIND_PARTICIPANT, ref, author, participant, 2) < 0) return -1;
  const uint64_t said = name_length + 1;
  const fx_field message[] = {reference("conversation", 1, extent),
                              reference("sender", ref, author),
                              derived("type", "text", "two-columns.line", extent),
                              verbatim("text", bytes + said, offset + said, text_length - said)};
  return emit(host, FX_KIND_MESSAGE, ref, extent, message, 4);
}

static fx_status parse(const fx_host* host, fx_text name, fx_text options) {
  char buffer[kLongestLine];
  uint64_t offset = kSignatureLength;
  int64_t next_ref = 1;
  const fx_span head = span(0, kSignatureLength, FX_CODEC_NONE);
  (void)options;
  if (probe(host, name) == 0) return FX_NOT_MINE;
  const fx_field thread = derived("platform", "two-columns", "two-columns.signature", head);
  if (emit(host, FX_KIND_CONVERSATION, 1, head, &thread, 1) < 0) return FX_CANCELLED;

  while (!host->cancelled(host->context)) {
    uint64_t have = 0;
    /* Short reads are legal: ask until the buffer is full or the input ends. */
    while (have < sizeof buffer) {
      const int64_t n =
          host->read(host->context, offset + have, buffer + have, sizeof buffer - have);
      if (n < 0) return FX_TRUNCATED;
      if (n == 0) break;
      have += (uint64_t)n;
    }
    if (have == 0) return FX_OK;
    const char* end = memchr(buffer, '\n', have);
    if (end == NULL && have == sizeof buffer) return FX_LIMIT;
    const uint64_t length = end == NULL ? have : (uint64_t)(end - buffer) + 1;
    if (line(host, buffer, offset, length, &next_ref) < 0) return FX_CANCELLED;
    offset += length;
  }
  return FX_CANCELLED;
}

static const fx_plugin kPlugin = {
    sizeof kPlugin, FX_ABI_VERSION, {kManifest, sizeof kManifest - 1}, probe, parse};

const fx_plugin* fx_plugin_entry_v1(void) {
  return &kPlugin;
}
