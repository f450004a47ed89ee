#include "chats.hpp"

#include "jid.hpp"

namespace whatsapp_android {

using sqlite::Clock;
using sqlite::Row;
using sqlite::RowView;
using sqlite::TableView;

Chats::Chats(sqlite::Fields& fields, Jids& jids, AddressBook& book)
    : fields_(fields),
      jids_(jids),
      book_(book),
      view_(fields.db().table("chat")),
      legacy_(fields.db().table("chat_list")),
      deletions_(fields, "deleted_chat_job", "chat_row_id"),
      channels_(fields, "newsletter", "chat_row_id"),
      sides_(fields, "chat_row_id", {"newsletter"}, is_of_chats) {
  jid_ = view_["jid_row_id"];
  subject_ = view_["subject"];
  created_ = view_["created_timestamp"];
  timer_ = view_["ephemeral_expiration"];
  archived_ = view_["archived"];
  hidden_ = view_["hidden"];
  view_.ignore({"_id"});
  legacy_jid_ = legacy_["key_remote_jid"];
  legacy_subject_ = legacy_["subject"];
  legacy_created_ = legacy_.any({"creation", "creation_timestamp"});
  legacy_archived_ = legacy_["archived"];
  legacy_.ignore({"_id"});
}

void Chats::describe(const RowView& row, bool legacy, const std::optional<RowView>& channel) {
  const int named = legacy ? legacy_jid_ : jid_;
  const std::int64_t jid_row = legacy ? jids_.find(row.text(legacy_jid_, fields_.encoding()))
                                      : row.integer(jid_).value_or(0);
  const std::int64_t resolved = jids_.resolved(jid_row);
  const std::string jid = legacy ? row.text(legacy_jid_, fields_.encoding()) : jids_.text(resolved);
  fields_.word("platform", "whatsapp", "whatsapp.android", row, -1);
  bool titled = fields_.text("title", row, legacy ? legacy_subject_ : subject_);
  if (!titled && channel) titled = fields_.text("title", *channel, channels_.view["name"]);
  if (!titled) book_.name(fields_, "title", jid);
  if (!legacy && row.row().rowid)
    fields_.extra_word("chat_row_id", fields_.keep(std::to_string(*row.row().rowid)),
                       "sqlite.column", row, -1);
  if (legacy)
    fields_.text("account", row, legacy_jid_);
  else if (!jid.empty())
    jids_.put("account", nullptr, resolved);
  else
    fields_.extra(row, jid_);
  if (resolved != jid_row && !legacy)
    fields_.extra_word("lid", fields_.keep(jids_.text(jid_row)), "whatsapp.jid-map", row, jid_);
  if (const auto type = thread_of(jid); !type.empty())
    fields_.word("type", type, "whatsapp.jid", row, named);
  fields_.time("created", row, legacy ? legacy_created_ : created_, Clock::unix_ms);
  if (row.is_set(timer_) && !legacy) fields_.number("timer", row, timer_);
  const int archived = legacy ? legacy_archived_ : archived_;
  if (row.is_set(archived)) {
    fields_.word("state", "archived", "whatsapp.chat-state", row, archived);
    if (!legacy && row.is_set(hidden_)) fields_.extra(row, hidden_);
  } else if (!legacy && row.is_set(hidden_)) {
    fields_.word("state", "hidden", "whatsapp.chat-state", row, hidden_);
  }
  fields_.rest(row);
}

void Chats::emit_all() {
  if (view_.there())
    fields_.db().for_each_row(view_.table(), [&](const Row& found) {
      const RowView row(view_, found);
      Chat chat;
      chat.number = next_++;
      chat.jid_row = jids_.resolved(row.integer(jid_).value_or(0));
      chat.jid = jids_.text(chat.jid_row);
      fields_.start(FX_KIND_CONVERSATION, chat.number, row);
      const auto channel = channels_.find(found.rowid.value_or(0));
      describe(row, false, channel);
      if (channel) fields_.rest(*channel);
      sides_.add(found.rowid.value_or(0));
      // A chat that the owner had told the application to delete.
      deletions_.rows.each(found.rowid.value_or(0), [&](const RowView& job) {
        fields_.extra_word("being_deleted", "yes", "whatsapp.deleted-chat-job", job, -1);
        fields_.rest(job);
      });
      fields_.emit();
      jids_.mark(chat.jid_row);
      jids_.mark(row.integer(jid_).value_or(0));
      remember(std::move(chat), found.rowid.value_or(0));
      return true;
    });
  if (legacy_.there())
    fields_.db().for_each_row(legacy_.table(), [&](const Row& found) {
      const RowView row(legacy_, found);
      Chat chat;
      chat.jid = row.text(legacy_jid_, fields_.encoding());
      const auto known = by_text_.find(chat.jid);
      if (known != by_text_.end()) {
        fields_.joined(row);
        return true;
      }
      chat.number = next_++;
      chat.jid_row = jids_.find(chat.jid);
      fields_.start(FX_KIND_CONVERSATION, chat.number, row);
      describe(row, true);
      fields_.emit();
      remember(std::move(chat), 0);
      return true;
    });
}

void Chats::emit_orphan(const RowView& row, int chat, std::string_view state) {
  const bool deleted = state == "deleted";
  fields_.start(FX_KIND_CONVERSATION, next_++, row);
  fields_.word("platform", "whatsapp", "whatsapp.android", row, -1);
  fields_.word("state", state, deleted ? "whatsapp.deleted-chat-job" : "whatsapp.missing-chat", row,
               -1);
  fields_.extra(row, chat);
  fields_.rest(row);
  fields_.emit();
}

void Chats::finish() {
  const auto is_known = [&](std::int64_t chat) { return rows_.contains(chat); };
  for (Beside* beside : {&deletions_, &channels_}) {
    if (!beside->view.there()) continue;
    const int chat = beside->view["chat_row_id"];
    fields_.db().for_each_row(beside->view.table(), [&](const Row& found) {
      const RowView row(beside->view, found);
      if (is_known(row.integer(chat).value_or(0)))
        fields_.joined(row);
      else
        emit_orphan(row, chat, beside == &deletions_ ? "deleted" : "no row of its own");
      return true;
    });
  }
  sides_.finish(is_known,
                [&](const RowView& row, int chat) { emit_orphan(row, chat, "no row of its own"); });
}

const Chat& Chats::remember(Chat chat, std::int64_t chat_row) {
  if (rows_.size() + by_text_.size() >= kMost) return last_ = std::move(chat);
  if (chat_row != 0) rows_.try_emplace(chat_row, chat);
  if (chat.jid.empty()) return chat_row != 0 ? rows_[chat_row] : last_ = std::move(chat);
  return by_text_.try_emplace(chat.jid, chat).first->second;
}

Chat Chats::begin_unknown(const RowView& row) {
  Chat chat;
  chat.number = next_++;
  fields_.start(FX_KIND_CONVERSATION, chat.number);
  fields_.word("platform", "whatsapp", "whatsapp.android", row, -1);
  fields_.word("state", "no row of its own", "whatsapp.missing-chat", row, -1);
  return chat;
}

const Chat& Chats::by_row(std::int64_t chat_row, const RowView& row, int column) {
  if (const auto found = rows_.find(chat_row); found != rows_.end()) return found->second;
  if (chat_row <= 0) return nowhere(row);
  Chat chat = begin_unknown(row);
  fields_.extra("chat_row_id", row, column);
  fields_.emit();
  return remember(std::move(chat), chat_row);
}

const Chat& Chats::by_jid_row(std::int64_t jid_row, const RowView& row, int column) {
  const std::int64_t resolved = jids_.resolved(jid_row);
  std::string jid = jids_.text(resolved);
  if (jid_row <= 0) return nowhere(row);
  const std::string key = jid.empty() ? "#" + std::to_string(jid_row) : jid;
  if (const auto found = by_text_.find(key); found != by_text_.end()) return found->second;
  Chat chat = begin_unknown(row);
  chat.jid = key;
  chat.jid_row = resolved;
  if (jid.empty()) {
    fields_.extra("jid_row_id", row, column);
  } else {
    book_.name(fields_, "title", jid);
    jids_.put("account", nullptr, resolved);
    if (const auto type = thread_of(jid); !type.empty())
      fields_.word("type", type, "whatsapp.jid", row, column);
  }
  fields_.emit();
  jids_.mark(resolved);
  jids_.mark(jid_row);
  return remember(std::move(chat), 0);
}

const Chat& Chats::by_text(const std::string& jid, const RowView& row, int column) {
  if (jid.empty()) return nowhere(row);
  if (const auto found = by_text_.find(jid); found != by_text_.end()) return found->second;
  if (const std::int64_t jid_row = jids_.find(jid); jid_row != 0)
    return by_jid_row(jid_row, row, column);
  Chat chat = begin_unknown(row);
  chat.jid = jid;
  book_.name(fields_, "title", jid);
  if (!fields_.text("account", row, column))
    fields_.word("account", fields_.keep(jid), "whatsapp.jid", row, column);
  if (const auto type = thread_of(jid); !type.empty())
    fields_.word("type", type, "whatsapp.jid", row, column);
  fields_.emit();
  return remember(std::move(chat), 0);
}

const Chat& Chats::nowhere(const RowView& row) {
  if (nowhere_.number != 0) return nowhere_;
  nowhere_ = begin_unknown(row);
  fields_.word("title", "rows that name no chat", "whatsapp.missing-chat", row, -1);
  fields_.emit();
  return nowhere_;
}

}  // namespace whatsapp_android
