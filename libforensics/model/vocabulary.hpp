#pragma once
// The words that records are written in: every kind, every key, declared once. The host validates
// against this table, the documentation is generated from it (`forensics plugin vocabulary`), and
// the numbers are what stands on the wire and in the case database: they are never reused.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace forensics::model {

enum class Kind : std::uint8_t {
  conversation = 1,
  participant = 2,
  message = 3,
  attachment = 4,
  location = 5,
  call = 6,
  contact = 7,
  poll = 8,
  identity = 9,
  reading = 10,
  account = 11,
  membership = 12,
  reaction = 13,
  receipt = 14,
};

enum class Type : std::uint8_t { text = 1, integer = 2, time = 3, ref = 4 };

// Keys are one list for all kinds, so that "text" is the same word everywhere.
enum class Key : std::uint8_t {
  title = 1,            // text     name of a thread as the source states it
  platform = 2,         // text     "whatsapp", "telegram", ...
  conversation = 3,     // ref      the thread that a record belongs to
  name = 4,             // text     a name as displayed
  phone = 5,            // text     a telephone number as written
  sender = 6,           // ref      the participant who sent a message
  sent = 7,             // time     when, as the source states it
  sent_other = 8,       // time     the other reading of `sent` where the source leaves it open
  text = 9,             // text     what was said
  type = 10,            // text     sub-kind: see docs/plugin-abi.md, table "Types"
  message = 11,         // ref      the message that a record belongs to
  state = 12,           // text     attachment: present, omitted; call: missed, ended, ...
  latitude = 13,        // text     decimal degrees as written
  longitude = 14,       // text
  address = 15,         // text     a place in words
  url = 16,             // text
  duration = 17,        // integer  seconds
  question = 18,        // text
  option = 19,          // text     repeated; each followed by its `votes` where stated
  votes = 20,           // integer
  before = 21,          // text     identity: the earlier name or number
  after = 22,           // text     identity: the later one
  subject = 23,         // text     reading: what was ambiguous, e.g. "date-order"
  value = 24,           // text     reading: the candidate, e.g. "day-month-year"
  verdict = 25,         // text     reading: chosen, refuted, undecided
  reason = 26,          // text     reading: why, in words
  edited = 27,          // integer  1: marked as edited
  deleted = 28,         // integer  1: marked as deleted
  view_once = 29,       // integer  1: marked as view once
  action = 30,          // text     system message: what it says happened, e.g. "number-changed"
  pages = 31,           // integer  pages of a document as stated
  direction = 32,       // text     "in", "out": only where the source states the owner
  forwarded = 33,       // integer  1: marked as forwarded
  extra = 34,           // text     repeated; what the plugin read and has no word for, "name=value"
  source_id = 35,       // text     the application's own id of the thing, unique in its source
  account = 36,         // text     the application's id of a person: JID, member id, user id
  reply_to = 37,        // text     source_id of the message that is answered
  quoted = 38,          // text     the copy of the answered message that the answer carries
  quoted_sender = 39,   // ref      participant who is said to have written what is quoted
  forwarded_from = 40,  // text     who or what it is said to be forwarded from
  forward_score = 41,   // integer  how often it was forwarded, as the application counts
  edited_at = 42,       // time     of the last edit
  received = 43,        // time     when the device got it
  server_time = 44,     // time     the server's clock for the same moment as `sent`
  deleted_at = 45,      // time
  deleted_by = 46,      // ref      participant who took the message back
  timer = 47,           // integer  seconds until the application deletes it
  expires = 48,         // time     when the application was to delete it
  emoji = 49,           // text     a reaction as written
  delivered = 50,       // time
  read = 51,            // time
  played = 52,          // time
  role = 53,            // text     member, admin, owner, ...
  since = 54,           // time
  until = 55,           // time
  path = 56,            // text     where the device says a file lies
  mime = 57,            // text     media type as stated
  bytes = 58,           // integer  size of a file as stated
  sha256 = 59,          // text     of a file as stated, 64 hexadecimal digits
  participant = 60,     // ref      repeated; whom the record is about
  starred = 61,         // integer  1: marked by the owner
  owner = 62,           // integer  1: this is the owner of the device or account
  recovered = 63,       // text     deleted row: where it was found, e.g. "freeblock"; see docs
  confidence = 64,      // integer  of a recovered row, 0 to 1000: a rank and no probability
  standing = 65,        // text     recovered: deleted, earlier, uncommitted
  created = 66,         // time     when a thread, an account or a thing came to be
  username = 67,        // text     a public name that the application makes unique
  caption = 68,         // text     words that belong to a file and are not the message's text
  code = 69,            // text     the source's own number or word for `type` or `action`
  mentions = 70,        // ref      repeated; participants that the text names
};

struct KeyInfo {
  Key key;
  std::string_view name;
  Type type;
  std::string_view meaning;
};

struct KindInfo {
  Kind kind;
  std::string_view name;
  std::string_view meaning;
  std::span<const Key> keys;      // allowed
  std::span<const Key> required;  // a record without them is rejected
};

std::span<const KeyInfo> keys();
std::span<const KindInfo> kinds();

const KeyInfo* find_key(std::string_view name);
const KeyInfo* find_key(std::uint8_t number);
const KindInfo* find_kind(std::uint8_t number);

// True where records of `kind` may carry `key`.
bool allows(Kind kind, Key key);

}  // namespace forensics::model
