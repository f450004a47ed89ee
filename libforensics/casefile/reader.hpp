#pragma once
// Everything that can be asked of a case, as plain values. Lists are read page by page: no function
// here holds more than a page in memory, and the first page of each needs no full scan.
//
// Times are milliseconds; see model::Time for what `wall` means. Paths are bytes as in the
// evidence. Threads: one Reader a thread. Readers never block a writer nor wait for one.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "casefile/database.hpp"
#include "model/record.hpp"

namespace forensics::casefile {

enum class ArtifactStatus : std::uint8_t {
  stored = 0,        // taken in; not yet looked at
  unpacking = 1,     // an archive whose members are not all taken in
  parsed = 2,        // a plugin read it, completely
  partial = 3,       // a plugin read part of it; see the error
  container = 4,     // an archive; its members are artifacts
  unrecognised = 5,  // no plugin claims it; kept as evidence
  failed = 6,        // a plugin claimed it and could not read it; see the error
  unreadable = 7,    // its bytes could not be read; see the error
  special = 8,       // a link, device, FIFO or folder entry: noted, has no bytes of its own
  companion = 9,     // read together with another file, as part of that one's run
};
std::string_view name_of(ArtifactStatus status);
std::optional<ArtifactStatus> artifact_status(std::string_view name);

enum class MessageType : std::uint8_t {
  text = 1,
  media = 2,
  location = 3,
  poll = 4,
  call = 5,
  contact = 6,
  deleted = 7,
  view_once = 8,
  system = 9,
  other = 10,
};
std::string_view name_of(MessageType type);
std::optional<MessageType> message_type(std::string_view name);

inline constexpr std::uint32_t kEdited = 1;
inline constexpr std::uint32_t kDeleted = 2;
inline constexpr std::uint32_t kViewOnce = 4;
inline constexpr std::uint32_t kForwarded = 8;
inline constexpr std::uint32_t kIncoming = 16;
inline constexpr std::uint32_t kOutgoing = 32;
inline constexpr std::uint32_t kRecovered = 64;  // a deleted row or an earlier version of one
inline constexpr std::uint32_t kStarred = 128;

struct Exhibit {
  std::int64_t id = 0;
  std::string reference, source, custodian, note;
  std::optional<std::string> zone, date_order;
  bool closed = false;
  std::int64_t seq = 0;
  // Counted when asked for:
  std::int64_t artifacts = 0, bytes = 0, messages = 0, errors = 0, unexplained = 0;
};

struct Artifact {
  std::int64_t id = 0, exhibit = 0;
  std::optional<std::int64_t> parent;
  std::int64_t member = 0, depth = 0;
  std::string path;
  std::optional<Digest> sha256;
  std::int64_t size = 0;
  std::string type;  // media type by its first bytes
  std::optional<std::int64_t> modified;
  int modified_kind = 0;
  ArtifactStatus status{};
  std::string plugin;
  std::int64_t records = 0, covered = 0, skipped = 0, unexplained = 0;
  std::optional<Error> error;  // `code` is internal where the stored name is unknown
  std::string error_code;
  std::optional<std::string> method;      // of what a plugin made out of the parent
  bool verified = true;                   // false: and nothing proves its bytes
  std::optional<std::int64_t> read_with;  // of a companion: the artifact whose run read it
  std::int64_t seq = 0;
};

// One file that a run reads: input 0 is the run's artifact, the others are its companions.
struct RunInput {
  std::uint8_t input = 0;
  std::int64_t artifact = 0;
  std::string path;
  Digest sha256{};
};

struct Run {
  std::int64_t id = 0, artifact = 0;
  std::string plugin, version, options, level, ending, detail;
  Digest plugin_sha256{}, root{}, stream{};
  std::int64_t records = 0, rejected = 0, messages = 0, seq = 0;
  std::optional<std::int64_t> first_message;
};

struct Conversation {
  std::int64_t id = 0, run = 0, artifact = 0, exhibit = 0;
  std::string platform;
  std::optional<std::string> title;
  std::string others;  // without a title: who takes part beside the owner, the first of them
  std::int64_t messages = 0;
  std::optional<std::int64_t> first, last;  // wall
  std::string path;                         // of the artifact
  std::string reference;                    // of the exhibit
};

struct Participant {
  std::int64_t id = 0, conversation = 0;
  std::optional<std::string> name, phone, account;
  bool owner = false;
  std::int64_t messages = 0;
  std::optional<std::int64_t> first, last;
};

struct Attachment {
  std::optional<std::string> name;
  std::string state;  // present, omitted, missing, ambiguous
  std::optional<std::int64_t> artifact;
  std::optional<Digest> sha256;
  std::string path;  // of that artifact
  std::int64_t size = 0;
};

struct Message {
  std::int64_t id = 0, conversation = 0, number = 0, run = 0, position = 0;
  std::optional<std::int64_t> sender;
  std::optional<std::string> sender_name, sender_phone, sender_account;
  bool sender_is_owner = false;
  MessageType type{};
  std::uint32_t flags = 0;
  std::optional<std::int64_t> wall, wall_other;
  std::optional<std::int32_t> zone_offset;
  model::Precision precision{};
  model::TimeBasis basis{};
  std::uint8_t input = 0;              // of the run, that the extent stands in
  std::int64_t start = 0, length = 0;  // extent in that input
  std::optional<std::string> text;
  std::string data;  // decode with record()
  // From the run, the artifact and the exhibit. `path`, `artifact` and `sha256` are those of the
  // input; the rest is the same for all messages of a run:
  std::string platform, plugin, plugin_version, exhibit, path;
  std::int64_t artifact = 0, exhibit_id = 0;
  Digest sha256{};
};

struct MessageFilter {
  std::optional<std::int64_t> conversation{};
  std::optional<std::int64_t> participant{};
  std::optional<std::string> sender{};  // exact display name or phone
  std::optional<std::int64_t> exhibit{};
  std::optional<MessageType> type{};
  std::optional<std::int64_t> from{}, to{};  // on the timeline's axis, milliseconds, to exclusive
  // An expression of FTS5 over the folded texts; search/query.hpp writes it. What it finds are
  // candidates.
  std::string match{};
  std::int64_t after = 0;  // page: messages with a greater id
  std::int64_t limit = 0;  // 0: all
};

// The title that the source states, or the names that stand for it; empty where there is neither.
std::string shown_title(const Conversation& conversation);

// One row of the timeline.
struct Event {
  std::int64_t at = 0;
  int reading = 0;  // 0 the chosen reading, 1 the other
  Message message;
};

struct EventFilter {
  std::optional<std::int64_t> from{}, to{};  // axis milliseconds, to exclusive
  std::optional<std::string> sender{};
  std::optional<std::int64_t> conversation{}, exhibit{};
  std::optional<Event> after{};  // page: strictly later in (at, message, reading)
  std::int64_t limit = 0;
};

struct SkipRow {
  std::int64_t run = 0, start = 0, length = 0;
  std::string code, why;
  std::uint8_t input = 0;
};
struct GapRow {
  std::int64_t run = 0, start = 0, length = 0;
  std::uint8_t input = 0;
};
struct NoteRow {
  std::int64_t run = 0, start = 0, length = 0;
  std::uint8_t input = 0;
  int severity = 1;
  std::string code, message;
};

// `bytes` are those of the files handed over, before unpacking; `attachments_missing` counts files
// that a message names and no exhibit holds; `pending` counts artifacts not yet looked at.
struct Totals {
  std::int64_t exhibits = 0, artifacts = 0, bytes = 0, conversations = 0, participants = 0,
               messages = 0, attachments = 0, attachments_missing = 0, unrecognised = 0, errors = 0,
               unexplained_bytes = 0, rejected = 0, pending = 0;
};

// Called once a row; false ends the list early.
template <typename T>
using Each = std::function<Result<bool>(const T&)>;

class Reader {
 public:
  explicit Reader(const Database& database) : database_(database) {}  // which must outlive it

