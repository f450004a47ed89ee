/* The plugin contract of libforensics, version 1.
 *
 * A plugin reads one family of formats. It is handed the bytes of one artifact and says what stands
 * in them: records, each field with the place it was read from. It runs inside a confined worker
 * process; it sees no path, no clock, no network and no file but its input. The host reads every
 * span again and rejects a record whose verbatim or decoded value does not equal the bytes.
 *
 * Rules that hold everywhere:
 *   - Every struct begins with its own size in bytes, set by whoever fills it. A reader must not
 *     touch members beyond that size; that is how a struct grows without breaking old plugins.
 *   - Strings are UTF-8, pointer and length, not NUL-terminated, unless a comment says otherwise.
 *   - What is passed to a host function is copied before the function returns.
 *   - All calls are made on one thread. A plugin starts no threads.
 *   - A plugin keeps no state from one call of probe or parse to the next.
 *   - Same input and options, same records in the same order. No randomness, no locale.
 *
 * C++ authors use <forensics/plugin.hpp>, a header-only wrapper. docs/plugin-abi.md has the whole
 * contract with a worked example and the life cycle of every symbol.
 *
 * C99 and C++20. Depends on nothing but <stdint.h>.
 */
#ifndef FORENSICS_PLUGIN_H
#define FORENSICS_PLUGIN_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FX_ABI_VERSION 1u

#if defined(__GNUC__)
#define FX_EXPORT __attribute__((visibility("default")))
#else
#define FX_EXPORT
#endif

/* --- Values -------------------------------------------------------------------------------- */

typedef struct fx_text {
  const char *data;
  uint64_t length;
} fx_text;

/* How the bytes under a span become the value of a field. The host has the same codecs and applies
 * them again; with FX_CODEC_NONE nothing is compared. */
typedef enum fx_codec {
  FX_CODEC_NONE = 0,        /* a place to look at, not a value to compare */
  FX_CODEC_BYTES = 1,       /* the value is exactly these bytes */
  FX_CODEC_UTF8 = 2,        /* well-formed UTF-8, taken as it is */
  FX_CODEC_UTF8_LINES = 3,  /* UTF-8 in which each CR LF is one LF */
  FX_CODEC_UTF8_REPAIR = 4, /* as UTF8_LINES, each ill-formed maximal subpart read as U+FFFD */
  FX_CODEC_UTF16LE = 5,     /* UTF-16, little-endian; CR LF is LF; a lone surrogate is U+FFFD */
  FX_CODEC_UTF16BE = 6,     /* the same, big-endian */
  FX_CODEC_JSON_STRING = 7, /* inside of a JSON string literal (RFC 8259 section 7) */
  FX_CODEC_PERCENT = 8,     /* RFC 3986 percent-encoding of UTF-8 */
  FX_CODEC_BASE64 = 9,      /* RFC 4648 section 4 */
  /* Numbers. The value of a text or an integer is the number in decimal digits; of a time, the
   * instant that the number counts to (FX_TIME_EPOCH, offset 0, rounded down to milliseconds). */
  FX_CODEC_INT_BE = 10,         /* two's complement, big-endian, 1 to 8 bytes; time: ms since 1970 */
  FX_CODEC_INT_LE = 11,         /* the same, little-endian */
  FX_CODEC_VARINT_BE = 12,      /* SQLite's: 1 to 9 bytes, big-endian groups of 7 bits */
  FX_CODEC_VARINT_LE = 13,      /* LEB128 of an unsigned 64-bit number, as in protobuf */
  FX_CODEC_SQLITE_SERIAL = 14,  /* a serial type that is a value: the byte 8 is 0, the byte 9 is 1 */
  FX_CODEC_INT_BE_SECONDS = 15, /* time only: seconds since 1970, as INT_BE */
  FX_CODEC_INT_BE_COCOA = 16,   /* time only: seconds since 2001-01-01T00:00Z, as INT_BE */
  FX_CODEC_DOUBLE_BE = 17,      /* IEEE 754, 8 bytes, big-endian. Text: the shortest digits that read
                                   back the same, without exponent; time: seconds since 1970 */
  FX_CODEC_DOUBLE_BE_COCOA = 18, /* time only: seconds since 2001-01-01T00:00Z, as DOUBLE_BE */
  FX_CODEC_JSON_STRING_REPAIRED = 19, /* as JSON_STRING, read in spite of what its writer got wrong */
  FX_CODEC_JSON_STRING_LATIN1 = 20,   /* as JSON_STRING, each character one byte of UTF-8 */
  /* Times only, of ASCII digits with an optional minus and fraction, since 1970. */
  FX_CODEC_DECIMAL_SECONDS = 21,
  FX_CODEC_DECIMAL_MILLISECONDS = 22,
  FX_CODEC_DECIMAL_MICROSECONDS = 23,
  FX_CODEC_HTML_TEXT = 24,     /* content of an element: markup left out, references decoded */
  FX_CODEC_HTML_ATTRIBUTE = 25 /* value of an attribute: references decoded, no markup */
} fx_codec;

