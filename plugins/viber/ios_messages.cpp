// Viber for iOS: messages, calls, and what hangs on them.

#include "ios.hpp"

#include <cstdlib>

#include "text.hpp"

namespace viber {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const std::string_view each : words)
    if (same_word(word, each)) return true;
  return false;
}

bool begins(std::string_view word, std::string_view with) {
  return same_word(word.substr(0, with.size()), with);
}

// Kind of a message by its word of ZSYSTEMTYPE; empty where the word is not known.
std::string_view type_of(std::string_view system) {
  if (is_one_of(system, {"url", "formatted", "text"})) return "text";
  if (begins(system, "customLocation")) return "location";
  if (begins(system, "systemCallLog")) return "call";
  if (begins(system, "poll")) return "poll";
  if (begins(system, "system")) return "system";
  if (begins(system, "sharedContact") || begins(system, "contact")) return "contact";
  return {};
}

// Milliseconds since 1970 of a column that counts seconds since 2001.
std::optional<std::int64_t> milliseconds(const RowView& row, int column) {
  const auto seconds = row.real(column);
  if (!seconds || !(*seconds > 0) || *seconds > 1e10) return std::nullopt;
  return static_cast<std::int64_t>((*seconds + 978'307'200) * 1000);
}

}  // namespace

void Ios::message(const RowView& row, Found found) {
  const auto& m = messages_;
  const bool lost = found != nullptr;
  const std::int64_t conversation =
      lost && records_.conversation(id_of(row.integer(m.conversation))) == 0
          ? records_.shared_conversation(Records::kRecovered, row)
          : chat_of(row, m.conversation);
  const std::string state = row.text(m.state, fields_.encoding());
  const bool in = begins(state, "received");
  const bool out = is_one_of(state, {"send", "sent", "delivered", "seen", "pending", "sending"});
  const std::int64_t named = participant(conversation, row.integer(m.member), row, m.member);
  // Of what went out the column names whom it went to; what came in without an author, in a
  // conversation of two, came from the other one.
  std::int64_t sender = out ? records_.nameless_owner(conversation, row, m.state) : named;
  const auto other = interlocutors_.find(row.integer(m.conversation).value_or(0));
  const bool implied = in && named == 0 && other != interlocutors_.end();
  if (implied) sender = participant(conversation, other->second, row, m.conversation);
  std::int64_t ref = lost ? 0 : numbers_.add(row.row().rowid.value_or(0));
  if (ref == 0) ref = records_.loose_message();

  const std::string system = row.text(m.system, fields_.encoding());
  const auto attachment_id = row.integer(m.attachment);
  const auto location_id = row.integer(m.location);
  std::string_view type = type_of(system);
  const bool guessed = type.empty();
  if (guessed)
    type = attachment_id && *attachment_id > 0             ? "media"
           : !row.text(m.text, fields_.encoding()).empty() ? "text"
           : location_id && *location_id > 0               ? "location"
                                                           : "other";

  // Of the two times one is the message's and one that of its last change; readers disagree which.
  // The clock of the token decides where there is one.
  const auto token = row.integer(m.token);
  const auto server = token ? token_time(*token) : std::nullopt;
  const auto date = milliseconds(row, m.time);
  const auto state_date = milliseconds(row, m.state_time);
  const bool state_is_nearer =
      server && date && state_date && std::abs(*state_date - *server) < std::abs(*date - *server);
  const int said = state_is_nearer ? m.state_time : m.time;
  const int changed = state_is_nearer ? m.time : m.state_time;
  const auto sent = state_is_nearer ? state_date : date;

  Info info(records_, row, m.metadata);
  records_.start(FX_KIND_MESSAGE, ref, row, found);
  fields_.ref("conversation", conversation, row, m.conversation);
  if (sender != 0) fields_.ref("sender", sender, row, m.member);
  if (out && named != 0) fields_.ref("participant", named, row, m.member);
  if (implied)
    fields_.extra_word("sender", "the other one of a conversation of two", "viber.interlocutor",
                       row, m.conversation);
  fields_.time("sent", row, said, sqlite::Clock::cocoa);
  if (in) fields_.time("received", row, changed, sqlite::Clock::cocoa);
  if (state_is_nearer)
    fields_.extra_word("sent", "ZSTATEDATE, which is nearer to the clock of the token than ZDATE",
                       "viber.nearest-to-token", row, said);
  fields_.word("type", type, guessed ? "viber.content" : "viber.code", row,
               guessed ? -1 : m.system);
  records_.code("ZSYSTEMTYPE", row, m.system);
  if (guessed && !system.empty()) records_.unknown_code("ZSYSTEMTYPE", row, m.system);
  if (in || out) records_.word("direction", in ? "in" : "out", row, m.state);
  fields_.text("state", row, m.state);
  fields_.text("text", row, m.text);
  if (type == "system") fields_.text("action", row, m.system);
  records_.token(row, m.token, sent);
  records_.mark("deleted", row, m.being_deleted);
  if (row.is_set(m.timer)) fields_.number("timer", row, m.timer);
  describe_message(info);
  info.rest("ZMETADATA", "fileInfo");
  fields_.extra(row, m.id);
  fields_.rest(row);
  fields_.emit();

  attachment(ref, row, info, found);
  location(ref, row);
  if (out && is_one_of(state, {"delivered", "seen"}) && row.real(changed).value_or(0) > 0) {
    records_.start(FX_KIND_RECEIPT, 0, row, found);
    fields_.ref("message", ref, row, m.id);
    if (named != 0) fields_.ref("participant", named, row, m.member);
    fields_.time(same_word(state, "seen") ? "read" : "delivered", row, changed,
                 sqlite::Clock::cocoa);
    fields_.text("state", row, m.state);
    fields_.emit();
  }
}

