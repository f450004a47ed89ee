// Viber desktop: messages, and what hangs on them.

#include "desktop.hpp"
#include "text.hpp"

namespace viber {
namespace {

constexpr std::int64_t kEditHistory = 256;  // of ClientFlag

}  // namespace

void Desktop::event(const RowView& row, Found found) {
  const auto id = row.integer(events_.id);
  const sqlite::Row* beside = id ? message_by_event_.first(*id) : nullptr;
  // A deleted event whose number is in use again is not what the live message belongs to.
  if (beside == nullptr || found != nullptr) return message(row, nullptr, found);
  const RowView its(messages_.view, *beside);
  message(row, &its, nullptr);
  fields_.joined(its);
}

const char* Desktop::type_of(const RowView& event, const RowView* message, bool& known) const {
  known = true;
  if (event.integer(events_.type) == 1) return "call";
  const auto type = message == nullptr ? std::nullopt : message->integer(messages_.type);
  if (!type) return event.integer(events_.type) == 3 ? "system" : "other";
  switch (*type) {
    case 0: return "system";
    case 1:
    case 8:  // of businesses
    case 9: return "text";
    case 2:
    case 3:
    case 4:
    case 6:
    case 7:
    case 11: return "media";
    case 5: return "location";
    case 10: return "contact";
    case 15: return "system";
    case 72: return "deleted";
    default: known = false; return "other";
  }
}

void Desktop::message(const RowView& event, const RowView* message, Found found) {
  const auto& e = events_;
  // Old versions counted seconds: no message is of the first weeks of 1970.
  const auto counted = event.integer(e.time);
  const bool in_seconds = counted && *counted > 0 && *counted < 10'000'000'000;
  const auto sent = in_seconds ? std::optional(*counted * 1000) : counted;
  const bool lost = found != nullptr;
  const std::int64_t conversation = lost && records_.conversation(id_of(event.integer(e.chat))) == 0
                                        ? records_.shared_conversation(Records::kRecovered, event)
                                        : chat_of(event, e.chat);
  std::int64_t sender = participant(conversation, event.integer(e.contact), event, e.contact);
  const std::int64_t numbered =
      sender == 0 ? participant_by_number(conversation, event, e.number) : 0;
  if (event.integer(e.direction) == 0 && sender == 0) sender = numbered;
  if (sender == 0 && event.integer(e.direction) == 1)
    sender = records_.nameless_owner(conversation, event, e.direction);
  std::int64_t ref = lost ? 0 : numbers_.add(event.row().rowid.value_or(0));
  if (ref == 0) ref = records_.loose_message();

  records_.start(FX_KIND_MESSAGE, ref, event, found);
  fields_.ref("conversation", conversation, event, e.chat);
  if (sender != 0) fields_.ref("sender", sender, event, e.contact);
  if (numbered != 0 && numbered != sender) fields_.ref("participant", numbered, event, e.number);
  fields_.time("sent", event, e.time, in_seconds ? sqlite::Clock::unix_s : sqlite::Clock::unix_ms);
  bool known = true;
  const std::string_view type = type_of(event, message, known);
  const bool has_type = message != nullptr && message->value(messages_.type) != nullptr;
  records_.word("type", type, has_type ? *message : event, has_type ? messages_.type : e.type);
  if (has_type) {
    records_.code("Messages.Type", *message, messages_.type);
    if (!known) records_.unknown_code("Messages.Type", *message, messages_.type);
    if (event.is_set(e.type)) fields_.extra(event, e.type);
  } else {
    records_.code("Events.Type", event, e.type);
  }
  const auto direction = event.integer(e.direction);
  if (direction == 0 || direction == 1)
    records_.word("direction", direction == 1 ? "out" : "in", event, e.direction);
  else
    records_.unknown_code("Events.Direction", event, e.direction);
  records_.token(event, e.token, sent);
  fields_.extra(event, e.id);
  fields_.extra(event, e.number);
  fields_.rest(event);
  if (message == nullptr) {
    fields_.emit();
  } else {
    Info info(records_, *message, messages_.info);
    describe(*message, info);
    fields_.emit();
    attachments(ref, *message, info, nullptr);
    if (type == "contact") card(ref, *message, info, nullptr);
    reactions(ref, conversation, *message, nullptr);
  }
  records_.location(ref, type == "location" ? "shared" : "sender", event, e.latitude, e.longitude,
                    found);
  if (type == "call") call(ref, sender, event, message);
}

// A message whose event is gone: when and by whom is not known any more.
void Desktop::lone_message(const RowView& row, Found found) {
  const auto id = row.integer(messages_.id);
  const auto lost = id && found != nullptr ? lost_events_.find(*id) : lost_events_.end();
  const LostEvent* event = lost == lost_events_.end() ? nullptr : &lost->second;
  std::int64_t conversation = event == nullptr ? 0 : records_.conversation(id_of(event->chat));
  std::int64_t sender = 0;
  // An earlier version of a live message belongs where that one does.
  if (const sqlite::Row* live = id && found != nullptr ? event_by_id_.first(*id) : nullptr) {
    const RowView its(events_.view, *live);
    conversation = chat_of(its, events_.chat);
    sender = participant(conversation, its.integer(events_.contact), its, events_.contact);
  } else if (conversation == 0) {
    conversation = records_.shared_conversation(
        found != nullptr ? Records::kRecovered : Records::kNoChat, row);
  }
  if (event != nullptr && sender == 0)
    sender = participant(conversation, event->contact, row, messages_.id);
  const std::int64_t ref = records_.loose_message();
  records_.start(FX_KIND_MESSAGE, ref, row, found);
  fields_.ref("conversation", conversation, row, messages_.id);
  if (sender != 0) fields_.ref("sender", sender, row, messages_.id);
  bool known = true;
  const char* type = type_of(row, &row, known);
  records_.word("type", type, row, messages_.type);
  records_.code("Messages.Type", row, messages_.type);
  if (!known) records_.unknown_code("Messages.Type", row, messages_.type);
  if (event != nullptr) {
    constexpr const char* kRule = "viber.recovered-event";
    fields_.record()
        .time("sent", fx::instant(event->time), kRule, event->where)
        .derived("direction", event->direction == 1 ? "out" : "in", kRule, event->where);
    if (event->token != 0)
      fields_.record().derived("source_id", fields_.keep(std::to_string(event->token)), kRule,
                               event->where);
    if (const auto server = token_time(event->token))
      fields_.record().time("server_time", fx::instant(*server), "viber.token", event->where);
  }
  fields_.extra(row, messages_.id);
  Info info(records_, row, messages_.info);
  describe(row, info);
  fields_.emit();
  attachments(ref, row, info, found);
}

void Desktop::describe(const RowView& message, Info& info) {
  const auto& m = messages_;
  fields_.text("text", message, m.body);
  if (message.integer(m.type) == 72) fields_.number("deleted", 1, "viber.code", message, m.type);
  describe_message(info);
  // An edit is a row of its own that names the message it changed; that one has the last text.
  if ((message.integer(m.client_flag).value_or(0) & kEditHistory) != 0 && info.root()["edit"])
    fields_.word("action", "message-edit", "viber.code-of-one-source", message, m.client_flag);
  if (const json::Value edit = info.root()["desktop_info"]["edit_token"]) {
    info.flag("edited", edit);
    info.token_time("edited_at", info.take(info.root()["desktop_info"], "edit_token"));
  }
  if (message.is_set(m.client_flag)) fields_.extra(message, m.client_flag);
  const json::Value pin = info.root()["pin"];
  if (pin.kind == json::Kind::object) {
    fields_.word("action", "message-pin", "viber.json", message, m.info);
    if (!info.root()["quote"]) info.text("reply_to", info.take(pin, "token"));
  }
  info.rest("Messages.Info", "fileInfo");
  fields_.rest(message);
}

void Desktop::attachments(std::int64_t ref, const RowView& message, Info& info, Found found) {
  const auto& m = messages_;
  const json::Value file = info.root()["fileInfo"];
  const auto says = [&](int column) { return !message.text(column, fields_.encoding()).empty(); };
  const auto begin = [&] {
    records_.start(FX_KIND_ATTACHMENT, 0, message, found);
    fields_.ref("message", ref, message, m.id);
  };
  if (says(m.path) || says(m.voice) || message.is_set(m.sticker) || !file.empty()) {
    begin();
    fields_.text("path", message, m.path);
    switch (message.integer(m.type).value_or(-1)) {
      case 2: records_.word("type", "image", message, m.type); break;
      case 3: records_.word("type", "video", message, m.type); break;
      case 4: records_.word("type", "sticker", message, m.type); break;
      case 6: records_.word("type", "voice", message, m.type); break;
      case 7: records_.word("type", "instant-video", message, m.type); break;
      case 11: records_.word("type", "file", message, m.type); break;
      default: break;
    }
    if (message.is_set(m.sticker))
      fields_.text("source_id", message, m.sticker);
    else
      fields_.text("source_id", message, m.voice);
    if (message.is_set(m.duration)) {
      fields_.number("duration", *message.integer(m.duration) / 1000, "viber.milliseconds", message,
                     m.duration);
      fields_.extra(message, m.duration);
    }
    describe_file(info, file);
    info.rest_of(file, "Messages.Info.fileInfo");
    fields_.emit();
  }
  if (says(m.thumbnail)) {
    begin();
    fields_.text("path", message, m.thumbnail);
    fields_.word("type", "thumbnail", "viber.column", message, m.thumbnail);
    fields_.emit();
  }
}

void Desktop::card(std::int64_t ref, const RowView& message, Info& info, Found found) {
  records_.start(FX_KIND_CONTACT, 0, message, found);
  fields_.ref("message", ref, message, messages_.id);
  fields_.word("platform", "viber", "viber.database", message, -1);
  fields_.word("type", "card", "viber.code", message, messages_.type);
  const json::Value& root = info.root();
  info.text("name", info.take_any(root, {"ContactName", "DisplayName", "Name"}));
  info.text("phone", info.take_any(root, {"PhoneNumber", "ContactNumber", "Phone", "Number"}));
  info.text("account", info.take_any(root, {"ContactMemberID", "MemberID", "MID"}));
  fields_.emit();
}

void Desktop::reactions(std::int64_t ref, std::int64_t conversation, const RowView& message,
                        Found found) {
  const auto react = [&](int column, const char* who, std::int64_t sender, bool tally) {
    const std::string value = message.text(column, fields_.encoding());
    if (value.empty() || value == "0" || value == "{}" || value == "[]") return;
    records_.start(FX_KIND_REACTION, 0, message, found);
    fields_.ref("message", ref, message, messages_.id);
    if (sender != 0) fields_.ref("sender", sender, message, column);
    fields_.word("type", who, "viber.column", message, column);
    if (tally)
      fields_.extra(message, column);
    else
      fields_.text("emoji", message, column);
    fields_.emit();
  };
  const std::int64_t owner = message.value(messages_.reaction) == nullptr
                                 ? 0
                                 : participant(conversation, owner_, message, messages_.reaction);
  react(messages_.reaction, "own", owner, false);
  // Tallies of channels and communities: how often, not by whom.
  react(messages_.admins_reactions, "tally-of-admins", 0, true);
  react(messages_.members_reactions, "tally-of-members", 0, true);
}

void Desktop::call(std::int64_t ref, std::int64_t sender, const RowView& event,
                   const RowView* message) {
  records_.start(FX_KIND_CALL, 0, event);
  fields_.ref("message", ref, event, -1);
  if (sender != 0) fields_.ref("participant", sender, event, events_.contact);
  const auto direction = event.integer(events_.direction);
  if (&event.view() == &events_.view && (direction == 0 || direction == 1))
    records_.word("direction", direction == 1 ? "out" : "in", event, events_.direction);
  const auto id = event.integer(&event.view() == &events_.view ? events_.id : calls_.id);
  if (const sqlite::Row* found = id ? call_by_event_.first(*id) : nullptr) {
    const RowView row(calls_.view, *found);
    fields_.number("duration", row, calls_.duration);
    records_.code("Calls.Type", row, calls_.type);
    fields_.rest(row);
  } else if (message != nullptr && &message->view() == &messages_.view &&
             message->is_set(messages_.duration)) {
    fields_.extra(*message, messages_.duration);  // in which unit is not known for calls
  }
  fields_.emit();
}

void Desktop::like(const RowView& row) {
  const auto token = row.integer(likes_.token);
  const auto event = row.integer(likes_.event);
  const sqlite::Row* liked = token ? event_by_token_.first(*token) : nullptr;
  std::int64_t ref = liked == nullptr ? 0 : numbers_.find(liked->rowid.value_or(0));
  std::int64_t conversation =
      liked == nullptr ? 0 : chat_of(RowView(events_.view, *liked), events_.chat);
  if (ref == 0) {
    // The message is gone, the answer to it is not.
    ref = records_.loose_message();
    conversation = records_.shared_conversation(Records::kNoChat, row);
    records_.start(FX_KIND_MESSAGE, ref, row);
    fields_.ref("conversation", conversation, row, -1);
    fields_.word("type", "other", "viber.message-not-there", row, likes_.token);
    fields_.text("source_id", row, likes_.token);
    fields_.emit();
  }
  const sqlite::Row* answer = event ? event_by_id_.first(*event) : nullptr;
  std::int64_t sender = 0;
  if (answer != nullptr) {
    const RowView its(events_.view, *answer);
    sender = participant(conversation, its.integer(events_.contact), its, events_.contact);
    answer = event_by_id_.first(*event);
  }
  records_.start(FX_KIND_REACTION, 0, row);
  fields_.ref("message", ref, row, likes_.token);
  if (answer != nullptr) {
    const RowView its(events_.view, *answer);
    if (sender != 0) fields_.ref("sender", sender, its, events_.contact);
    fields_.time("sent", its, events_.time, sqlite::Clock::unix_ms);
    fields_.text("source_id", its, events_.token);
  }
  fields_.word("type", "like", "viber.table", row, -1);
  fields_.extra(row, likes_.event);
  fields_.rest(row);
  fields_.emit();
}

void Desktop::upload(const RowView& row) {
  const auto id = row.integer(upload_event_);
  const sqlite::Row* event = id ? event_by_id_.first(*id) : nullptr;
  std::int64_t ref = event == nullptr ? 0 : numbers_.find(event->rowid.value_or(0));
  if (ref == 0) {
    ref = records_.loose_message();
    const std::int64_t conversation = records_.shared_conversation(Records::kNoChat, row);
    records_.start(FX_KIND_MESSAGE, ref, row);
    fields_.ref("conversation", conversation, row, -1);
    fields_.word("type", "media", "viber.table", row, -1);
    fields_.emit();
  }
  records_.start(FX_KIND_ATTACHMENT, 0, row);
  fields_.ref("message", ref, row, upload_event_);
  fields_.word("type", "upload", "viber.table", row, -1);
  fields_.text("path", row, upload_path_);
  fields_.rest(row);
  fields_.emit();
}

// --- What was deleted ----------------------------------------------------------------------------

void Desktop::foresee(const sqlite::Recovered& found) {
  const sqlite::Row& row = *found.row;
  if (events_.view.there() && found.table == &events_.view.table()) {
    const RowView its(events_.view, row);
    const auto id = its.integer(events_.id);
    const auto time = its.integer(events_.time);
    if (!id || !plausible_time(time) || lost_events_.size() >= kMostLost) return;
    lost_events_.try_emplace(
        *id,
        LostEvent{*time, its.integer(events_.direction).value_or(0),
                  its.integer(events_.chat).value_or(0), its.integer(events_.contact).value_or(0),
                  its.integer(events_.token).value_or(0), fields_.span(its, events_.time)});
  } else if (messages_.view.there() && found.table == &messages_.view.table()) {
    const RowView its(messages_.view, row);
    const auto id = its.integer(messages_.id);
    if (id && plausible_message(its) && lost_messages_.size() < kMostLost)
      lost_messages_.insert(*id);
  }
}

bool Desktop::plausible_message(const RowView& row) const {
  const auto id = row.integer(messages_.id);
  const auto type = row.integer(messages_.type);
  return (!id || *id > 0) && type && *type >= 0 && *type < 256;
}

void Desktop::recover(const sqlite::Recovered& found) {
  const auto is = [&](const sqlite::TableView& view) {
    return view.there() && found.table == &view.table();
  };
  if (is(events_.view)) {
    const RowView row(events_.view, *found.row);
    const auto direction = row.integer(events_.direction);
    const auto id = row.integer(events_.id);
    const auto time = row.integer(events_.time);
    const bool in_seconds = time && *time > 0 && *time < 10'000'000'000;
    if (!plausible_time(in_seconds ? std::optional(*time * 1000) : time) || (id && *id <= 0) ||
        (direction && *direction != 0 && *direction != 1))
      return;
    // It is told in the record of the message that was recovered with it.
    if (id && lost_messages_.contains(*id) && lost_events_.contains(*id)) return;
    event(row, &found);
  } else if (is(messages_.view)) {
    const RowView row(messages_.view, *found.row);
    if (plausible_message(row)) lone_message(row, &found);
  } else if (is(contacts_.view)) {
    const RowView row(contacts_.view, *found.row);
    const std::string number = row.text(contacts_.number, fields_.encoding());
    if (!number.empty() && !is_phone(number)) return;
    if (number.empty() && row.text(contacts_.name, fields_.encoding()).empty()) return;
    contact(row, &found);
  } else if (is(chats_.view)) {
    chat(RowView(chats_.view, *found.row), &found);
  }
}

}  // namespace viber