/* A place in an input. Offsets and lengths are in bytes of the input as it was acquired, before any
 * decoding. Input 0 is the artifact being parsed; further ones are its companions (extension
 * "fx.companions/1"), at most 7. */
typedef struct fx_span {
  uint32_t size;
  uint32_t input;
  uint64_t offset;
  uint64_t length;
  uint32_t codec; /* fx_codec */
} fx_span;

/* How a value was obtained. The host enforces VERBATIM and DECODED; it stores the others as what
 * they are. There is no basis for an invented value. */
typedef enum fx_basis {
  FX_BASIS_VERBATIM = 1,  /* equal to the bytes under the span (BYTES or UTF8) */
  FX_BASIS_DECODED = 2,   /* equal to the bytes under the span after the span's codec */
  FX_BASIS_DERIVED = 3,   /* computed from the span by the named rule */
  FX_BASIS_RECOGNISED = 4 /* read from a picture; confidence in per mille */
} fx_basis;

typedef enum fx_type {
  FX_TYPE_TEXT = 1,
  FX_TYPE_INT = 2,  /* int64; quantities are scaled integers, there are no floats */
  FX_TYPE_TIME = 3, /* fx_time */
  FX_TYPE_REF = 4   /* the `ref` of a record emitted earlier in this run */
} fx_type;

/* What fixes the instant of a time. */
typedef enum fx_time_basis {
  FX_TIME_UNKNOWN = 0,   /* wall clock of a zone that the source does not state */
  FX_TIME_EPOCH = 1,     /* a count since an epoch in UTC */
  FX_TIME_OFFSET = 2,    /* wall clock with a stated offset */
  FX_TIME_RELATIVE = 3,  /* relative to the capture ("2 hours ago") */
  FX_TIME_RECOGNISED = 4, /* read from a picture */
  /* Wall clock with the offset of its zone's standard time, also where summer time was in force: the
   * instant is wall - offset, or an hour before that. */
  FX_TIME_STANDARD_OFFSET = 5
} fx_time_basis;

typedef enum fx_precision {
  FX_PRECISION_NONE = 0, /* no time could be read; `wall` means nothing */
  FX_PRECISION_DAY = 1,
  FX_PRECISION_MINUTE = 2,
  FX_PRECISION_SECOND = 3,
  FX_PRECISION_MILLISECOND = 4
} fx_precision;

/* A time as the source states it. `wall` counts milliseconds from 1970-01-01T00:00:00 on the same
 * wall clock, proleptic Gregorian calendar, whatever calendar the source used; it is an instant
 * only together with an offset. The original text is what the field's span covers. */
typedef struct fx_time {
  uint32_t size;
  int64_t wall;
  int32_t offset;     /* seconds east of UTC; meaningful with EPOCH (0), OFFSET, STANDARD_OFFSET */
  uint32_t precision; /* fx_precision */
  uint32_t basis;     /* fx_time_basis */
} fx_time;

/* One field of a record. `key` is a NUL-terminated string from the vocabulary of the record's kind
 * (docs/plugin-abi.md; `forensics plugin vocabulary` prints it). Exactly the member that `type`
 * names is read. A DERIVED field names its rule, e.g. "whatsapp.date-order". */
