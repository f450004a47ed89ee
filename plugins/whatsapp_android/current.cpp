#include "current.hpp"

#include "codes.hpp"

namespace whatsapp_android {
using sqlite::Clock;
using sqlite::Row;
using sqlite::RowView;

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
      flags(view["origination_flags"]),
      sort(view["sort_id"]) {
  view.ignore({"lookup_tables", "participant_hash"});
}

Current::Current(sqlite::Fields& fields, Chats& chats, BesideMessages& beside)
    : fields_(fields),
      chats_(chats),
      view_(fields.db().table("message")),
      at_(view_),
      rows_(fields.db(), view_.there() ? &view_.table() : nullptr),
      beside_(beside) {}

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

void Current::message(const RowView& row, std::int64_t number) {
  const Chat chat = chats_.by_row(row.integer(at_.chat).value_or(0), row, at_.chat);
  const std::int64_t id = row.row().rowid.value_or(0);
  const std::int64_t type = row.integer(at_.type).value_or(-1);
  const bool notice = message_code(type).type == "system";
  const std::int64_t sender = notice ? beside_.actor_of(chat, row, at_.from_me, at_.sender)
                                     : beside_.sender_of(chat, row, at_.from_me, at_.sender);

  // Whoever is named must have been emitted before the record that names them.
  BesideMessages::Named named_beside = beside_.resolve(chat, id);
  if (named_beside.deleted_by == 0 && type == 15) named_beside.deleted_by = sender;
  BesideMessages::Message about = {row, chat, id, number, type, at_.time, at_.text};

  fields_.start(FX_KIND_MESSAGE, number, row);
  fields_.ref("conversation", chat.number, row, at_.chat);
  if (sender != 0) fields_.ref("sender", sender, row, at_.sender);
  body(row, at_);
  fields_.word(
      "code",
      fields_.keep("message_type=" + digits_of(row.integer(at_.type)) + beside_.action_code(id)),
      "whatsapp.codes", row, at_.type);
  beside_.add(about, named_beside);
  fields_.emit();
  if (number != 0) beside_.hang(about);
}

// What stands in the row itself; also of recovered ones.
void Current::body(const RowView& row, const Columns& at) {
  const auto type = row.integer(at.type);
  const MessageCode code = message_code(type, row.value(at.text) != nullptr);
  const bool from_me = row.integer(at.from_me).value_or(0) == 1;
  fields_.word("type", code.type, type ? kTypeRule : kTypeGuess, row, type ? at.type : -1);
  if (!code.what.empty()) fields_.extra_word("kind", code.what, kTypeRule, row, at.type);
  if (!code.known) fields_.extra_word("unknown", "message_type", kTypeRule, row, at.type);
  if (code.type != "system" && (from_me || row.integer(at.from_me) == 0))
    fields_.word("direction", from_me ? "out" : "in", "whatsapp.from-me", row, at.from_me);
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
  if (code.type == "view_once") fields_.number("view_once", 1, kTypeRule, row, at.type);
  if (code.type == "deleted") fields_.number("deleted", 1, kTypeRule, row, at.type);
  // The order of display repeats the row's number, unless something was put between.
  if (row.integer(at.sort) == row.row().rowid) fields_.told(row, at.sort);
  fields_.rest(row);
}

bool Current::has(std::int64_t rowid, const std::string& key, std::int64_t timestamp) {
  const Row* found = rows_.find(rowid);
  if (found == nullptr) return false;
  const RowView row(view_, *found);
  return row.text(at_.key, fields_.encoding()) == key &&
         row.integer(at_.time).value_or(0) == timestamp;
}

}  // namespace whatsapp_android