void Ios::attachment(std::int64_t ref, const RowView& message, Info& info, Found found) {
  const auto id = message.integer(messages_.attachment);
  const json::Value file = info.root()["fileInfo"];
  const sqlite::Row* its = id ? attachment_by_id_.first(*id) : nullptr;
  if (its == nullptr && file.empty() && !(id && *id > 0)) return;
  if (its == nullptr) {
    records_.start(FX_KIND_ATTACHMENT, 0, message, found);
    fields_.ref("message", ref, message, messages_.id);
    fields_.extra(message, messages_.attachment);
    describe_file(info, file);
  } else {
    const auto& a = attachments_;
    const RowView row(a.view, *its);
    records_.start(FX_KIND_ATTACHMENT, 0, row);
    fields_.ref("message", ref, row, a.id);
    if (found != nullptr)
      fields_.extra_word("message", "a recovered one", "viber.recovered-message", row, -1);
    fields_.text("type", row, a.type);
    fields_.text("path", row, a.path);
    fields_.text("mime", row, a.mime);
    fields_.extra(row, a.duration);
    const bool named = fields_.text("name", row, a.name);
    const bool sized = fields_.number("bytes", row, a.size);
    fields_.text("source_id", row, a.id);
    fields_.rest(row);
    if (!named) info.text("name", info.take(file, "FileName"));
    if (!sized) info.number("bytes", info.take(file, "FileSize"));
  }
  info.rest_of(file, "ZMETADATA.fileInfo");
  fields_.emit();
}

void Ios::location(std::int64_t ref, const RowView& message) {
  const auto id = message.integer(messages_.location);
  const sqlite::Row* its = id ? location_by_id_.first(*id) : nullptr;
  if (its == nullptr) return;
  const auto& l = locations_;
  const RowView row(l.view, *its);
  records_.start(FX_KIND_LOCATION, 0, row);
  fields_.ref("message", ref, row, l.id);
  const bool shared = begins(message.text(messages_.system, fields_.encoding()), "customLocation");
  fields_.word("type", shared ? "shared" : "sender", "viber.location", row, -1);
  fields_.text("latitude", row, l.latitude);
  fields_.text("longitude", row, l.longitude);
  fields_.text("address", row, l.address);
  fields_.rest(row);
  fields_.emit();
}