  Result<Totals> totals() const;
  Result<std::vector<Exhibit>> exhibits() const;  // with counts
  Result<std::optional<Artifact>> artifact(std::int64_t id) const;
  Status artifacts(std::optional<std::int64_t> exhibit, std::optional<ArtifactStatus> status,
                   const Each<Artifact>& each) const;
  Result<std::vector<Run>> runs(std::int64_t artifact) const;
  Result<std::optional<Run>> run(std::int64_t id) const;
  // What the run read, in order of input; the artifact itself comes first.
  Result<std::vector<RunInput>> inputs(std::int64_t run) const;
  Result<std::vector<std::pair<std::string, int>>> probes(std::int64_t artifact) const;
  Status skips(std::int64_t run, const Each<SkipRow>& each) const;
  Status gaps(std::int64_t run, const Each<GapRow>& each) const;
  Status notes(std::int64_t run, const Each<NoteRow>& each) const;

  Status conversations(std::optional<std::int64_t> exhibit, const Each<Conversation>& each) const;
  Result<std::optional<Conversation>> conversation(std::int64_t id) const;
  Result<std::vector<Participant>> participants(std::int64_t conversation) const;
  Status all_participants(const Each<Participant>& each) const;

  // In order of id: conversation after conversation, each in the order of its source.
  Status messages(const MessageFilter& filter, const Each<Message>& each) const;
  Result<std::optional<Message>> message(std::int64_t id) const;
  Result<std::optional<Message>> message(std::int64_t conversation, std::int64_t number) const;
  Result<std::vector<Attachment>> attachments(std::int64_t message) const;
  // The participant of a conversation whom a plugin numbered so.
  Result<std::optional<Participant>> participant(std::int64_t conversation, std::int64_t ref) const;
  // Records other than messages that belong to a message (locations, polls, calls, ...).
  Result<std::vector<model::Record>> records_of(std::int64_t message) const;
  // Records of one kind of a run (readings, identities, ...), or of all runs with nullopt.
  Status records(std::optional<std::int64_t> run, model::Kind kind,
                 const Each<model::Record>& each) const;
  // The whole record of a message, every field with its span; its `text` value filled in.
  static Result<model::Record> record(const Message& message);

