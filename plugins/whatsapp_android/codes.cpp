#include "codes.hpp"

#include <algorithm>
#include <iterator>

namespace whatsapp_android {
namespace {

struct Word {
  std::int64_t code;
  std::string_view word;
};

template <class Words>
std::string_view find(const Words& words, std::int64_t code) {
  const auto found = std::ranges::find(words, code, &Word::code);
  return found == std::end(words) ? std::string_view() : found->word;
}

struct TypeWord {
  std::int64_t code;
  std::string_view type;
  std::string_view what;
};

constexpr TypeWord kTypes[] = {
    {0, "text", ""},
    {1, "media", "image"},
    {2, "media", "audio"},
    {3, "media", "video"},
    {4, "contact", "card"},
    {5, "location", ""},
    {7, "system", ""},
    {8, "call", ""},
    {9, "media", "document"},
    {10, "call", "missed"},
    {11, "other", "not-decrypted"},
    {13, "media", "gif"},
    {14, "contact", "cards"},
    {15, "deleted", "revoked"},
    {16, "location", "live"},
    {20, "media", "sticker"},
    {23, "other", "product"},
    {24, "other", "group-invite"},
    {25, "media", "template-image"},
    {26, "media", "template-video"},
    {27, "text", "template"},
    {28, "media", "template-document"},
    {32, "other", "template-quote"},
    {36, "system", "disappearing-timer"},
    {42, "view_once", "image"},
    {43, "view_once", "video"},
    {44, "other", "order"},
    {45, "other", "business-element"},
    {46, "other", "business-element"},
    {49, "other", "list"},
    {55, "other", "business-element"},
    {56, "system", "disappearing-timer"},
    {57, "other", "business-element"},
    {64, "deleted", "deleted-by-admin"},
    {66, "poll", ""},
    {81, "media", "video-note"},
    {82, "view_once", "voice"},
    {88, "other", "ai-feedback"},
    {90, "call", ""},
    {92, "other", "event"},
    {94, "other", "channel-admin-invite"},
    {99, "media", "album"},
    {103, "other", "status-mention"},
    {106, "poll", ""},
    {112, "system", "advanced-privacy"},
};

constexpr Word kActions[] = {
    {1, "subject-changed"},
    {4, "member-added"},
    {5, "member-left"},
    {6, "icon-changed"},
    {7, "member-removed"},
    {10, "number-changed"},
    {11, "group-created"},
    {12, "member-added"},
    {13, "member-left"},
    {14, "member-removed"},
    {15, "admin-granted"},
    {16, "admin-revoked"},
    {18, "security-code-changed"},
    {19, "encryption-notice"},
    {20, "member-joined"},
    {21, "invite-link-reset"},
    {27, "description-changed"},
    {28, "number-changed"},
    {29, "settings-changed"},
    {30, "settings-changed"},
    {31, "settings-changed"},
    {32, "settings-changed"},
    {33, "settings-changed"},
    {46, "business-notice"},
    {47, "business-notice"},
    {50, "business-notice"},
    {52, "group-invite"},
    {56, "disappearing-timer"},
    {57, "device-changed"},
    {58, "blocked"},
    {59, "disappearing-timer"},
    {67, "encryption-notice"},
    {68, "disappearing-timer"},
    {70, "call"},
    {75, "community-notice"},
    {78, "community-notice"},
    {79, "community-notice"},
    {80, "community-notice"},
    {81, "community-notice"},
    {84, "membership-approval"},
    {85, "membership-approval"},
    {108, "community-notice"},
    {118, "message-pinned"},
};

constexpr Word kOwnStatus[] = {
    {0, "unsent"}, {4, "server"}, {5, "delivered"}, {6, "system"}, {8, "played"}, {13, "read"},
};
// What 0, 9, 10 and 17 say of a received message is not established: they stay numbers.
constexpr Word kOtherStatus[] = {{6, "system"}};

constexpr Word kCallResults[] = {
    {2, "missed"}, {3, "unavailable"}, {4, "rejected"}, {5, "answered"}, {8, "joined"},
};

constexpr Word kAddOns[] = {
    {56, "reaction"}, {67, "poll-vote"}, {68, "keep"}, {74, "edit"}, {79, "pin"}, {93, "event"},
};

constexpr Word kRanks[] = {{0, "member"}, {1, "admin"}, {2, "owner"}};

}  // namespace

MessageCode message_code(std::int64_t code) {
  const auto found = std::ranges::find(kTypes, code, &TypeWord::code);
  if (found == std::end(kTypes)) return {"other", "", false};
  return {found->type, found->what, true};
}

MessageCode message_code(std::optional<std::int64_t> code, bool has_text) {
  return code ? message_code(*code) : MessageCode{has_text ? "text" : "other", "", false};
}

std::string digits_of(std::optional<std::int64_t> code) {
  return code ? std::to_string(*code) : "NULL";
}

std::string_view action_of(std::int64_t code) {
  return find(kActions, code);
}
std::string_view status_of(std::int64_t code, bool from_me) {
  return from_me ? find(kOwnStatus, code) : find(kOtherStatus, code);
}
std::string_view call_result_of(std::int64_t code) {
  return find(kCallResults, code);
}
std::string_view add_on_of(std::int64_t code) {
  return find(kAddOns, code);
}
std::string_view rank_of(std::int64_t code) {
  return find(kRanks, code);
}

}  // namespace whatsapp_android