typedef struct fx_field {
  uint32_t size;
  const char *key;
  uint32_t type;  /* fx_type */
  uint32_t basis; /* fx_basis */
  fx_text text;
  int64_t number; /* INT and REF */
  fx_time time;
  fx_span span;
  const char *rule;    /* DERIVED: NUL-terminated rule id; otherwise NULL */
  uint32_t confidence; /* RECOGNISED: 0 to 1000; otherwise 0 */
  /* Where the value continues: its bytes are those under `span` and then under each of these, in
   * order (their codecs are ignored). For values that are scattered, as over overflow pages. */
  const fx_span *more_spans;
  uint64_t more_count; /* at most 65,536 */
} fx_field;

/* The kinds of record. The keys of each kind are declared once, in libforensics/model/vocabulary.hpp;
 * the host rejects a key that the kind does not have. */
typedef enum fx_kind {
  FX_KIND_CONVERSATION = 1, /* a thread of messages; emitted before its messages */
  FX_KIND_PARTICIPANT = 2,  /* an author or member as one conversation names it */
  FX_KIND_MESSAGE = 3,      /* something said, sent or noted by the application in a thread */
  FX_KIND_ATTACHMENT = 4,   /* a file, card or place that belongs to a message */
  FX_KIND_LOCATION = 5,     /* coordinates or a place that a message shares */
  FX_KIND_CALL = 6,         /* a call that took place or was missed */
  FX_KIND_CONTACT = 7,      /* an address-book entry or contact card */
  FX_KIND_POLL = 8,         /* a question with options and, where stated, votes */
  FX_KIND_IDENTITY = 9,     /* a statement that links two names or numbers of one person */
  FX_KIND_READING = 10,     /* how an ambiguity of the whole artifact was decided, and why */
  FX_KIND_ACCOUNT = 11,     /* an account that the source belongs to or is signed in with */
  FX_KIND_MEMBERSHIP = 12,  /* that somebody is, or was, in a thread */
  FX_KIND_REACTION = 13,    /* an answer to a message in one sign */
  FX_KIND_RECEIPT = 14      /* what became of a message at one of its receivers */
} fx_kind;

/* One record. `extent` is the part of the input that this record accounts for (codec NONE): the
 * extents of all records and the skipped spans must together cover the input; what they leave is
 * reported as unexplained. `ref` is 0 or a number that later records of this run use in REF fields;
 * within a kind it must not be used twice. */
typedef struct fx_record {
  uint32_t size;
  uint32_t kind; /* fx_kind */
  int64_t ref;
  fx_span extent;
  const fx_field *fields;
  uint64_t field_count;
} fx_record;

/* --- The host, as a plugin sees it ----------------------------------------------------------- */

typedef enum fx_severity { FX_INFO = 1, FX_WARNING = 2, FX_ERROR = 3 } fx_severity;

typedef struct fx_host {
  uint32_t size;
  uint32_t abi; /* FX_ABI_VERSION of the host */
  void *context; /* pass it back, unchanged, as the first argument of every function below */

  /* Length of the input in bytes. */
  uint64_t (*length)(void *context);

  /* Copies up to `n` bytes from `offset` of the input to `buffer`. Returns how many were copied
   * (short reads are legal; 0 means at or past the end) or a negative number for an I/O error. */
  int64_t (*read)(void *context, uint64_t offset, void *buffer, uint64_t n);

  /* Hands over a record. Returns 0, or a negative number when the run must end (cancelled, quota
   * reached, host gone): return FX_CANCELLED at once. A record whose values do not equal their
   * spans is rejected later, by the host, and marks the run. */
  int (*emit)(void *context, const fx_record *record);

  /* Accounts for bytes that are no record, with a reason that a court can read, e.g.
   * code "byte-order-mark", why "UTF-8 signature at the start of the file". */
  int (*skip)(void *context, const fx_span *span, fx_text code, fx_text why);

  /* Says something about the run at a place of the input (codec NONE, length may be 0). */
  int (*note)(void *context, uint32_t severity, const fx_span *span, fx_text code, fx_text message);

  /* Non-zero once the run should stop. Ask at least every 16 MiB of input. */
  int (*cancelled)(void *context);

  /* An optional feature by id and revision ("fx.siblings/1"), or NULL where the host has none. The
   * struct lives until the call of probe or parse returns. */
  const void *(*extension)(void *context, const char *id);
} fx_host;

/* Extension "fx.siblings/1": the artifacts beside the input in the same folder or archive, in
 * byte order of their names. Names only: their bytes are not readable. */
