#include "words.hpp"

#include <iterator>

namespace whatsapp_ios {
namespace {

struct Type {
  std::int64_t number;
  TypeWords words;
};
constexpr Type kTypes[] = {
    {0, {"text", "", ""}},
    {1, {"media", "image", ""}},
    {2, {"media", "video", ""}},
    {3, {"media", "audio", ""}},
    {4, {"contact", "", ""}},
    {5, {"location", "", ""}},
    {6, {"system", "", ""}},
    {7, {"text", "link", ""}},
    {8, {"media", "document", ""}},
    {10, {"system", "", ""}},
    {11, {"media", "gif", ""}},
    {12, {"other", "", "waiting-for-message"}},
    {14, {"deleted", "", ""}},
    {15, {"media", "sticker", ""}},
    {19, {"text", "", "business-template"}},
    {20, {"text", "", "business-template"}},
    {21, {"text", "", "business-template"}},
    {22, {"text", "", "business-template"}},
    {23, {"text", "", "business-template"}},
    {24, {"text", "", "business-template"}},
    {26, {"other", "product", "product-shared"}},
    {27, {"other", "", "group-invite"}},
    {28, {"system", "", "disappearing-timer"}},
    {30, {"text", "", "business-template"}},
    {32, {"text", "", "business-template"}},
    {38, {"view_once", "image", ""}},
    {39, {"view_once", "video", ""}},
    {41, {"text", "", "business-template"}},
    {42, {"text", "", "business-template"}},
    {46, {"poll", "", ""}},
    {53, {"view_once", "audio", ""}},
    {54, {"media", "video-note", ""}},
    {55, {"other", "", "channel"}},
    {58, {"text", "", "ai-message"}},
    {59, {"call", "", ""}},
    {62, {"other", "", "channel"}},
    {63, {"other", "", "event"}},
    {66, {"media", "", "album"}},
    {68, {"other", "", "status-mention"}},
    {73, {"system", "", "privacy-changed"}},
};

struct Word {
  std::int64_t number;
  std::string_view word;
};
constexpr Word kGroupEvents[] = {
    {1, "subject-changed"},     {2, "member-added"},         {3, "member-left"},
    {4, "icon-changed"},        {5, "icon-removed"},         {7, "member-removed"},
    {9, "number-changed"},      {10, "admin-granted"},       {11, "admin-revoked"},
    {12, "group-created"},      {15, "invite-link"},         {17, "description-changed"},
    {18, "settings-changed"},   {19, "settings-changed"},    {20, "settings-changed"},
    {21, "settings-changed"},   {22, "description-changed"}, {23, "group-invite"},
    {26, "disappearing-timer"}, {30, "community-notice"},    {31, "community-notice"},
    {33, "community-notice"},   {50, "member-added"},        {56, "subject-changed"},
    {61, "community-notice"},
};
constexpr Word kNotices[] = {
    {1, "missed-voice-call"},
    {2, "encryption-notice"},
    {3, "security-code-changed"},
    {4, "missed-video-call"},
    {5, "number-changed"},
    {6, "number-changed"},
    {21, "missed-voice-call"},
    {22, "missed-video-call"},
    {26, "business-notice"},
    {30, "business-notice"},
    {34, "blocked"},
    {35, "unblocked"},
    {36, "security-code-changed"},
    {40, "call"},
    {41, "call"},
    {45, "missed-voice-call"},
    {46, "missed-video-call"},
};
constexpr CallWords kMissedVoice{"voice", "missed"};
constexpr CallWords kMissedVideo{"video", "missed"};
constexpr CallWords kCall{"", ""};

template <class Table>
std::string_view find(const Table& table, std::int64_t number) {
  for (const Word& word : table)
    if (word.number == number) return word.word;
  return {};
}

}  // namespace

const TypeWords* words_of_type(std::int64_t type) {
  for (const Type& one : kTypes)
    if (one.number == type) return &one.words;
  return nullptr;
}

std::string_view action_of(std::int64_t type, std::int64_t event) {
  if (type == 6) return find(kGroupEvents, event);
  if (type == 10) return find(kNotices, event);
  return {};
}

const CallWords* call_of(std::int64_t event) {
  const std::string_view word = find(kNotices, event);
  if (word == "missed-voice-call") return &kMissedVoice;
  if (word == "missed-video-call") return &kMissedVideo;
  return word == "call" ? &kCall : nullptr;
}

std::string_view state_of_status(std::int64_t status) {
  static constexpr Word kStates[] = {{1, "sent"}, {6, "delivered"}, {8, "read"}, {9, "unsent"}};
  return find(kStates, status);
}

std::string_view state_of_outcome(std::int64_t outcome) {
  static constexpr Word kOutcomes[] = {{0, "ended"}, {1, "missed"}, {4, "rejected"}};
  return find(kOutcomes, outcome);
}

std::string_view kind_of_session(std::int64_t type) {
  static constexpr Word kKinds[] = {
      {0, "individual"}, {1, "group"}, {2, "broadcast"}, {3, "status"}, {4, "community"}};
  return find(kKinds, type);
}

}  // namespace whatsapp_ios
