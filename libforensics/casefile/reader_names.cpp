#include <array>
#include <charconv>

#include "casefile/reader.hpp"

namespace forensics::casefile {
namespace {

struct TypeName {
  MessageType type;
  std::string_view name;
};

constexpr std::array<TypeName, 10> kTypes{{
    {MessageType::text, "text"},
    {MessageType::media, "media"},
    {MessageType::location, "location"},
    {MessageType::poll, "poll"},
    {MessageType::call, "call"},
    {MessageType::contact, "contact"},
    {MessageType::deleted, "deleted"},
    {MessageType::view_once, "view_once"},
    {MessageType::system, "system"},
    {MessageType::other, "other"},
}};

std::string numbered(char letter, std::int64_t number, std::size_t digits) {
  const std::string plain = std::to_string(number);
  std::string out(1, letter);
  if (plain.size() < digits) out.append(digits - plain.size(), '0');
  return out + plain;
}

// Reads `letter` (any case) and a positive number, and moves `text` behind both.
std::optional<std::int64_t> take_number(std::string_view& text, char letter) {
  if (text.empty() || (text.front() | 0x20) != (letter | 0x20)) return std::nullopt;
  std::int64_t number = 0;
  const char* begin = text.data() + 1;
  const char* end = text.data() + text.size();
  if (begin == end || *begin < '0' || *begin > '9') return std::nullopt;
  const auto [behind, error] = std::from_chars(begin, end, number);
  if (error != std::errc{} || number <= 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(behind - text.data()));
  return number;
}

}  // namespace

std::string shown_title(const Conversation& conversation) {
  if (conversation.title && !conversation.title->empty()) return *conversation.title;
  return conversation.others;
}

std::string_view name_of(ArtifactStatus status) {
  switch (status) {
    case ArtifactStatus::stored: return "stored";
    case ArtifactStatus::unpacking: return "unpacking";
    case ArtifactStatus::parsed: return "parsed";
    case ArtifactStatus::partial: return "partial";
    case ArtifactStatus::container: return "container";
    case ArtifactStatus::unrecognised: return "unrecognised";
    case ArtifactStatus::failed: return "failed";
    case ArtifactStatus::unreadable: return "unreadable";
    case ArtifactStatus::special: return "special";
    case ArtifactStatus::companion: return "companion";
  }
  return "unknown";
}

std::optional<ArtifactStatus> artifact_status(std::string_view name) {
  for (int status = 0; status <= static_cast<int>(ArtifactStatus::companion); ++status)
    if (name_of(static_cast<ArtifactStatus>(status)) == name)
      return static_cast<ArtifactStatus>(status);
  return std::nullopt;
}

std::string_view name_of(MessageType type) {
  for (const TypeName& entry : kTypes)
    if (entry.type == type) return entry.name;
  return "other";
}

std::optional<MessageType> message_type(std::string_view name) {
  for (const TypeName& entry : kTypes)
    if (entry.name == name) return entry.type;
  return std::nullopt;
}

std::string artifact_id(std::int64_t id) {
  return numbered('A', id, 6);
}

std::string conversation_id(std::int64_t id) {
  return numbered('C', id, 4);
}

std::string message_id(std::int64_t conversation, std::int64_t number) {
  return conversation_id(conversation) + '-' + numbered('M', number, 6);
}

std::optional<Citation> parse_citation(std::string_view text) {
  if (const auto id = take_number(text, 'A'))
    return text.empty() ? std::optional(Citation{Citation::What::artifact, *id, 0}) : std::nullopt;
  const auto conversation = take_number(text, 'C');
  if (!conversation) return std::nullopt;
  if (text.empty()) return Citation{Citation::What::conversation, *conversation, 0};
  if (text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto number = take_number(text, 'M');
  if (!number || !text.empty()) return std::nullopt;
  return Citation{Citation::What::message, *conversation, *number};
}

}  // namespace forensics::casefile
