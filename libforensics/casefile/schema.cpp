#include "casefile/schema.hpp"

namespace forensics::casefile {
namespace {

// Numbers for codes are those of model/vocabulary.hpp and of reader.hpp. Names and paths from
// evidence are bytes (BLOB): they need not be UTF-8.
constexpr std::string_view kSchema = R"sql(
CREATE TABLE meta (                -- facts about this database
  key   TEXT PRIMARY KEY,          -- "applied": ledger entries that this database holds
  value
) WITHOUT ROWID;

CREATE TABLE exhibit (             -- what was handed over
  id        INTEGER PRIMARY KEY,   -- in order of ingest, from 1
  reference TEXT NOT NULL UNIQUE,  -- the examiner's name for it, e.g. EX001
  source    BLOB NOT NULL,         -- path as given on the command line
  custodian TEXT NOT NULL,
  note      TEXT NOT NULL,
  zone      TEXT,                  -- asserted time zone (IANA), NULL: none
  date_order TEXT,                 -- asserted reading where open: "day-month", "month-day", NULL: none
  closed    INTEGER NOT NULL,      -- 1: everything in it was taken in
  seq       INTEGER NOT NULL       -- its ledger entry
);

CREATE TABLE artifact (            -- one file inside an exhibit, at any nesting depth
  id        INTEGER PRIMARY KEY,   -- shown as A000017
  exhibit   INTEGER NOT NULL,
  parent    INTEGER,               -- the archive that holds it, NULL: a file of the exhibit itself
  member    INTEGER NOT NULL,      -- position in that archive, 0 for a file
  depth     INTEGER NOT NULL,      -- archives around it
  path      BLOB NOT NULL,         -- within the exhibit, through archives: "a.zip/_chat.txt"
  name      BLOB NOT NULL,         -- its last component
  sha256    BLOB,                  -- NULL: could not be read
  size      INTEGER NOT NULL,
  type      TEXT NOT NULL,         -- media type by its first bytes; evidence/media_type.hpp
  modified  INTEGER,               -- milliseconds since 1970 as the container says
  modified_kind INTEGER NOT NULL,  -- 0 not stated, 1 UTC, 2 wall clock of unknown zone
  status    INTEGER NOT NULL,      -- reader.hpp, ArtifactStatus
  plugin    TEXT,                  -- the plugin that read it
  records   INTEGER NOT NULL DEFAULT 0,
  covered   INTEGER NOT NULL DEFAULT 0,  -- bytes turned into records
  skipped   INTEGER NOT NULL DEFAULT 0,  -- bytes skipped with a reason
  unexplained INTEGER NOT NULL DEFAULT 0,
  error_code  TEXT,
  error_where TEXT,
  error_message TEXT,
  method    TEXT,                  -- of what a plugin made out of its parent: how; else NULL
  verified  INTEGER,               -- and 1 where the format's own authentication proved the bytes
  seq       INTEGER NOT NULL       -- its ledger entry
);
CREATE UNIQUE INDEX artifact_place ON artifact (exhibit, path, member);
CREATE INDEX artifact_name ON artifact (exhibit, name);
CREATE INDEX artifact_digest ON artifact (sha256);
CREATE INDEX artifact_parent ON artifact (parent, member) WHERE parent IS NOT NULL;
CREATE INDEX artifact_open ON artifact (status, id) WHERE status <= 1;  -- the work queue

CREATE TABLE run (                 -- one plugin reading one artifact
  id        INTEGER PRIMARY KEY,
  artifact  INTEGER NOT NULL,
  plugin    TEXT NOT NULL,
  version   TEXT NOT NULL,
  plugin_sha256 BLOB NOT NULL,     -- of the bytes executed
  options   TEXT NOT NULL,
  level     TEXT NOT NULL,         -- isolation achieved: L0 to L3
  ending    TEXT NOT NULL,         -- complete, truncated, crashed, ...
  detail    TEXT NOT NULL,
  records   INTEGER NOT NULL,
  rejected  INTEGER NOT NULL,
  root      BLOB NOT NULL,         -- of the record tree
  stream    BLOB NOT NULL,         -- SHA-256 over the records as emitted
  first_message INTEGER,           -- its messages have consecutive ids
  messages  INTEGER NOT NULL,
  seq       INTEGER NOT NULL
);
CREATE INDEX run_artifact ON run (artifact);

CREATE TABLE companion (           -- a further file that a run read
  run       INTEGER NOT NULL,
  input     INTEGER NOT NULL,      -- 1 to 7; input 0 is the run's artifact itself
  artifact  INTEGER NOT NULL,
  covered   INTEGER NOT NULL,      -- of its bytes, as in artifact
  skipped   INTEGER NOT NULL,
  unexplained INTEGER NOT NULL,
  PRIMARY KEY (run, input)
) WITHOUT ROWID;
CREATE INDEX companion_artifact ON companion (artifact);

CREATE TABLE probe (               -- what every plugin thought of an artifact
  artifact  INTEGER NOT NULL,
  plugin    TEXT NOT NULL,
  score     INTEGER NOT NULL,
  PRIMARY KEY (artifact, plugin)
) WITHOUT ROWID;

CREATE TABLE skip (                -- bytes that are no record, with the reason
  run INTEGER NOT NULL, input INTEGER NOT NULL DEFAULT 0,
  start INTEGER NOT NULL, length INTEGER NOT NULL,
  code TEXT NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (run, input, start)
) WITHOUT ROWID;

CREATE TABLE gap (                 -- bytes that nothing accounts for
  run INTEGER NOT NULL, input INTEGER NOT NULL DEFAULT 0,
  start INTEGER NOT NULL, length INTEGER NOT NULL,
  PRIMARY KEY (run, input, start)
) WITHOUT ROWID;

CREATE TABLE note (                -- what a plugin or the host said about a run
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL, severity INTEGER NOT NULL,  -- 1 info, 2 warning, 3 error
  input INTEGER NOT NULL DEFAULT 0, start INTEGER NOT NULL, length INTEGER NOT NULL,
  code TEXT NOT NULL, message TEXT NOT NULL
);
CREATE INDEX note_run ON note (run);

CREATE TABLE conversation (        -- a thread of messages as one artifact holds it
  id        INTEGER PRIMARY KEY,   -- shown as C0003
  run       INTEGER NOT NULL,
  ref       INTEGER NOT NULL,      -- the plugin's number
  platform  TEXT NOT NULL,
  title     TEXT,
  messages  INTEGER NOT NULL DEFAULT 0,
  first     INTEGER,               -- earliest and latest `wall` in it
  last      INTEGER
);
CREATE INDEX conversation_run ON conversation (run);

CREATE TABLE participant (         -- an author or member as one conversation names it
  id        INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL,
  ref       INTEGER NOT NULL,
  name      TEXT,
  phone     TEXT,
  account   TEXT,                  -- the application's id of the person
  owner     INTEGER NOT NULL DEFAULT 0,  -- 1: the source says that the device or account is theirs
  messages  INTEGER NOT NULL DEFAULT 0,
  first     INTEGER,
  last      INTEGER
);
CREATE INDEX participant_conversation ON participant (conversation);

CREATE TABLE attachment (          -- a file that a message names
  id        INTEGER PRIMARY KEY,
  message   INTEGER NOT NULL,
  name      TEXT,
  state     TEXT NOT NULL,         -- present, omitted, missing, ambiguous
  artifact  INTEGER,               -- the artifact of the exhibit that it names
  path      TEXT,                  -- where the source says that the file lay
  digest    BLOB                   -- SHA-256 that the source states of it
);
CREATE INDEX attachment_message ON attachment (message);

CREATE TABLE record (              -- every record that is not a message, whole
  run       INTEGER NOT NULL,
  position  INTEGER NOT NULL,      -- in the run, counted over all kinds
  kind      INTEGER NOT NULL,
  message   INTEGER,               -- the message that it belongs to
  data      BLOB NOT NULL,         -- model::encode
  PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE INDEX record_message ON record (message) WHERE message IS NOT NULL;
CREATE INDEX record_kind ON record (kind, run, position);
)sql";

constexpr std::string_view kMessageSchema = R"sql(
CREATE TABLE message (             -- one row a message, in the order of the source
  id        INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL,
  number    INTEGER NOT NULL,      -- in the conversation, from 1; shown as C0003-M000124
  run       INTEGER NOT NULL,
  position  INTEGER NOT NULL,      -- of its record in the run
  sender    INTEGER,               -- participant, NULL: the application or unknown
  type      INTEGER NOT NULL,      -- reader.hpp, MessageType
  flags     INTEGER NOT NULL,      -- 1 edited, 2 deleted, 4 view once, 8 forwarded, 16 in, 32 out,
                                   -- 64 a deleted row that was recovered, 128 starred
  wall      INTEGER,               -- milliseconds of the source's wall clock, NULL: no time read
  wall_other INTEGER,              -- the other reading where day and month stay open
  zone_offset INTEGER,             -- seconds east of UTC where the source states it
  precision INTEGER NOT NULL,      -- model::Precision
  basis     INTEGER NOT NULL,      -- model::TimeBasis
  start     INTEGER NOT NULL,      -- extent in that input
  length    INTEGER NOT NULL,
  text      TEXT,
  data      BLOB NOT NULL,         -- model::encode of the record without the value of `text`
  input     INTEGER NOT NULL DEFAULT 0, -- the input of the run that its extent stands in
  mark      INTEGER                -- of platform and source_id, NULL: no id; same_message.hpp
);
CREATE UNIQUE INDEX message_number ON message (conversation, number);
CREATE INDEX message_mark ON message (mark) WHERE mark IS NOT NULL;
CREATE INDEX message_sender ON message (sender, id) WHERE sender IS NOT NULL;

CREATE TABLE event (               -- the timeline: a message at one of its readings
  at        INTEGER NOT NULL,      -- milliseconds: UTC where known, else the wall clock as if UTC
  message   INTEGER NOT NULL,
  reading   INTEGER NOT NULL,      -- 0 the chosen reading, 1 the other
  PRIMARY KEY (at, message, reading)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (  -- folded text of messages; search/fold.hpp
  text, content='', tokenize='trigram', detail=none, columnsize=0
);
)sql";

}  // namespace

std::string_view message_schema() {
  return kMessageSchema;
}

Status require_current(const Database& database) {
  Statement version = TRY(database.prepare("PRAGMA user_version"));
  TRY(version.step());
  const std::int64_t found = version.integer(0);
  if (found > kSchemaVersion)
    return fail(ErrorCode::newer, database.path(),
                "the case database was made by a newer version (schema " + std::to_string(found) +
                    "; this program knows up to " + std::to_string(kSchemaVersion) + ")");
  if (found < kSchemaVersion)
    return fail(ErrorCode::usage, database.path(),
                "the case database was made by an earlier version: 'forensics rebuild CASE' makes "
                "it anew from the ledger and the objects");
  return {};
}

Status create_schema(const Database& database) {
  TRY(database.execute(std::string(kSchema)));
  TRY(database.execute(std::string(kMessageSchema)));
  // 0x6C666F72 is "lfor": file(1) and SQLite show it, and another program's file is not taken for a
  // case.
  return database.execute("PRAGMA application_id = 0x6C666F72; PRAGMA user_version = " +
                          std::to_string(kSchemaVersion));
}

}  // namespace forensics::casefile
