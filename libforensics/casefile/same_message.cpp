#include "casefile/same_message.hpp"

#include <tuple>

namespace forensics::casefile {
namespace {

using model::Key;
using model::Record;

constexpr std::size_t kCandidates = 256;  // that are looked at for one message

std::string_view text_of(const Record& record, Key key) {
  const model::Field* field = record.find(key);
  return field != nullptr ? std::string_view(field->text) : std::string_view();
}

// Messages of that platform and id, with their records, in order of id; where `near` is given only
// those whose clock is at most three days from it, which is more than zones can be apart.
struct Found {
  Message message;
  Record record;
};
Result<std::vector<Found>> find(const Reader& reader, std::string_view platform,
                                std::string_view id,
                                std::optional<std::int64_t> near = std::nullopt) {
  constexpr std::int64_t kThreeDays = 3 * std::int64_t{86'400'000};
  std::vector<std::int64_t> rows;
  {
    Statement marked = TRY(reader.database().prepare(
        near ? "SELECT id FROM message WHERE mark = ?1 AND wall BETWEEN ?3 AND ?4 ORDER BY id "
               "LIMIT ?2"
             : "SELECT id FROM message WHERE mark = ?1 ORDER BY id LIMIT ?2"));
    marked.bind(1, message_mark(platform, id)).bind(2, static_cast<std::int64_t>(kCandidates));
    if (near) marked.bind(3, *near - kThreeDays).bind(4, *near + kThreeDays);
    while (TRY(marked.step())) rows.push_back(marked.integer(0));
  }
  std::vector<Found> out;
  for (const std::int64_t row : rows) {
    auto message = TRY(reader.message(row));
    if (!message || message->platform != platform) continue;
    Record record = TRY(Reader::record(*message));
    if (text_of(record, Key::source_id) != id) continue;
    out.push_back({std::move(*message), std::move(record)});
  }
  return out;
}

// Between which instants a message was sent, both inclusive, where that is known.
struct Instants {
  std::int64_t earliest = 0, latest = 0;
};
std::optional<Instants> instants_of(const Message& message) {
  if (!message.wall || !message.zone_offset) return std::nullopt;
  constexpr std::int64_t kHour = 3'600'000;
  const std::int64_t utc = *message.wall - std::int64_t{*message.zone_offset} * 1000;
  const bool is_open = message.basis == model::TimeBasis::standard_offset;
  return Instants{is_open ? utc - kHour : utc, utc};
}

// The instants are comparable only where both are known.
bool sent_differs(const Message& a, const Message& b) {
  if (!a.wall || !b.wall) return a.wall.has_value() != b.wall.has_value();
  const auto first = instants_of(a), second = instants_of(b);
  return first && second && (first->latest < second->earliest || second->latest < first->earliest);
}

// Where ids count the messages of one thread: whether these two, of one id, are one message. Their
// clocks must agree, to the day where one of them knows the day only, and so must their senders or
// the titles of their threads.
Result<bool> is_one_of_a_thread(const Reader& reader, const Message& a, const Message& b) {
  if (a.conversation == b.conversation || !a.wall || !b.wall) return false;
  const auto first = instants_of(a), second = instants_of(b);
  constexpr std::int64_t kDay = 86'400'000;
  const bool knows_days =
      a.precision == model::Precision::day || b.precision == model::Precision::day;
  const std::int64_t apart = *a.wall < *b.wall ? *b.wall - *a.wall : *a.wall - *b.wall;
  const bool agrees = first && second ? !sent_differs(a, b)
                      : knows_days    ? apart < 2 * kDay
                                      : apart == 0;
  if (!agrees) return false;
  if (a.sender_name && b.sender_name && *a.sender_name == *b.sender_name && !knows_days)
    return true;
  const auto one = TRY(reader.conversation(a.conversation));
  const auto other = TRY(reader.conversation(b.conversation));
  return one && other && one->title && other->title && *one->title == *other->title;
}

std::vector<std::string> differences(const Message& a, const Message& b) {
  std::vector<std::string> out;
  if (a.text.value_or("") != b.text.value_or("")) out.emplace_back("text");
  if (sent_differs(a, b)) out.emplace_back("sent");
  if (a.type != b.type) out.emplace_back("kind");
  for (const auto& [flag, name] : {std::pair{kEdited, "edited"}, std::pair{kDeleted, "deleted"},
                                   std::pair{kViewOnce, "view_once"}})
    if (((a.flags ^ b.flags) & flag) != 0) out.emplace_back(name);
  return out;
}

}  // namespace

// FNV-1a.
std::int64_t message_mark(std::string_view platform, std::string_view source_id) {
  std::uint64_t state = 0xcbf29ce484222325;
  const auto add = [&](char c) { state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3; };
  for (const char c : platform) add(c);
  add('\0');
  for (const char c : source_id) add(c);
  return static_cast<std::int64_t>(state);
}

bool ids_are_global(std::string_view platform) {
  return platform == "whatsapp" || platform == "viber";
}

bool ids_are_of_a_thread(std::string_view platform) {
  return platform == "telegram";
}

Result<std::vector<SameMessage>> same_messages(const Reader& reader, const Message& message,
                                               const Record& record) {
  std::vector<SameMessage> out;
  const std::string_view id = text_of(record, Key::source_id);
  const bool of_a_thread = ids_are_of_a_thread(message.platform);
  if (id.empty() || (!of_a_thread && !ids_are_global(message.platform))) return out;
  const auto near = of_a_thread ? std::optional(message.wall.value_or(0)) : std::nullopt;
  for (Found& each : TRY(find(reader, message.platform, id, near))) {
    if (each.message.id == message.id || out.size() >= SameMessage::kMost) continue;
    if (of_a_thread && !TRY(is_one_of_a_thread(reader, message, each.message))) continue;
    std::vector<std::string> differs = differences(message, each.message);
    out.push_back({std::move(each.message), std::move(differs)});
  }
  return out;
}

Result<std::optional<Message>> answered_message(const Reader& reader, const Message& message,
                                                const Record& record) {
  std::optional<Message> best;
  const std::string_view id = text_of(record, Key::reply_to);
  if (id.empty()) return best;
  const auto rank = [&](const Message& each) {
    return std::tuple(each.conversation != message.conversation, each.run != message.run,
                      (each.flags & kRecovered) != 0, each.id);
  };
  for (Found& each : TRY(find(reader, message.platform, id))) {
    if (each.message.id == message.id) continue;
    if (each.message.conversation != message.conversation && !ids_are_global(message.platform))
      continue;
    if (!best || rank(each.message) < rank(*best)) best = std::move(each.message);
  }
  return best;
}

}  // namespace forensics::casefile
