#include "beside_messages.hpp"

#include "codes.hpp"

namespace whatsapp_android {
namespace {

using sqlite::Clock;
using sqlite::Row;
using sqlite::RowView;

constexpr std::size_t kMostNamed = 1024;  // people, or options, that one message names

// Both stand in these databases; a count of seconds would be of 1970 if it were milliseconds.
Clock clock_of(const RowView& row, int column) {
  return row.integer(column).value_or(0) < 100'000'000'000 ? Clock::unix_s : Clock::unix_ms;
}

}  // namespace

BesideMessages::BesideMessages(sqlite::Fields& fields, Chats& chats, People& people, Jids& jids)
    : fields_(fields),
      chats_(chats),
      people_(people),
      jids_(jids),
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
      blocked_(fields, "message_system_block_contact", "message_row_id"),
      missed_(fields, "missed_call_logs", "message_row_id"),
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
              "message_system_block_contact",
              "messages_vcards",
              "messages_vcards_jids",
              "receipt_user",
              "receipt_device",
              "missed_call_logs",
              "played_self_receipt",
              "message_call_log"}),
      media_(media_table_.view, false),
      place_(place_table_.view, false) {}

std::int64_t BesideMessages::sender_of(const Chat& chat, const RowView& row, int from_me,
                                       int sender) {
  if (row.integer(from_me).value_or(0) == 1) return people_.owner(chat.number, row, from_me);
  if (const std::int64_t jid_row = row.integer(sender).value_or(0); jid_row > 0)
    return people_.by_row(chat.number, jid_row, row, sender);
  // 0 and -1: between two people it is the other one, where it came from somebody.
  if (row.integer(from_me) != 0) return 0;
  if (chat.jid.ends_with("@g.us") || chat.jid.ends_with("@broadcast")) return 0;
  return people_.by_row(chat.number, chat.jid_row, row, sender);
}

std::int64_t BesideMessages::actor_of(const Chat& chat, const RowView& row, int from_me,
                                      int sender) {
  if (const std::int64_t jid_row = row.integer(sender).value_or(0); jid_row > 0)
    return people_.by_row(chat.number, jid_row, row, sender);
  return row.is_set(from_me) ? people_.owner(chat.number, row, from_me) : 0;
}

BesideMessages::Named BesideMessages::resolve(const Chat& chat, std::int64_t id) {
  Named named;
  if (const auto quote = quoted_.find(id))
    named.quoted_sender =
        sender_of(chat, *quote, quoted_.view["from_me"], quoted_.view["sender_jid_row_id"]);
  if (const auto revoked = revoked_.find(id)) {
    const int admin = revoked_.view["admin_jid_row_id"];
    named.deleted_by =
        people_.by_row(chat.number, revoked->integer(admin).value_or(0), *revoked, admin);
  }
  const auto add_people = [&](Beside& from, const char* name, std::vector<std::int64_t>& to) {
    const int jid = from.view[name];
    from.rows.each(id, [&](const RowView& row) {
      const std::int64_t who = people_.by_row(chat.number, row.integer(jid).value_or(0), row, jid);
      if (who != 0 && to.size() < kMostNamed) to.push_back(who);
    });
  };
  add_people(mentions_, "jid_row_id", named.mentioned);
  add_people(members_, "user_jid_row_id", named.affected);
  return named;
}

std::string BesideMessages::action_code(std::int64_t id) {
  const auto notice = system_.find(id);
  if (!notice) return {};
  return ",action_type=" + std::to_string(notice->integer(system_.view["action_type"]).value_or(0));
}

void BesideMessages::add(const Message& message, const Named& named) {
  add_action(message);
  add_quote(message, named.quoted_sender);
  add_revocation(message, named.deleted_by);
  add_marks(message);
  for (const std::int64_t who : named.mentioned) fields_.ref("mentions", who, message.row, -1);
  for (const std::int64_t who : named.affected) fields_.ref("participant", who, message.row, -1);
  sides_.add(message.id);
}

