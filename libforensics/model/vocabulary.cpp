#include "model/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace forensics::model {
namespace {

constexpr KeyInfo kKeys[] = {
    {Key::title, "title", Type::text, "name of a thread as the source states it"},
    {Key::platform, "platform", Type::text, "the application: whatsapp, telegram, viber, ..."},
    {Key::conversation, "conversation", Type::ref, "the thread that the record belongs to"},
    {Key::name, "name", Type::text, "a name as displayed"},
    {Key::phone, "phone", Type::text, "a telephone number as written"},
    {Key::sender, "sender", Type::ref, "the participant who sent the message"},
    {Key::sent, "sent", Type::time, "when, as the source states it"},
    {Key::sent_other, "sent_other", Type::time,
     "the other reading of sent where the source leaves it open"},
    {Key::text, "text", Type::text, "what was said"},
    {Key::type, "type", Type::text, "sub-kind: of a message or an attachment"},
    {Key::message, "message", Type::ref, "the message that the record belongs to"},
    {Key::state, "state", Type::text, "attachment: present, omitted; call: missed, ended, ..."},
    {Key::latitude, "latitude", Type::text, "decimal degrees as written"},
    {Key::longitude, "longitude", Type::text, "decimal degrees as written"},
    {Key::address, "address", Type::text, "a place in words"},
    {Key::url, "url", Type::text, "a link as written"},
    {Key::duration, "duration", Type::integer, "seconds"},
    {Key::question, "question", Type::text, "what a poll asks"},
    {Key::option, "option", Type::text,
     "an answer of a poll; repeated, each followed by its votes"},
    {Key::votes, "votes", Type::integer, "votes for the option before it"},
    {Key::before, "before", Type::text, "the earlier name or number of one person"},
    {Key::after, "after", Type::text, "the later name or number of one person"},
    {Key::subject, "subject", Type::text, "what was ambiguous, e.g. date-order"},
    {Key::value, "value", Type::text, "the candidate reading, e.g. day-month-year"},
    {Key::verdict, "verdict", Type::text, "chosen, refuted or undecided"},
    {Key::reason, "reason", Type::text, "why, in words"},
    {Key::edited, "edited", Type::integer, "1: marked as edited"},
    {Key::deleted, "deleted", Type::integer, "1: marked as deleted"},
    {Key::view_once, "view_once", Type::integer, "1: marked as view once"},
    {Key::action, "action", Type::text, "what a system message says happened, e.g. number-changed"},
    {Key::pages, "pages", Type::integer, "pages of a document as stated"},
    {Key::direction, "direction", Type::text, "in or out, where the source states its owner"},
    {Key::forwarded, "forwarded", Type::integer, "1: marked as forwarded"},
    {Key::extra, "extra", Type::text,
     "repeated: what was read and has no word of its own, name=value"},
    {Key::source_id, "source_id", Type::text,
     "the application's own id of the thing, unique in its source"},
    {Key::account, "account", Type::text,
     "the application's id of a person: JID, member id, user id"},
    {Key::reply_to, "reply_to", Type::text, "source_id of the message that is answered"},
    {Key::quoted, "quoted", Type::text, "the copy of the answered message that the answer carries"},
    {Key::quoted_sender, "quoted_sender", Type::ref,
     "the participant who is said to have written what is quoted"},
    {Key::forwarded_from, "forwarded_from", Type::text,
     "who or what it is said to be forwarded from"},
    {Key::forward_score, "forward_score", Type::integer,
     "how often it was forwarded, as the application counts"},
    {Key::edited_at, "edited_at", Type::time, "when it was last edited"},
    {Key::received, "received", Type::time, "when the device got it"},
    {Key::server_time, "server_time", Type::time,
     "the server's clock for the moment that sent states"},
    {Key::deleted_at, "deleted_at", Type::time, "when it was taken back"},
    {Key::deleted_by, "deleted_by", Type::ref, "the participant who took the message back"},
    {Key::timer, "timer", Type::integer, "seconds until the application deletes it"},
    {Key::expires, "expires", Type::time, "when the application was to delete it"},
    {Key::emoji, "emoji", Type::text, "a reaction as written"},
    {Key::delivered, "delivered", Type::time, "when it reached the device of the participant"},
    {Key::read, "read", Type::time, "when the participant is said to have read it"},
    {Key::played, "played", Type::time, "when the participant is said to have played it"},
    {Key::role, "role", Type::text, "member, admin, owner, ..."},
    {Key::since, "since", Type::time, "from when on"},
    {Key::until, "until", Type::time, "until when"},
    {Key::path, "path", Type::text, "where the device says that a file lies"},
    {Key::mime, "mime", Type::text, "media type as stated"},
    {Key::bytes, "bytes", Type::integer, "size of a file as stated"},
    {Key::sha256, "sha256", Type::text,
     "digest of a file as stated, 64 lower case hexadecimal digits"},
    {Key::participant, "participant", Type::ref, "repeated: whom the record is about"},
    {Key::starred, "starred", Type::integer, "1: marked by the owner"},
    {Key::owner, "owner", Type::integer, "1: the owner of the device or account"},
    {Key::recovered, "recovered", Type::text,
     "the row was deleted: where it was found, e.g. freeblock, wal-frame"},
    {Key::confidence, "confidence", Type::integer,
     "of a recovered row, 0 to 1000: a rank and no probability"},
    {Key::standing, "standing", Type::text, "of a recovered row: deleted, earlier, uncommitted"},
    {Key::created, "created", Type::time, "when a thread, an account or a thing came to be"},
    {Key::username, "username", Type::text, "a public name that the application makes unique"},
    {Key::caption, "caption", Type::text, "words that belong to a file"},
    {Key::code, "code", Type::text, "the source's own number or word for type, action or state"},
    {Key::mentions, "mentions", Type::ref, "repeated: a participant whom the text names"},
};

constexpr Key kConversation[] = {Key::title, Key::platform,  Key::source_id,  Key::account,
                                 Key::type,  Key::created,   Key::timer,      Key::state,
                                 Key::owner, Key::recovered, Key::confidence, Key::standing,
                                 Key::extra};
constexpr Key kParticipant[] = {Key::conversation, Key::name,       Key::phone,    Key::account,
                                Key::username,     Key::owner,      Key::role,     Key::source_id,
                                Key::recovered,    Key::confidence, Key::standing, Key::extra};
constexpr Key kMessage[] = {
    Key::conversation,  Key::sender,         Key::sent,          Key::sent_other,
    Key::text,          Key::type,           Key::name,          Key::edited,
    Key::deleted,       Key::view_once,      Key::action,        Key::direction,
    Key::forwarded,     Key::source_id,      Key::reply_to,      Key::quoted,
    Key::quoted_sender, Key::forwarded_from, Key::forward_score, Key::edited_at,
    Key::received,      Key::server_time,    Key::deleted_at,    Key::deleted_by,
    Key::timer,         Key::expires,        Key::starred,       Key::state,
    Key::code,          Key::participant,    Key::mentions,      Key::url,
    Key::recovered,     Key::confidence,     Key::standing,      Key::extra};
constexpr Key kAttachment[] = {
    Key::message,   Key::name,  Key::state,     Key::type,       Key::pages,    Key::path,
    Key::mime,      Key::bytes, Key::sha256,    Key::caption,    Key::duration, Key::url,
    Key::source_id, Key::code,  Key::recovered, Key::confidence, Key::standing, Key::extra};
constexpr Key kLocation[] = {Key::message,  Key::latitude, Key::longitude, Key::address,
                             Key::url,      Key::type,     Key::name,      Key::sent,
                             Key::duration, Key::until,    Key::recovered, Key::confidence,
                             Key::standing, Key::extra};
constexpr Key kCall[] = {Key::message,   Key::type,        Key::state,      Key::duration,
                         Key::direction, Key::participant, Key::code,       Key::source_id,
                         Key::until,     Key::recovered,   Key::confidence, Key::standing,
                         Key::extra};
constexpr Key kContact[] = {
    Key::message,   Key::name,    Key::phone,     Key::account,    Key::username, Key::platform,
    Key::type,      Key::address, Key::url,       Key::caption,    Key::state,    Key::created,
    Key::source_id, Key::owner,   Key::recovered, Key::confidence, Key::standing, Key::extra};
constexpr Key kPoll[] = {Key::message,     Key::question, Key::option, Key::votes,
                         Key::participant, Key::sent,     Key::type,   Key::recovered,
                         Key::confidence,  Key::standing, Key::extra};
constexpr Key kIdentity[] = {Key::message,    Key::before,   Key::after, Key::name, Key::action,
                             Key::platform,   Key::account,  Key::phone, Key::sent, Key::recovered,
                             Key::confidence, Key::standing, Key::extra};
constexpr Key kReading[] = {Key::subject, Key::value, Key::verdict, Key::reason, Key::extra};
constexpr Key kAccount[] = {Key::platform,   Key::account,   Key::phone, Key::name,  Key::username,
                            Key::created,    Key::source_id, Key::owner, Key::state, Key::recovered,
                            Key::confidence, Key::standing,  Key::extra};
constexpr Key kMembership[] = {Key::conversation, Key::participant, Key::role,     Key::state,
                               Key::since,        Key::until,       Key::message,  Key::action,
                               Key::recovered,    Key::confidence,  Key::standing, Key::extra};
constexpr Key kReaction[] = {Key::message,   Key::sender, Key::emoji,     Key::sent,
                             Key::source_id, Key::type,   Key::recovered, Key::confidence,
                             Key::standing,  Key::extra};
constexpr Key kReceipt[] = {Key::message,  Key::participant, Key::delivered, Key::read,
                            Key::played,   Key::state,       Key::recovered, Key::confidence,
                            Key::standing, Key::extra};

constexpr Key kNeedsPlatform[] = {Key::platform};
constexpr Key kNeedsConversation[] = {Key::conversation};
constexpr Key kNeedsMessage[] = {Key::conversation, Key::type};
constexpr Key kNeedsOwner[] = {Key::message};
constexpr Key kNeedsMember[] = {Key::conversation, Key::participant};
constexpr Key kNeedsReading[] = {Key::subject, Key::value, Key::verdict};

constexpr KindInfo kKinds[] = {
    {Kind::conversation, "conversation", "a thread of messages", kConversation, kNeedsPlatform},
    {Kind::participant, "participant", "an author or member as one conversation names it",
     kParticipant, kNeedsConversation},
    {Kind::message, "message", "something said, sent or noted by the application in a thread",
     kMessage, kNeedsMessage},
    {Kind::attachment, "attachment", "a file that belongs to a message", kAttachment, kNeedsOwner},
    {Kind::location, "location", "coordinates or a place that a message shares", kLocation,
     kNeedsOwner},
    {Kind::call, "call", "a call that took place or was missed", kCall, kNeedsOwner},
    {Kind::contact, "contact", "an address-book entry or contact card", kContact, {}},
    {Kind::poll, "poll", "a question with options and, where stated, votes", kPoll, kNeedsOwner},
    {Kind::identity,
     "identity",
     "a statement that links two names or numbers of one person",
     kIdentity,
     {}},
    {Kind::reading, "reading", "how an ambiguity of the whole artifact was decided, and why",
     kReading, kNeedsReading},
    {Kind::account, "account", "an account that the source belongs to or is signed in with",
     kAccount, kNeedsPlatform},
    {Kind::membership, "membership", "that somebody is, or was, in a thread", kMembership,
     kNeedsMember},
    {Kind::reaction, "reaction", "an answer to a message in one sign", kReaction, kNeedsOwner},
    {Kind::receipt, "receipt", "what became of a message at one of its receivers", kReceipt,
     kNeedsOwner},
};

// The tables are indexed by number: find_key() and find_kind() rely on it.
constexpr bool keys_are_numbered() {
  for (std::size_t i = 0; i < std::size(kKeys); ++i)
    if (static_cast<std::size_t>(kKeys[i].key) != i + 1) return false;
  return true;
}
constexpr bool kinds_are_numbered() {
  for (std::size_t i = 0; i < std::size(kKinds); ++i)
    if (static_cast<std::size_t>(kKinds[i].kind) != i + 1) return false;
  return true;
}
static_assert(keys_are_numbered() && kinds_are_numbered());
static_assert(std::size(kKeys) < 128, "allows() keeps the keys of a kind in 128 bits");

constexpr auto kAllowed = [] {
  std::array<std::array<std::uint64_t, 2>, std::size(kKinds) + 1> masks{};
  for (const KindInfo& info : kKinds)
    for (const Key key : info.keys)
      masks[static_cast<std::size_t>(info.kind)][static_cast<unsigned>(key) / 64] |=
          std::uint64_t{1} << static_cast<unsigned>(key) % 64;
  return masks;
}();

}  // namespace

std::span<const KeyInfo> keys() {
  return kKeys;
}
std::span<const KindInfo> kinds() {
  return kKinds;
}

const KeyInfo* find_key(std::string_view name) {
  const auto found = std::ranges::find(kKeys, name, &KeyInfo::name);
  return found == std::end(kKeys) ? nullptr : found;
}

const KeyInfo* find_key(std::uint8_t number) {
  return number >= 1 && number <= std::size(kKeys) ? &kKeys[number - 1] : nullptr;
}

const KindInfo* find_kind(std::uint8_t number) {
  return number >= 1 && number <= std::size(kKinds) ? &kKinds[number - 1] : nullptr;
}

bool allows(Kind kind, Key key) {
  const auto number = static_cast<unsigned>(key);
  return ((kAllowed[static_cast<std::size_t>(kind)][number / 64] >> number % 64) & 1U) != 0;
}

}  // namespace forensics::model
