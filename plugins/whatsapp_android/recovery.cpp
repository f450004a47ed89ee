#include "recovery.hpp"

#include "codes.hpp"
#include "contacts.hpp"
#include "jid.hpp"

namespace whatsapp_android {
namespace {

using sqlite::Recovered;
using sqlite::RowView;
using sqlite::TableView;

// 2009, when the application began, to 2047.
constexpr std::int64_t kFirst = 1'230'768'000'000;
constexpr std::int64_t kLast = 2'429'913'600'000;

bool is_date(const RowView& row, int column) {
  const std::int64_t at = row.integer(column).value_or(0);
  return at >= kFirst && at <= kLast;
}

bool is_no_date_or_good(const RowView& row, int column) {
  const std::int64_t at = row.integer(column).value_or(0);
  return at <= 0 || is_date(row, column);
}

bool is_flag(const RowView& row, int column) {
  const auto flag = row.integer(column);
  return flag && (*flag == 0 || *flag == 1);
}

bool has_id(const RowView& row) {
  return !row.row().rowid || *row.row().rowid > 0;
}

bool is_key(const std::string& key) {
  return key.size() >= 3 && key.size() <= 128;
}

bool is_message(TableView& view, const RowView& row, sqlite::Encoding encoding) {
  return has_id(row) && row.integer(view["chat_row_id"]).value_or(0) > 0 &&
         is_flag(row, view["from_me"]) && is_key(row.text(view["key_id"], encoding)) &&
         is_date(row, view["timestamp"]) && is_no_date_or_good(row, view["received_timestamp"]);
}

bool is_legacy_message(TableView& view, const RowView& row, sqlite::Encoding encoding) {
  const std::string jid = row.text(view["key_remote_jid"], encoding);
  const std::int64_t status = row.integer(view["status"]).value_or(0);
  return has_id(row) && !thread_of(jid).empty() && is_flag(row, view["key_from_me"]) &&
         is_key(row.text(view["key_id"], encoding)) && status >= 0 && status <= 99 &&
         is_date(row, view["timestamp"]);
}

bool is_call(TableView& view, const RowView& row) {
  const std::int64_t duration = row.integer(view["duration"]).value_or(0);
  return has_id(row) && row.integer(view["jid_row_id"]).value_or(0) > 0 &&
         is_flag(row, view["from_me"]) && is_date(row, view["timestamp"]) && duration >= 0 &&
         duration < 1'000'000;
}

bool is_contact(TableView& view, const RowView& row, sqlite::Encoding encoding) {
  return has_id(row) && !thread_of(row.text(view["jid"], encoding)).empty();
}

void note_stop(sqlite::Fields& fields, const sqlite::CarveStats& stats) {
  const std::string said = "deleted rows: " + std::to_string(stats.reported) +
                           " found in all tables, " + std::to_string(stats.live_copies) +
                           " copies of live rows left out, " + std::to_string(stats.undecided) +
                           " undecided" + (stats.stopped ? "; stopped at the bound on work" : "");
  fields.host().note(FX_INFO, fx::span(0, 0), "recovery", said);
}

}  // namespace

void Recovery::emit_all(std::int64_t& next) {
  const auto stats = sqlite::carve(fields_.db(), {}, [&](const Recovered& found) {
    const std::string& name = found.table->name;
    TableView view(found.table);
    const RowView row(view, *found.row);
    if (name == "message") {
      if (is_message(view, row, fields_.encoding())) current_.emit_recovered(found, next);
    } else if (name == "messages") {
      if (is_legacy_message(view, row, fields_.encoding())) legacy_.emit_recovered(found, next);
    } else if (name == "call_log") {
      if (is_call(view, row)) calls_.emit_recovered(found, next);
    } else if (name == "chat") {
      if (has_id(row) && row.integer(view["jid_row_id"]).value_or(0) > 0 &&
          is_no_date_or_good(row, view["created_timestamp"]))
        chats_.emit_recovered(found);
    } else if (name == "jid") {
      const std::string jid = row.text(view["raw_string"], fields_.encoding());
      if (!has_id(row) || thread_of(jid).empty()) return true;
      fields_.start(FX_KIND_CONTACT, 0, row);
      fields_.recovered(found);
      fields_.word("platform", "whatsapp", "whatsapp.android", row, -1);
      fields_.word("type", "known-jid", "whatsapp.jid", row, -1);
      fields_.text("account", row, view["raw_string"]);
      if (const std::string phone = phone_of(jid); !phone.empty())
        fields_.word("phone", fields_.keep(phone), "whatsapp.jid", row, view["raw_string"]);
      view.ignore({"_id", "user", "server"});
      fields_.rest(row);
      fields_.emit();
    }
    return true;
  });
  note_stop(fields_, stats);
}

void emit_recovered_contacts(sqlite::Fields& fields) {
  const auto stats = sqlite::carve(fields.db(), {}, [&](const Recovered& found) {
    if (found.table->name != "wa_contacts") return true;
    TableView view(found.table);
    if (is_contact(view, RowView(view, *found.row), fields.encoding()))
      emit_contact(fields, view, *found.row, &found);
    return true;
  });
  note_stop(fields, stats);
}

// --- Rows as their readers tell them -------------------------------------------------------------

void Current::emit_recovered(const Recovered& found, std::int64_t& next) {
  TableView view(found.table);
  const Columns at(view);
  const RowView row(view, *found.row);
  const Chat chat = chats_.by_row(row.integer(at.chat).value_or(0), row, at.chat);
  const std::int64_t sender = beside_.sender_of(chat, row, at.from_me, at.sender);
  fields_.start(FX_KIND_MESSAGE, next++, row);
  fields_.recovered(found);
  fields_.ref("conversation", chat.number, row, at.chat);
  if (sender != 0) fields_.ref("sender", sender, row, at.sender);
  body(row, at);
  fields_.word("code", fields_.keep("message_type=" + digits_of(row.integer(at.type))),
               "whatsapp.codes", row, at.type);
  fields_.emit();
}

void Legacy::emit_recovered(const Recovered& found, std::int64_t& next) {
  TableView view(found.table);
  const Columns at(view);
  const RowView row(view, *found.row);
  message(row, at, next++, &found);
}

void Calls::emit_recovered(const Recovered& found, std::int64_t& next) {
  TableView view(found.table);
  const Columns at(view);
  call(RowView(view, *found.row), at, 0, next, &found);
}

void Chats::emit_recovered(const Recovered& found) {
  if (!view_.there() || found.table != &view_.table()) return;
  const RowView row(view_, *found.row);
  fields_.start(FX_KIND_CONVERSATION, next_++, row);
  fields_.recovered(found);
  describe(row, false);
  fields_.emit();
}

}  // namespace whatsapp_android