typedef struct fx_sibling {
  uint32_t size;
  fx_text name;      /* file name as in the container, bytes */
  uint64_t length;   /* bytes */
  int64_t modified;  /* milliseconds since 1970 as the container states it; see has_modified */
  uint32_t has_modified; /* 0: not stated; 1: a UTC instant; 2: a wall clock of unknown zone (zip) */
} fx_sibling;

typedef struct fx_siblings {
  uint32_t size;
  uint64_t count;
  const fx_sibling *items;
} fx_siblings;

/* Extension "fx.companions/1": files of the same exhibit that belong to the input and may be read
 * with it, as the plugin's manifest asks for them ("companions"; docs/plugin-abi.md). A span names
 * its file by `input`. Absent ones are not listed; an input keeps its number whatever is absent. */
typedef struct fx_companion {
  uint32_t size;
  uint32_t input; /* 1 to 7: which of the manifest's companions it is */
  fx_text name;   /* path within the exhibit, bytes */
  uint64_t length;
} fx_companion;

typedef struct fx_companions {
  uint32_t size;
  uint64_t count;
  const fx_companion *items;
  /* As fx_host.read, of companion `input`; negative where there is none. */
  int64_t (*read)(void *context, uint32_t input, uint64_t offset, void *buffer, uint64_t n);
} fx_companions;

/* Extension "fx.keys/1": what the examiner handed over to open protected artifacts with. The bytes
 * stay in the worker's memory; ledger and case hold their SHA-256 only. Empty where none were
 * given. That a plugin asked for this extension stands in the ledger. */
typedef struct fx_keys {
  uint32_t size;
  uint64_t count;
  const fx_text *items; /* the bytes of each, as handed over */
} fx_keys;

/* Extension "fx.children/1": artifacts made out of the input, e.g. the plain text of a backup. They
 * are stored, hashed and read by the other plugins as if they had been members of an archive. One
 * is open at a time. Each function returns 0, or a negative number when the run must end. */
typedef struct fx_children {
  uint32_t size;
  /* `name` is the child's file name; `source` the bytes that it is made of; `method` says how, in
   * a fixed word, e.g. "aes-256-gcm+zlib". */
  int (*begin)(void *context, fx_text name, const fx_span *source, fx_text method);
  int (*write)(void *context, const void *bytes, uint64_t n);
  /* `verified`: 1 where the format's own authentication proved the bytes. `why` is what to say of
   * the child, above all where it is not proved or cut off; may be empty. */
  int (*end)(void *context, int32_t verified, fx_text why);
} fx_children;

/* --- The plugin, as the host sees it --------------------------------------------------------- */

typedef enum fx_status {
  FX_OK = 0,
  FX_NOT_MINE = 1,  /* the input turned out not to be of this format */
  FX_TRUNCATED = 2, /* the input ends too early; what was read is emitted */
  FX_CORRUPT = 3,   /* the input contradicts its format; what was read is emitted */
  FX_LIMIT = 4,     /* a limit of the plugin was reached */
  FX_CANCELLED = 5, /* stopped on request */
  FX_BUG = 6,       /* an internal contradiction of the plugin */
  FX_ENCRYPTED = 7  /* the input needs a key that was not given */
} fx_status;

typedef struct fx_plugin {
  uint32_t size;
  uint32_t abi; /* FX_ABI_VERSION that the plugin was compiled against */

  /* UTF-8 JSON object: id (reverse domain), version, name, formats[], kinds[], options[],
   * tested_with[], references[], licence. docs/plugin-abi.md section "Manifest". */
  fx_text manifest;

  /* How sure the plugin is that the input is its format, 0 (not mine) to 100. Reads at most 64 KiB
   * from the head and the tail. `name` is the file name, a hint: never decide by it alone. */
  int (*probe)(const fx_host *host, fx_text name);

  /* Reads the whole input and emits its records. `options` is a UTF-8 JSON object, "{}" if none.
   * Records already emitted stay valid whatever status is returned. */
  fx_status (*parse)(const fx_host *host, fx_text name, fx_text options);
} fx_plugin;

/* The only symbol a plugin exports. Returns static data and does no work. */
typedef const fx_plugin *(*fx_plugin_entry_fn)(void);
FX_EXPORT const fx_plugin *fx_plugin_entry_v1(void);

#ifdef __cplusplus
}
#endif
#endif /* FORENSICS_PLUGIN_H */