std::int64_t Ios::party(std::int64_t conversation, const RowView& line) {
  const auto id = line.integer(lines_.phone);
  const std::string text = line.text(lines_.phone, fields_.encoding());
  // The column has a number, or points to the row of one.
  const sqlite::Row* number = id && !text.starts_with('+') ? phone_by_id_.first(*id) : nullptr;
  if (number == nullptr && !is_phone(text)) return 0;
  const auto [ref, is_new] = records_.person(conversation, "line " + text);
  if (!is_new) return ref;
  records_.begin_person(ref, conversation, line);
  if (number == nullptr) {
    fields_.text("phone", line, lines_.phone);
  } else {
    const RowView its(phones_.view, *number);
    fields_.text("phone", its, phones_.canonized) || fields_.text("phone", its, phones_.phone);
  }
  fields_.emit();
  return ref;
}

void Ios::recent(const RowView& row, Found found) {
  const auto& r = recents_;
  const auto line_id = row.integer(r.line);
  const auto message_id = row.integer(r.message);
  const sqlite::Row* bubble = message_id ? message_by_id_.first(*message_id) : nullptr;
  std::int64_t ref = bubble == nullptr ? 0 : numbers_.find(bubble->rowid.value_or(0));
  const sqlite::Row* found_line = line_id ? line_by_id_.first(*line_id) : nullptr;
  const sqlite::Row nothing;
  const RowView line(lines_.view, found_line == nullptr ? nothing : *found_line);

  // The word stands in one of two tables, as the version has it.
  const bool own = row.value(r.type) != nullptr;
  const RowView& teller = own ? row : line;
  const int type_column = own ? r.type : lines_.type;
  const std::string type = teller.text(type_column, fields_.encoding());
  const bool missed = begins(type, "missed");
  const bool out = begins(type, "outgoing");
  const bool in = missed || begins(type, "incoming");
  const bool video = type.find("video") != std::string::npos;

  std::int64_t person = 0;
  if (ref == 0) {
    const std::int64_t conversation = records_.shared_conversation(Records::kCalls, row);
    if (found_line != nullptr) person = party(conversation, line);
    const std::int64_t sender = in    ? person
                                : out ? records_.nameless_owner(conversation, teller, type_column)
                                      : 0;
    ref = records_.loose_message();
    records_.start(FX_KIND_MESSAGE, ref, row, found);
    fields_.ref("conversation", conversation, row, r.id);
    if (sender != 0) fields_.ref("sender", sender, row, r.line);
    fields_.word("type", "call", "viber.table", row, -1);
    fields_.time("sent", row, r.time, sqlite::Clock::cocoa) ||
        fields_.time("sent", line, lines_.time, sqlite::Clock::cocoa);
    if (in || out) records_.word("direction", in ? "in" : "out", teller, type_column);
    // A call whose bubble was deleted stays in the list of calls: an inference, not a record.
    if (r.message >= 0 && row.value(r.message) == nullptr)
      fields_.extra_word("bubble", "deleted from its conversation (inferred)",
                         "viber.call-without-bubble", row, r.message);
    fields_.emit();
  }
  records_.start(FX_KIND_CALL, 0, row, found);
  fields_.ref("message", ref, row, r.message);
  if (person != 0) fields_.ref("participant", person, row, r.line);
  if (missed) records_.word("state", "missed", teller, type_column);
  if (in || out) {
    records_.word("direction", in ? "in" : "out", teller, type_column);
    records_.word("type", video ? "video" : "audio", teller, type_column);
  }
  fields_.text("code", teller, type_column);
  fields_.number("duration", row, r.duration) || fields_.number("duration", line, lines_.duration);
  fields_.text("source_id", row, r.id);
  if (found_line != nullptr) {
    fields_.extra(line, lines_.phone);
    fields_.rest(line);
  }
  fields_.extra(row, r.line);
  fields_.extra(row, r.message);
  fields_.rest(row);
  fields_.emit();
}

}  // namespace viber
