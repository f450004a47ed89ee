#include "legacy.hpp"

#include "codes.hpp"
#include "jid.hpp"

namespace whatsapp_android {

using sqlite::Clock;
using sqlite::Row;
using sqlite::RowView;

namespace {

constexpr std::int64_t kSystem = 6;  // status of a notice
// Answers whose copies are known to be told; beyond it a copy is told again as a row of its own.
constexpr std::size_t kMostQuotes = std::size_t{1} << 20;

}  // namespace

Legacy::Columns::Columns(sqlite::TableView& view)
    : id(view["_id"]),
      chat(view["key_remote_jid"]),
      from_me(view["key_from_me"]),
      key(view["key_id"]),
      status(view["status"]),
      data(view["data"]),
      time(view["timestamp"]),
      received(view["received_timestamp"]),
      server(view["receipt_server_timestamp"]),
      delivered(view["receipt_device_timestamp"]),
      read(view["read_device_timestamp"]),
      played(view["played_device_timestamp"]),
      type(view["media_wa_type"]),
      size(view["media_size"]),
      caption(view["media_caption"]),
      author(view["remote_resource"]),
      starred(view["starred"]),
      forwarded(view["forwarded"]),
      quote(view["quoted_row_id"]),
      mentions(view["mentioned_jids"]) {
  view.ignore({"participant_hash", "lookup_tables", "needs_push"});
}

Legacy::Legacy(sqlite::Fields& fields, Chats& chats, People& people, BesideMessages& beside,
               std::int64_t first)
    : fields_(fields),
      chats_(chats),
      people_(people),
      beside_(beside),
      view_(fields.db().table("messages")),
      at_(view_),
      numbers_(first),
      media_(view_, true),
      place_(view_, true),
      quotes_(fields, "messages_quotes", "_id"),
      cards_(fields, "messages_vcards", "message_row_id"),
      receipts_(fields, "receipts"),
      thumbnails_(fields, "message_thumbnails") {}

void Legacy::emit_all(Current& current) {
  if (!view_.there()) return;
  fields_.db().for_each_row(view_.table(), [&](const Row& found) {
    const RowView row(view_, found);
    const std::string key = row.text(at_.key, fields_.encoding());
    if (key == "-1" && row.text(at_.chat, fields_.encoding()) == "-1") {
      fields_.skip(row, "whatsapp-placeholder", "a row that every new database begins with");
      return true;
    }
    if (current.there() && found.rowid &&
        current.has(*found.rowid, key, row.integer(at_.time).value_or(0))) {
      fields_.skip(row, "whatsapp-same-message",
                   "the same message, with the same id and time, stands in table message");
      return true;
    }
    message(row, at_, numbers_.add(found.rowid.value_or(0)), nullptr);
    return true;
  });
}

std::int64_t Legacy::sender_of(const Chat& chat, const RowView& row, int from_me, int author,
                               int remote) {
  if (row.integer(from_me).value_or(0) == 1) return people_.owner(chat.number, row, from_me);
  const std::string writer = row.text(author, fields_.encoding());
  if (is_person(writer)) return people_.by_text(chat.number, writer, row, author);
  const std::string other = row.text(remote, fields_.encoding());
  return is_person(other) ? people_.by_text(chat.number, other, row, remote) : 0;
}

void Legacy::message(const RowView& row, const Columns& at, std::int64_t number,
                     const sqlite::Recovered* found) {
  const Chat chat = chats_.by_text(row.text(at.chat, fields_.encoding()), row, at.chat);
  const bool notice = row.integer(at.status) == kSystem;
  // What the application notes counts as the phone's own message, whoever did it: only the column
  // for the author says who.
  const std::string author = row.text(at.author, fields_.encoding());
  const std::int64_t sender = !notice ? sender_of(chat, row, at.from_me, at.author, at.chat)
                              : is_person(author)
                                  ? people_.by_text(chat.number, author, row, at.author)
                                  : 0;
  const auto quote =
      row.is_set(at.quote) ? quotes_.find(row.integer(at.quote).value_or(0)) : std::nullopt;
  std::int64_t quoted_sender = 0;
  if (quote)
    quoted_sender = sender_of(chat, *quote, quotes_.view["key_from_me"],
                              quotes_.view["remote_resource"], quotes_.view["key_remote_jid"]);

  BesideMessages::Named named_beside;
  if (found == nullptr) named_beside = beside_.resolve(chat, row.row().rowid.value_or(0));
  if (named_beside.deleted_by == 0 && row.integer(at.type) == 15) named_beside.deleted_by = sender;
  fields_.start(FX_KIND_MESSAGE, number, row);
  if (found != nullptr) fields_.recovered(*found);
  fields_.ref("conversation", chat.number, row, at.chat);
  if (sender != 0) fields_.ref("sender", sender, row, at.author >= 0 ? at.author : at.chat);
  body(row, at, &row.view() == &view_);
  const std::int64_t id = row.row().rowid.value_or(0);
  if (found == nullptr) {
    const bool notice_row = row.integer(at.status) == kSystem;
    beside_.add({row, chat, id, number, row.integer(at.type).value_or(0), at.time, at.data,
                 notice_row, quote.has_value()},
                named_beside);
  }
  if (quote) {
    if (used_quotes_.size() < kMostQuotes) used_quotes_.insert(quote->row().rowid.value_or(0));
    sqlite::TableView& view = quotes_.view;
    fields_.text("reply_to", *quote, view["key_id"]);
    fields_.text("quoted", *quote, view["data"]);
    if (quoted_sender != 0) fields_.ref("quoted_sender", quoted_sender, *quote, -1);
    const int thread = view["key_remote_jid"];
    if (quote->text(thread, fields_.encoding()) == chat.jid) fields_.told(*quote, thread);
    fields_.rest(*quote);
  } else {
    fields_.extra(row, row.is_set(at.quote) ? at.quote : -1);
  }
  if (found == nullptr)
    thumbnails_.each(row.text(at.chat, fields_.encoding()), row.text(at.key, fields_.encoding()),
                     [&](const RowView& picture) { fields_.rest(picture); });
  fields_.emit();
  if (number != 0) hang(row, at, number, chat, found != nullptr);
}

void Legacy::body(const RowView& row, const Columns& at, bool own_view) {
  const bool notice = row.integer(at.status) == kSystem;
  const bool from_me = row.integer(at.from_me).value_or(0) == 1;
  const auto type = row.integer(at.type);
  const MessageCode code = message_code(type, row.value(at.data) != nullptr);
  std::string codes = "media_wa_type=" + digits_of(type);
  if (notice) {
    // A notice has its action where other rows have the size of a file.
    const std::int64_t action = row.integer(at.size).value_or(0);
    codes += ",status=6,media_size=" + std::to_string(action);
    fields_.word("type", "system", "whatsapp.legacy-status", row, at.status);
    if (const auto word = action_of(action); !word.empty())
      fields_.word("action", word, "whatsapp.legacy-action", row, at.size);
    else
      fields_.extra_word("unknown", "media_size of a notice", "whatsapp.legacy-action", row,
                         at.size);
  } else {
    fields_.word("type", code.type, type ? kTypeRule : kTypeGuess, row, type ? at.type : -1);
    if (!code.what.empty()) fields_.extra_word("kind", code.what, kTypeRule, row, at.type);
    if (!code.known) fields_.extra_word("unknown", "media_wa_type", kTypeRule, row, at.type);
    if (from_me || row.integer(at.from_me) == 0)
      fields_.word("direction", from_me ? "out" : "in", "whatsapp.from-me", row, at.from_me);
    if (code.type == "deleted") fields_.number("deleted", 1, kTypeRule, row, at.type);
    if (code.type == "view_once") fields_.number("view_once", 1, kTypeRule, row, at.type);
  }
  fields_.word("code", fields_.keep(codes), "whatsapp.codes", row, at.type);
  fields_.time("sent", row, at.time, Clock::unix_ms);
  fields_.time("received", row, at.received, Clock::unix_ms);
  fields_.time("server_time", row, at.server, Clock::unix_ms);
  if (!fields_.text("text", row, at.data)) fields_.text("text", row, at.caption);
  fields_.text("source_id", row, at.key);
  if (const auto status = row.integer(at.status); status && !notice) {
    if (const auto word = status_of(*status, from_me); !word.empty())
      fields_.word("state", word, "whatsapp.status", row, at.status);
    fields_.extra("status", row, at.status);
  }
  if (row.is_set(at.starred)) fields_.number("starred", row, at.starred);
  if (row.integer(at.forwarded).value_or(0) > 0) {
    fields_.number("forwarded", 1, "whatsapp.forwarded", row, at.forwarded);
    fields_.extra(row, at.forwarded);
  }
  fields_.extra(row, at.mentions);
  if (!is_person(row.text(at.author, fields_.encoding()))) fields_.extra(row, at.author);
  // Where no attachment will say it, the record itself does.
  if (own_view && !is_file(row, at)) media_.extras(fields_, row);
  fields_.rest(row);
}

bool Legacy::is_file(const RowView& row, const Columns& at) const {
  const MessageCode code = message_code(row.integer(at.type).value_or(0));
  return row.integer(at.status) != kSystem && code.type != "contact" && code.type != "location" &&
         media_.is_there(row);
}

void Legacy::hang(const RowView& row, const Columns& at, std::int64_t number, const Chat& chat,
                  bool recovered) {
  const std::int64_t type = row.integer(at.type).value_or(0);
  const MessageCode code = message_code(type);
  const bool notice = row.integer(at.status) == kSystem;
  if (!notice && code.type == "contact") {
    if (row.text(at.data, fields_.encoding()).starts_with("BEGIN:VCARD"))
      emit_card(fields_, number, row, at.data);
  }
  const std::int64_t id = row.row().rowid.value_or(0);
  BesideMessages::Hung beside;
  if (!recovered)
    beside = beside_.hang(
        {row, chat, id, number, type, at.time, code.type == "call" ? at.caption : at.data});
  if (!beside.file && &row.view() == &view_ && is_file(row, at))
    media_.emit(fields_, number, code.what, row);
  if (!beside.place && &row.view() == &view_ && place_.is_there(row))
    place_.emit(fields_, number, type == 16, row);
  const int card = cards_.view["vcard"];
  if (&row.view() == &view_)
    cards_.rows.each(id, [&](const RowView& each) { emit_card(fields_, number, each, card); });
  if (!recovered) receipts(row, at, number, chat);
  // What became of an own message at the other one.
  const auto stated = [&](int column) { return row.integer(column).value_or(0) > 0; };
  if (row.integer(at.from_me).value_or(0) != 1 ||
      !(stated(at.delivered) || stated(at.read) || stated(at.played)))
    return;
  const std::string other = row.text(at.chat, fields_.encoding());
  const std::int64_t who = is_person(other) ? people_.by_text(chat.number, other, row, at.chat) : 0;
  fields_.start(FX_KIND_RECEIPT, 0, row);
  fields_.ref("message", number, row, -1);
  if (who != 0) fields_.ref("participant", who, row, at.chat);
  if (stated(at.delivered)) fields_.time("delivered", row, at.delivered, Clock::unix_ms);
  if (stated(at.read)) fields_.time("read", row, at.read, Clock::unix_ms);
  if (stated(at.played)) fields_.time("played", row, at.played, Clock::unix_ms);
  fields_.emit();
}

// What became of it at each of the others.
void Legacy::receipts(const RowView& row, const Columns& at, std::int64_t number,
                      const Chat& chat) {
  sqlite::TableView& view = receipts_.view();
  const int resource = view["remote_resource"];
  const int delivered = view["receipt_device_timestamp"];
  const int read = view["read_device_timestamp"];
  const int played = view["played_device_timestamp"];
  receipts_.each(row.text(at.chat, fields_.encoding()), row.text(at.key, fields_.encoding()),
                 [&](const RowView& receipt) {
                   const std::string other = receipt.text(resource, fields_.encoding());
                   const std::int64_t who =
                       is_person(other) ? people_.by_text(chat.number, other, receipt, resource)
                                        : 0;
                   fields_.start(FX_KIND_RECEIPT, 0, receipt);
                   fields_.ref("message", number, receipt, -1);
                   if (who != 0) fields_.ref("participant", who, receipt, resource);
                   fields_.time("delivered", receipt, delivered, Clock::unix_ms);
                   fields_.time("read", receipt, read, Clock::unix_ms);
                   fields_.time("played", receipt, played, Clock::unix_ms);
                   fields_.rest(receipt);
                   fields_.emit();
                 });
}

// Rows of messages that are gone.
void Legacy::finish(ByKey& rows, std::int64_t& next) {
  rows.finish([&](const RowView& found) {
    sqlite::TableView all(&found.view().table());
    const RowView row(all, found.row());
    const int remote = all["key_remote_jid"];
    const Chat chat = chats_.by_text(row.text(remote, fields_.encoding()), row, remote);
    fields_.start(FX_KIND_MESSAGE, next++, row);
    fields_.ref("conversation", chat.number, row, remote);
    fields_.word("type", "other", "whatsapp.orphan", row, -1);
    fields_.extra_word("orphan", "the message of this row is gone", "whatsapp.orphan", row, -1);
    fields_.text("source_id", row, all["key_id"]);
    fields_.rest(row);
    fields_.emit();
  });
}

void Legacy::finish(std::int64_t& next) {
  finish(receipts_, next);
  finish(thumbnails_, next);
  if (cards_.view.there())
    fields_.db().for_each_row(cards_.view.table(), [&](const Row& found) {
      const RowView row(cards_.view, found);
      const std::int64_t owner = row.integer(cards_.view["message_row_id"]).value_or(0);
      if (numbers_.find(owner) != 0) {
        fields_.joined(row);
        return true;
      }
      const Chat chat = chats_.nowhere(row);
      fields_.start(FX_KIND_MESSAGE, next, row);
      fields_.ref("conversation", chat.number, row, -1);
      fields_.word("type", "contact", "whatsapp.orphan", row, -1);
      fields_.rest(row);
      fields_.emit();
      emit_card(fields_, next++, row, cards_.view["vcard"]);
      return true;
    });
  // The copy of what was answered outlives the answer too.
  if (!quotes_.view.there()) return;
  fields_.db().for_each_row(quotes_.view.table(), [&](const Row& found) {
    sqlite::TableView all(&quotes_.view.table());
    const RowView row(all, found);
    if (used_quotes_.contains(found.rowid.value_or(0))) {
      fields_.joined(row);
      return true;
    }
    const int remote = all["key_remote_jid"];
    const Chat chat = chats_.by_text(row.text(remote, fields_.encoding()), row, remote);
    const std::int64_t author =
        sender_of(chat, row, all["key_from_me"], all["remote_resource"], remote);
    fields_.start(FX_KIND_MESSAGE, next++, row);
    fields_.ref("conversation", chat.number, row, remote);
    if (author != 0) fields_.ref("quoted_sender", author, row, -1);
    fields_.word("type", "other", "whatsapp.quoted-copy", row, -1);
    fields_.extra_word("kind", "copy of a message that was answered", "whatsapp.quoted-copy", row,
                       -1);
    fields_.text("quoted", row, all["data"]);
    fields_.text("reply_to", row, all["key_id"]);
    fields_.time("sent", row, all["timestamp"], Clock::unix_ms);
    fields_.rest(row);
    fields_.emit();
    return true;
  });
}

}  // namespace whatsapp_android
