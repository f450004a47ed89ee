#include "current.hpp"

#include <vector>

#include "codes.hpp"

namespace whatsapp_android {
namespace {

using sqlite::Clock;
using sqlite::Row;
using sqlite::RowView;

constexpr std::size_t kMostNamed = 1024;  // people that one message names

// Both stand in these databases; a count of seconds would be of 1970 if it were milliseconds.
Clock clock_of(const RowView& row, int column) {
  return row.integer(column).value_or(0) < 100'000'000'000 ? Clock::unix_s : Clock::unix_ms;
}

}  // namespace

Current::Columns::Columns(sqlite::TableView& view)
    : id(view["_id"]),
      chat(view["chat_row_id"]),
      from_me(view["from_me"]),
      key(view["key_id"]),
      sender(view["sender_jid_row_id"]),
      status(view["status"]),
      time(view["timestamp"]),
      received(view["received_timestamp"]),
      server(view["receipt_server_timestamp"]),
      type(view["message_type"]),
      text(view["text_data"]),
      starred(view["starred"]),
      flags(view["origination_flags"]) {
  view.ignore({"sort_id", "lookup_tables", "participant_hash"});
}

Current::Current(sqlite::Fields& fields, Chats& chats, People& people, Jids& jids)
    : fields_(fields),
      chats_(chats),
      people_(people),
      jids_(jids),
      view_(fields.db().table("message")),
      at_(view_),
      rows_(fields.db(), view_.there() ? &view_.table() : nullptr),
      quoted_(fields, "message_quoted", "message_row_id"),
      edit_(fields, "message_edit_info", "message_row_id"),
      revoked_(fields, "message_revoked", "message_row_id"),
      forwarded_(fields, "message_forwarded", "message_row_id"),
      ephemeral_(fields, "message_ephemeral", "message_row_id"),
      setting_(fields, "message_ephemeral_setting", "message_row_id"),
      view_once_(fields, "message_view_once_media", "message_row_id"),
      system_(fields, "message_system", "message_row_id"),
      link_(fields, "message_text", "message_row_id"),
      media_table_(fields, "message_media", "message_row_id"),
      place_table_(fields, "message_location", "message_row_id"),
      cards_(fields, "message_vcard", "message_row_id"),
      poll_(fields, "message_poll", "message_row_id"),
      options_(fields, "message_poll_option", "message_row_id"),
      change_(fields, "message_system_number_change", "message_row_id"),
      members_(fields, "message_system_chat_participant", "message_row_id"),
      mentions_(fields, "message_mentions", "message_row_id"),
      sides_(fields, "message_row_id",
             {"message_quoted",
              "message_edit_info",
              "message_revoked",
              "message_forwarded",
              "message_ephemeral",
              "message_ephemeral_setting",
              "message_view_once_media",
              "message_system",
              "message_text",
              "message_media",
              "message_location",
              "message_vcard",
              "message_poll",
              "message_poll_option",
              "message_system_number_change",
              "message_system_chat_participant",
              "message_mentions",
              "messages_vcards",
              "messages_vcards_jids",
              "receipt_user",
              "receipt_device",
              "missed_call_logs",
              "played_self_receipt",
              "message_call_log"}),
      media_(media_table_.view, false),
      place_(place_table_.view, false) {}

void Current::emit_all() {
  if (!view_.there()) return;
  fields_.db().for_each_row(view_.table(), [&](const Row& found) {
    const RowView row(view_, found);
    if (row.text(at_.key, fields_.encoding()) == "-1" && row.integer(at_.chat).value_or(-1) <= 0) {
      fields_.skip(row, "whatsapp-placeholder", "a row that every new database begins with");
      return true;
    }
    message(row, numbers_.add(found.rowid.value_or(0)));
    return true;
  });
}

std::int64_t Current::sender_of(const Chat& chat, const RowView& row, int from_me, int sender) {
  if (row.integer(from_me).value_or(0) == 1) return people_.owner(chat.number, row, from_me);
  if (const std::int64_t jid_row = row.integer(sender).value_or(0); jid_row > 0)
    return people_.by_row(chat.number, jid_row, row, sender);
  // 0 and -1: between two people it is the other one.
  if (chat.jid.ends_with("@g.us") || chat.jid.ends_with("@broadcast")) return 0;
  return people_.by_row(chat.number, chat.jid_row, row, sender);
}

void Current::message(const RowView& row, std::int64_t number) {
  const Chat chat = chats_.by_row(row.integer(at_.chat).value_or(0), row, at_.chat);
  const std::int64_t id = row.row().rowid.value_or(0);
  const std::int64_t type = row.integer(at_.type).value_or(0);
  const bool notice = message_code(type).type == "system";
  const bool named = row.integer(at_.sender).value_or(0) > 0 || row.is_set(at_.from_me);
  const std::int64_t sender = notice && !named ? 0 : sender_of(chat, row, at_.from_me, at_.sender);

  // Whoever is named must have been emitted before the record that names them.
  std::int64_t quoted_sender = 0;
  if (const auto quote = quoted_.find(id))
    quoted_sender =
        sender_of(chat, *quote, quoted_.view["from_me"], quoted_.view["sender_jid_row_id"]);
  std::int64_t deleted_by = 0;
  if (const auto revoked = revoked_.find(id)) {
    const int admin = revoked_.view["admin_jid_row_id"];
    deleted_by = people_.by_row(chat.number, revoked->integer(admin).value_or(0), *revoked, admin);
  }
  if (deleted_by == 0 && type == 15) deleted_by = sender;
  std::vector<std::int64_t> mentioned;
  mentions_.rows.each(id, [&](const RowView& mention) {
    const int jid = mentions_.view["jid_row_id"];
    const std::int64_t who =
        people_.by_row(chat.number, mention.integer(jid).value_or(0), mention, jid);
    if (who != 0 && mentioned.size() < kMostNamed) mentioned.push_back(who);
  });
  std::vector<std::int64_t> affected;
  members_.rows.each(id, [&](const RowView& member) {
    const int jid = members_.view["user_jid_row_id"];
    const std::int64_t who =
        people_.by_row(chat.number, member.integer(jid).value_or(0), member, jid);
    if (who != 0 && affected.size() < kMostNamed) affected.push_back(who);
  });

  fields_.start(FX_KIND_MESSAGE, number, row);
  fields_.ref("conversation", chat.number, row, at_.chat);
  if (sender != 0) fields_.ref("sender", sender, row, at_.sender);
  body(row, at_, type);
  add_system(id, type, row);
  add_quote(id, quoted_sender);
  add_marks(id, type, deleted_by);
  for (const std::int64_t who : mentioned) fields_.ref("mentions", who, row, -1);
  for (const std::int64_t who : affected) fields_.ref("participant", who, row, -1);
  sides_.add(id);
  fields_.emit();
  if (number != 0) hang(row, id, number, type, chat.number);
}

// What stands in the row itself; also of recovered ones.
void Current::body(const RowView& row, const Columns& at, std::int64_t type) {
  const MessageCode code = message_code(type);
  const bool from_me = row.integer(at.from_me).value_or(0) == 1;
  fields_.word("type", code.type, "whatsapp.message-type", row, at.type);
  if (!code.what.empty())
    fields_.extra_word("kind", code.what, "whatsapp.message-type", row, at.type);
  if (!code.known)
    fields_.extra_word("unknown", "message_type", "whatsapp.message-type", row, at.type);
  if (code.type != "system")
    fields_.word("direction", from_me ? "out" : "in", "whatsapp.from-me", row, at.from_me);
  if (row.integer(at.from_me).value_or(0) > 1) fields_.extra(row, at.from_me);
  fields_.time("sent", row, at.time, Clock::unix_ms);
  fields_.time("received", row, at.received, Clock::unix_ms);
  fields_.time("server_time", row, at.server, Clock::unix_ms);
  fields_.text("text", row, at.text);
  fields_.text("source_id", row, at.key);
  if (const auto status = row.integer(at.status)) {
    const std::string_view word = status_of(*status, from_me);
    if (!word.empty()) fields_.word("state", word, "whatsapp.status", row, at.status);
    if (word.empty() || *status != 0) fields_.extra("status", row, at.status);
  }
  if (row.is_set(at.starred)) fields_.number("starred", row, at.starred);
  if (const auto flags = row.integer(at.flags); flags && *flags != 0) {
    if ((*flags & 1) != 0)
      fields_.number("forwarded", 1, "whatsapp.origination-flags", row, at.flags);
    fields_.extra(row, at.flags);
  }
  if (code.type == "view_once")
    fields_.number("view_once", 1, "whatsapp.message-type", row, at.type);
  if (code.type == "deleted") fields_.number("deleted", 1, "whatsapp.message-type", row, at.type);
  fields_.rest(row);
}

void Current::add_system(std::int64_t id, std::int64_t type, const RowView& row) {
  std::string code = "message_type=" + std::to_string(type);
  const auto notice = system_.find(id);
  const int action_at = system_.view["action_type"];
  if (notice) {
    const std::int64_t action = notice->integer(action_at).value_or(0);
    code += ",action_type=" + std::to_string(action);
    const std::string_view word = action_of(action);
    if (!word.empty())
      fields_.word("action", word, "whatsapp.action-type", *notice, action_at);
    else
      fields_.extra_word("unknown", "action_type", "whatsapp.action-type", *notice, action_at);
    fields_.rest(*notice);
  }
  fields_.word("code", fields_.keep(code), "whatsapp.codes", row, at_.type);
}

void Current::add_quote(std::int64_t id, std::int64_t quoted_sender) {
  const auto quote = quoted_.find(id);
  if (!quote) return;
  sqlite::TableView& view = quoted_.view;
  fields_.text("reply_to", *quote, view["key_id"]);
  fields_.text("quoted", *quote, view["text_data"]);
  if (quoted_sender != 0)
    fields_.ref("quoted_sender", quoted_sender, *quote, view["sender_jid_row_id"]);
  fields_.extra("quoted.timestamp", *quote, view["timestamp"]);
  fields_.extra("quoted.message_type", *quote, view["message_type"]);
  fields_.extra("quoted.from_me", *quote, view["from_me"]);
  fields_.rest(*quote);
}

void Current::add_marks(std::int64_t id, std::int64_t type, std::int64_t deleted_by) {
  if (const auto edit = edit_.find(id)) {
    const int when = edit_.view["edited_timestamp"];
    fields_.number("edited", 1, "whatsapp.edit-info", *edit, -1);
    fields_.time("edited_at", *edit, when, clock_of(*edit, when));
    fields_.rest(*edit);
  }
  if (const auto revoked = revoked_.find(id)) {
    const int when = revoked_.view["revoke_timestamp"];
    if (message_code(type).type != "deleted")
      fields_.number("deleted", 1, "whatsapp.revoked", *revoked, -1);
    fields_.time("deleted_at", *revoked, when, clock_of(*revoked, when));
    fields_.rest(*revoked);
    if (deleted_by != 0)
      fields_.ref("deleted_by", deleted_by, *revoked, revoked_.view["admin_jid_row_id"]);
  } else if (deleted_by != 0) {
    fields_.record().ref("deleted_by", deleted_by, "whatsapp.revoked-by-sender", fx::span(0, 0));
  }
  if (const auto forward = forwarded_.find(id)) {
    fields_.number("forward_score", *forward, forwarded_.view["forward_score"]);
    fields_.rest(*forward);
  }
  if (const auto timer = ephemeral_.find(id)) {
    const int expires = ephemeral_.view["expire_timestamp"];
    fields_.number("timer", *timer, ephemeral_.view["duration"]);
    fields_.time("expires", *timer, expires, clock_of(*timer, expires));
    fields_.rest(*timer);
  } else if (const auto setting = setting_.find(id)) {
    fields_.number("timer", *setting, setting_.view["setting_duration"]);
    fields_.rest(*setting);
  }
  if (const auto once = view_once_.find(id)) {
    if (message_code(type).type != "view_once")
      fields_.number("view_once", 1, "whatsapp.view-once", *once, -1);
    fields_.extra("view_once.state", *once, view_once_.view["state"]);
    fields_.rest(*once);
  }
  if (const auto link = link_.find(id)) {
    fields_.text("url", *link, link_.view["url"]);
    fields_.rest(*link);
  }
}

void Current::hang(const RowView& row, std::int64_t id, std::int64_t number, std::int64_t type,
                   std::int64_t conversation) {
  if (const auto media = media_table_.find(id))
    media_.emit(fields_, number, message_code(type).what, *media);
  if (const auto place = place_table_.find(id)) place_.emit(fields_, number, type == 16, *place);
  const int card = cards_.view["vcard"];
  cards_.rows.each(id, [&](const RowView& each) { emit_card(fields_, number, each, card); });
  poll(row, id, number);
  number_change(id, number, row);
  // That somebody came or went is a statement about the membership, beside the notice itself.
  const auto notice = system_.find(id);
  if (!notice) return;
  const std::string_view action =
      action_of(notice->integer(system_.view["action_type"]).value_or(0));
  if (action != "member-added" && action != "member-left" && action != "member-removed" &&
      action != "member-joined")
    return;
  members_.rows.each(id, [&](const RowView& member) {
    const int jid = members_.view["user_jid_row_id"];
    const std::int64_t who =
        people_.by_row(conversation, member.integer(jid).value_or(0), member, jid);
    if (who == 0) return;
    const bool came = action == "member-added" || action == "member-joined";
    fields_.start(FX_KIND_MEMBERSHIP, 0, member);
    fields_.ref("conversation", conversation, row, at_.chat);
    fields_.ref("participant", who, member, jid);
    fields_.ref("message", number, row, -1);
    fields_.word("action", action, "whatsapp.action-type", member, -1);
    fields_.time(came ? "since" : "until", row, at_.time, Clock::unix_ms);
    fields_.emit();
  });
}

bool Current::hang_beside(std::int64_t id, std::int64_t number, std::string_view what) {
  const int card = cards_.view["vcard"];
  cards_.rows.each(id, [&](const RowView& each) { emit_card(fields_, number, each, card); });
  const auto media = media_table_.find(id);
  if (media) media_.emit(fields_, number, what, *media);
  return media.has_value();
}

void Current::poll(const RowView& row, std::int64_t id, std::int64_t number) {
  const auto poll = poll_.find(id);
  bool begun = false;
  const auto begin = [&](const RowView& on) {
    begun = true;
    fields_.start(FX_KIND_POLL, 0, on);
    fields_.ref("message", number, row, -1);
    fields_.text("question", row, at_.text);
  };
  if (poll) {
    begin(*poll);
    fields_.rest(*poll);
  }
  const int name = options_.view["option_name"];
  const int total = options_.view["vote_total"];
  std::size_t count = 0;
  options_.rows.each(id, [&](const RowView& option) {
    if (++count > kMostNamed) return;
    if (!begun) begin(option);
    if (!fields_.text("option", option, name)) return;
    fields_.number("votes", option, total);
  });
  if (begun) fields_.emit();
}

void Current::number_change(std::int64_t id, std::int64_t number, const RowView& row) {
  const auto change = change_.find(id);
  if (!change) return;
  const auto from = change->integer(change_.view["old_jid_row_id"]).value_or(0);
  const auto to = change->integer(change_.view["new_jid_row_id"]).value_or(0);
  fields_.start(FX_KIND_IDENTITY, 0, *change);
  fields_.ref("message", number, row, -1);
  fields_.word("platform", "whatsapp", "whatsapp.android", *change, -1);
  fields_.word("action", "number-changed", "whatsapp.number-change", *change, -1);
  jids_.put("before", nullptr, from);
  jids_.put("after", nullptr, to);
  fields_.extra("old_jid_row_id", *change, change_.view["old_jid_row_id"]);
  fields_.extra("new_jid_row_id", *change, change_.view["new_jid_row_id"]);
  fields_.time("sent", row, at_.time, Clock::unix_ms);
  fields_.rest(*change);
  fields_.emit();
}

bool Current::has(std::int64_t rowid, const std::string& key, std::int64_t timestamp) {
  const Row* found = rows_.find(rowid);
  if (found == nullptr) return false;
  const RowView row(view_, *found);
  return row.text(at_.key, fields_.encoding()) == key &&
         row.integer(at_.time).value_or(0) == timestamp;
}

void Current::finish(std::int64_t& next) {
  for (Beside* beside : {&quoted_, &edit_, &revoked_, &forwarded_, &ephemeral_, &setting_,
                         &view_once_, &system_, &link_, &media_table_, &place_table_, &cards_,
                         &poll_, &options_, &change_, &members_, &mentions_})
    finish(*beside, "message_row_id", next);
  sides_.finish([&](std::int64_t id) { return number_of(id) != 0; },
                [&](const RowView& row, int column) { orphan(row, column, next); });
}

void Current::finish(Beside& beside, std::string_view key, std::int64_t& next) {
  if (!beside.view.there()) return;
  const int column = beside.view[key];
  fields_.db().for_each_row(beside.view.table(), [&](const Row& found) {
    const RowView row(beside.view, found);
    if (number_of(row.integer(column).value_or(0)) != 0)
      fields_.joined(row);
    else
      orphan(row, column, next);
    return true;
  });
}

// A row of a message that is gone says what is left of it.
void Current::orphan(const RowView& row, int column, std::int64_t& next) {
  sqlite::TableView all(&row.view().table());
  const RowView whole(all, row.row());
  const int chat_at = all.any({"chat_row_id"});
  const std::int64_t chat_row = whole.integer(chat_at).value_or(0);
  const Chat chat = chat_row > 0 ? chats_.by_row(chat_row, whole, chat_at) : chats_.nowhere(whole);
  const std::int64_t number = next++;
  fields_.start(FX_KIND_MESSAGE, number, whole);
  fields_.ref("conversation", chat.number, whole, chat_at);
  fields_.word("type", "other", "whatsapp.orphan", whole, -1);
  fields_.extra_word("orphan", "the message of this row is gone", "whatsapp.orphan", whole, column);
  fields_.rest(whole);
  fields_.emit();
  if (&row.view() == &media_table_.view) media_.emit(fields_, number, {}, row);
  if (&row.view() == &place_table_.view) place_.emit(fields_, number, false, row);
}

}  // namespace whatsapp_android
