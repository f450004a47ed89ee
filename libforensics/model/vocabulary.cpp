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
};

constexpr Key kConversation[] = {Key::title, Key::platform, Key::extra};
constexpr Key kParticipant[] = {Key::conversation, Key::name, Key::phone, Key::extra};
constexpr Key kMessage[] = {Key::conversation, Key::sender,    Key::sent,   Key::sent_other,
                            Key::text,         Key::type,      Key::name,   Key::edited,
                            Key::deleted,      Key::view_once, Key::action, Key::direction,
                            Key::forwarded,    Key::extra};
constexpr Key kAttachment[] = {Key::message, Key::name,  Key::state,
                               Key::type,    Key::pages, Key::extra};
constexpr Key kLocation[] = {Key::message, Key::latitude, Key::longitude, Key::address,
                             Key::url,     Key::type,     Key::name,      Key::extra};
constexpr Key kCall[] = {Key::message, Key::type, Key::state, Key::duration, Key::extra};
constexpr Key kContact[] = {Key::message, Key::name, Key::phone, Key::extra};
constexpr Key kPoll[] = {Key::message, Key::question, Key::option, Key::votes, Key::extra};
constexpr Key kIdentity[] = {Key::message, Key::before, Key::after,
                             Key::name,    Key::action, Key::extra};
constexpr Key kReading[] = {Key::subject, Key::value, Key::verdict, Key::reason, Key::extra};

constexpr Key kNeedsPlatform[] = {Key::platform};
constexpr Key kNeedsConversation[] = {Key::conversation};
constexpr Key kNeedsMessage[] = {Key::conversation, Key::type};
constexpr Key kNeedsOwner[] = {Key::message};
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
    {Kind::identity, "identity", "a statement that links two names or numbers of one person",
     kIdentity, kNeedsOwner},
    {Kind::reading, "reading", "how an ambiguity of the whole artifact was decided, and why",
     kReading, kNeedsReading},
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
static_assert(std::size(kKeys) < 64, "allows() keeps the keys of a kind in 64 bits");

constexpr auto kAllowed = [] {
  std::array<std::uint64_t, std::size(kKinds) + 1> masks{};
  for (const KindInfo& info : kKinds)
    for (const Key key : info.keys)
      masks[static_cast<std::size_t>(info.kind)] |= std::uint64_t{1} << static_cast<unsigned>(key);
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
  return ((kAllowed[static_cast<std::size_t>(kind)] >> static_cast<unsigned>(key)) & 1U) != 0;
}

}  // namespace forensics::model