void BesideMessages::add_action(const Message& message) {
  const auto notice = system_.find(message.id);
  if (!notice) return;
  const int column = system_.view["action_type"];
  std::string_view word = action_of(notice->integer(column).value_or(0));
  if (word == "blocked") {
    // One number for both: the row beside says which.
    const auto blocked = blocked_.find(message.id);
    const int is_blocked = blocked_.view["is_blocked"];
    if (blocked && blocked->integer(is_blocked) == 0) word = "unblocked";
    if (blocked) fields_.extra(*blocked, is_blocked);
  }
  if (message.has_action)
    fields_.extra(*notice, column);
  else if (!word.empty())
    fields_.word("action", word, "whatsapp.action-type", *notice, column);
  else
    fields_.extra_word("unknown", "action_type", "whatsapp.action-type", *notice, column);
  fields_.rest(*notice);
}

void BesideMessages::add_quote(const Message& message, std::int64_t quoted_sender) {
  const auto quote = quoted_.find(message.id);
  if (!quote) return;
  if (message.has_quote) {
    const sqlite::TableView all(&quoted_.view.table());
    return fields_.rest(RowView(all, quote->row()));
  }
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

void BesideMessages::add_revocation(const Message& message, std::int64_t deleted_by) {
  if (const auto revoked = revoked_.find(message.id)) {
    const int when = revoked_.view["revoke_timestamp"];
    if (message_code(message.type).type != "deleted")
      fields_.number("deleted", 1, "whatsapp.revoked", *revoked, -1);
    fields_.time("deleted_at", *revoked, when, clock_of(*revoked, when));
    fields_.rest(*revoked);
    if (deleted_by != 0)
      fields_.ref("deleted_by", deleted_by, *revoked, revoked_.view["admin_jid_row_id"]);
  } else if (deleted_by != 0) {
    fields_.record().ref("deleted_by", deleted_by, "whatsapp.revoked-by-sender", fx::span(0, 0));
  }
}

void BesideMessages::add_marks(const Message& message) {
  const std::int64_t id = message.id;
  if (const auto edit = edit_.find(id)) {
    const int when = edit_.view["edited_timestamp"];
    fields_.number("edited", 1, "whatsapp.edit-info", *edit, -1);
    fields_.time("edited_at", *edit, when, clock_of(*edit, when));
    fields_.rest(*edit);
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
    if (message_code(message.type).type != "view_once")
      fields_.number("view_once", 1, "whatsapp.view-once", *once, -1);
    fields_.extra("view_once.state", *once, view_once_.view["state"]);
    fields_.rest(*once);
  }
  if (const auto link = link_.find(id)) {
    fields_.text("url", *link, link_.view["url"]);
    fields_.rest(*link);
  }
}

BesideMessages::Hung BesideMessages::hang(const Message& message) {
  const std::int64_t id = message.id;
  const auto media = media_table_.find(id);
  if (media) media_.emit(fields_, message.number, message_code(message.type).what, *media);
  const auto place = place_table_.find(id);
  if (place) place_.emit(fields_, message.number, message.type == 16, *place);
  const int card = cards_.view["vcard"];
  cards_.rows.each(id,
                   [&](const RowView& each) { emit_card(fields_, message.number, each, card); });
  poll(message);
  number_change(message);
  membership(message);
  call(message);
  return {media.has_value(), place.has_value()};
}

void BesideMessages::poll(const Message& message) {
  const auto poll = poll_.find(message.id);
  bool begun = false;
  const auto begin = [&](const RowView& on) {
    begun = true;
    fields_.start(FX_KIND_POLL, 0, on);
    fields_.ref("message", message.number, message.row, -1);
    fields_.text("question", message.row, message.text);
  };
  if (poll) {
    begin(*poll);
    fields_.rest(*poll);
  }
  const int name = options_.view["option_name"];
  const int total = options_.view["vote_total"];
  std::size_t count = 0;
  options_.rows.each(message.id, [&](const RowView& option) {
    if (++count > kMostNamed) return;
    if (!begun) begin(option);
    if (!fields_.text("option", option, name)) return;
    fields_.number("votes", option, total);
  });
  if (begun) fields_.emit();
}

void BesideMessages::number_change(const Message& message) {
  const auto change = change_.find(message.id);
  if (!change) return;
  const auto from = change->integer(change_.view["old_jid_row_id"]).value_or(0);
  const auto to = change->integer(change_.view["new_jid_row_id"]).value_or(0);
  fields_.start(FX_KIND_IDENTITY, 0, *change);
  fields_.ref("message", message.number, message.row, -1);
  fields_.word("platform", "whatsapp", "whatsapp.android", *change, -1);
  fields_.word("action", "number-changed", "whatsapp.number-change", *change, -1);
  jids_.put("before", nullptr, from);
  jids_.put("after", nullptr, to);
  fields_.extra("old_jid_row_id", *change, change_.view["old_jid_row_id"]);
  fields_.extra("new_jid_row_id", *change, change_.view["new_jid_row_id"]);
  fields_.time("sent", message.row, message.time, Clock::unix_ms);
  fields_.rest(*change);
  fields_.emit();
}

// That somebody came or went is a statement about the membership, beside the notice itself.
void BesideMessages::membership(const Message& message) {
  const auto notice = system_.find(message.id);
  if (!notice) return;
  const std::string_view action =
      action_of(notice->integer(system_.view["action_type"]).value_or(0));
  if (action != "member-added" && action != "member-left" && action != "member-removed" &&
      action != "member-joined")
    return;
  members_.rows.each(message.id, [&](const RowView& member) {
    const int jid = members_.view["user_jid_row_id"];
    const std::int64_t who =
        people_.by_row(message.chat.number, member.integer(jid).value_or(0), member, jid);
    if (who == 0) return;
    const bool came = action == "member-added" || action == "member-joined";
    fields_.start(FX_KIND_MEMBERSHIP, 0, member);
    fields_.ref("conversation", message.chat.number, message.row, -1);
    fields_.ref("participant", who, member, jid);
    fields_.ref("message", message.number, message.row, -1);
    fields_.word("action", action, "whatsapp.action-type", member, -1);
    fields_.time(came ? "since" : "until", message.row, message.time, Clock::unix_ms);
    fields_.emit();
  });
}

// A call that the thread itself shows. The logs of calls are read apart.
void BesideMessages::call(const Message& message) {
  constexpr std::int64_t kCall = 8;
  constexpr std::int64_t kMissed = 10;
  if ((message.type != kCall && message.type != kMissed) || missed_.find(message.id)) return;
  const std::string kind = message.row.text(message.text, fields_.encoding());
  fields_.start(FX_KIND_CALL, 0, message.row);
  fields_.ref("message", message.number, message.row, -1);
  if (kind == "video" || kind == "audio")
    fields_.word("type", kind == "video" ? "video" : "voice", "whatsapp.call-caption", message.row,
                 message.text);
  if (message.type == kMissed)
    fields_.word("state", "missed", "whatsapp.message-type", message.row, -1);
  fields_.word("code", fields_.keep("message_type=" + std::to_string(message.type)),
               "whatsapp.codes", message.row, -1);
  fields_.emit();
}

void BesideMessages::finish(const std::function<bool(std::int64_t)>& is_known, std::int64_t& next) {
  for (Beside* beside : {&quoted_, &edit_, &revoked_, &forwarded_, &ephemeral_, &setting_,
                         &view_once_, &system_, &link_, &media_table_, &place_table_, &cards_,
                         &poll_, &options_, &change_, &members_, &mentions_, &blocked_}) {
    if (!beside->view.there()) continue;
    const int column = beside->view["message_row_id"];
    fields_.db().for_each_row(beside->view.table(), [&](const Row& found) {
      const RowView row(beside->view, found);
      if (is_known(row.integer(column).value_or(0)))
        fields_.joined(row);
      else
        orphan(row, column, next);
      return true;
    });
  }
  // What came for messages that the device never had.
  for (const char* name : {"message_orphaned_edit", "message_add_on_orphan", "receipt_orphaned"}) {
    const sqlite::TableView view(fields_.db().table(name));
    if (!view.there()) continue;
    fields_.db().for_each_row(view.table(), [&](const Row& found) {
      orphan(RowView(view, found), -1, next);
      return true;
    });
  }
  sides_.finish(is_known, [&](const RowView& row, int column) { orphan(row, column, next); });
}

// A row of a message that is gone says what is left of it.
void BesideMessages::orphan(const RowView& row, int column, std::int64_t& next) {
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