  Status timeline(const EventFilter& filter, const Each<Event>& each) const;

  const Database& database() const { return database_; }

 private:
  // What all messages of a run have in common, looked up once a run and not once a message.
  struct RunFacts {
    std::int64_t exhibit_id = 0;
    std::string plugin, plugin_version, exhibit;
    std::vector<RunInput> inputs;
  };

  Result<Statement*> lookup(std::string_view sql) const;
  Result<const RunFacts*> facts_of(std::int64_t run) const;
  Result<const std::string*> platform_of(std::int64_t conversation) const;
  Status read_message(const Statement& row, int first, Message& message) const;

  const Database& database_;
  // Prepared once. Only for look-ups that are done before the function returns: a statement that a
  // caller's callback could start again while it runs must not be shared.
  mutable std::map<std::string_view, Statement> lookups_;
  mutable std::unordered_map<std::int64_t, RunFacts> runs_;
  mutable std::unordered_map<std::int64_t, std::string> platforms_;
};

// "A000017", "C0003", "C0003-M000124": the numbers that people cite.
std::string artifact_id(std::int64_t id);
std::string conversation_id(std::int64_t id);
std::string message_id(std::int64_t conversation, std::int64_t number);

struct Citation {
  enum class What : std::uint8_t { artifact, conversation, message } what{};
  std::int64_t id = 0, number = 0;
};
// Reads any of the three forms, with or without leading zeros, any letter case.
std::optional<Citation> parse_citation(std::string_view text);

}  // namespace forensics::casefile
