#include "chats.hpp"

#include <optional>

#include "words.hpp"

namespace whatsapp_ios {
namespace {

constexpr char kRule[] = "whatsapp.ios.session";

std::string_view kind_of_jid(std::string_view jid) {
  if (jid == "status@broadcast") return "status";
  if (is_group(jid)) return "group";
  if (jid.ends_with("@broadcast")) return "broadcast";
  if (jid.ends_with("@newsletter")) return "channel";
  if (is_jid(jid)) return "individual";
  return {};
}

}  // namespace

Chats::Columns::Columns(const sqlite::Table* table)
    : view(table),
      rowid(view["Z_PK"]),
      jid(view["ZCONTACTJID"]),
      name(view["ZPARTNERNAME"]),
      type(view["ZSESSIONTYPE"]),
      removed(view["ZREMOVED"]),
      archived(view["ZARCHIVED"]),
      hidden(view["ZHIDDEN"]),
      group(view["ZGROUPINFO"]),
      identifier(view["ZCONTACTIDENTIFIER"]),
      last_text(view["ZLASTMESSAGETEXT"]),
      saved(view["ZSAVEDINPUT"]) {
  view.ignore({"Z_ENT", "Z_OPT", "ZSPOTLIGHTSTATUS", "ZPROPERTIES"});
}

Chats::Chats(sqlite::Fields& fields, People& people)
    : fields_(fields),
      people_(people),
      columns_(fields.db().table("ZWACHATSESSION")),
      groups_(fields.db().table("ZWAGROUPINFO")),
      group_created_(groups_["ZCREATIONDATE"]),
      group_creator_(groups_["ZCREATORJID"]) {
  groups_.ignore({"Z_ENT", "Z_OPT"});
  if (groups_.there()) group_rows_ = sqlite::Seeker(fields.db(), &groups_.table());
}

void Chats::read() {
  if (columns_.view.there()) {
    fields_.db().for_each_row(columns_.view.table(), [&](const sqlite::Row& row) {
      const sqlite::RowView view(columns_.view, row);
      Chat chat;
      chat.ref = ++count_;
      chat.rowid = row.rowid.value_or(0);
      chat.jid = view.text(columns_.jid, fields_.encoding());
      emit(columns_, view, chat.ref, nullptr);
      if (chats_.size() >= kMost) {
        limited_ = true;
        return true;
      }
      if (!chat.jid.empty()) by_jid_.try_emplace(chat.jid, chat.rowid);
      link_identities(columns_, view, chat.jid);
      if (kind_of_jid(chat.jid) == "individual")
        people_.of(chat.ref, {chat.jid, &view, columns_.jid, {}}, columns_.name);
      chats_.emplace(chat.rowid, std::move(chat));
      return true;
    });
  }
  leftover_groups();
}

void Chats::emit(const Columns& columns, const sqlite::RowView& row, std::int64_t ref,
                 const sqlite::Recovered* found) {
  fields_.start(FX_KIND_CONVERSATION, ref, row);
  fields_.word("platform", "whatsapp", "whatsapp.ios.database", row, -1);
  fields_.text("title", row, columns.name);
  fields_.text("source_id", row, columns.rowid);
  fields_.text("account", row, columns.jid);
  const std::string jid = row.text(columns.jid, fields_.encoding());
  const auto number = row.integer(columns.type);
  std::string_view kind = number ? kind_of_session(*number) : std::string_view();
  if (jid == "status@broadcast" || kind.empty()) kind = kind_of_jid(jid);
  if (!kind.empty()) fields_.word("type", kind, kRule, row, columns.type);
  fields_.extra(row, columns.type);
  if (row.is_set(columns.removed)) fields_.word("state", "removed", kRule, row, columns.removed);
  if (row.is_set(columns.archived)) fields_.extra("archived", row, columns.archived);
  if (row.is_set(columns.hidden)) fields_.extra("hidden", row, columns.hidden);
  fields_.extra("contact_identifier", row, columns.identifier);
  fields_.extra("last_message_text", row, columns.last_text);
  fields_.extra("unsent_draft", row, columns.saved);
  fields_.rest(row);
  if (found != nullptr) {
    fields_.recovered(*found);
  } else {
    group_info(columns, row);
  }
  fields_.emit();
}

// The group's own row says more about the same conversation.
void Chats::group_info(const Columns& columns, const sqlite::RowView& chat) {
  const auto rowid = chat.integer(columns.group);
  if (!rowid || !groups_.there()) return;
  const sqlite::Row* row = group_rows_.find(*rowid);
  if (row == nullptr) {
    fields_.extra(chat, columns.group);
    return;
  }
  joined_[*rowid] = true;
  const sqlite::RowView group(groups_, *row);
  fields_.time("created", group, group_created_, sqlite::Clock::cocoa);
  fields_.extra("creator", group, group_creator_);
  if (group.integer(groups_["ZCHATSESSION"]) == chat.row().rowid)
    fields_.told(group, groups_["ZCHATSESSION"]);
  fields_.rest(group);
  fields_.joined(group);
}

// Groups whose chat is gone.
void Chats::leftover_groups() {
  if (!groups_.there()) return;
  fields_.db().for_each_row(groups_.table(), [&](const sqlite::Row& row) {
    if (row.rowid && joined_.contains(*row.rowid)) return true;
    const sqlite::RowView group(groups_, row);
    fields_.start(FX_KIND_CONVERSATION, ++count_, group);
    fields_.word("platform", "whatsapp", "whatsapp.ios.database", group, -1);
    fields_.word("type", "group", "whatsapp.ios.table", group, -1);
    fields_.time("created", group, group_created_, sqlite::Clock::cocoa);
    fields_.extra("creator", group, group_creator_);
    fields_.extra_word("without", "the chat that this group belongs to is not in the database",
                       kRule, group, -1);
    fields_.rest(group);
    fields_.emit();
    return true;
  });
}

// A chat under a hidden identity that names the telephone number, or the other way round.
void Chats::link_identities(const Columns& columns, const sqlite::RowView& row,
                            const std::string& jid) {
  const std::string other = row.text(columns.identifier, fields_.encoding());
  const bool linked = (jid.ends_with("@lid") && !phone_of(other).empty()) ||
                      (other.ends_with("@lid") && !phone_of(jid).empty());
  if (!linked) return;
  const bool hidden = jid.ends_with("@lid");
  fields_.start(FX_KIND_IDENTITY, 0, row);
  fields_.word("platform", "whatsapp", "whatsapp.ios.database", row, -1);
  fields_.text("account", row, hidden ? columns.jid : columns.identifier);
  fields_.text("before", row, hidden ? columns.jid : columns.identifier);
  fields_.text("after", row, hidden ? columns.identifier : columns.jid);
  fields_.word("phone", fields_.keep(phone_of(hidden ? other : jid)), "whatsapp.jid", row,
               hidden ? columns.identifier : columns.jid);
  fields_.word("action", "lid", "whatsapp.ios.session", row, -1);
  fields_.emit();
}

Chat* Chats::find(std::int64_t rowid) {
  const auto found = chats_.find(rowid);
  return found == chats_.end() ? nullptr : &found->second;
}

Chat* Chats::find_jid(const std::string& jid) {
  const auto found = by_jid_.find(jid);
  return found == by_jid_.end() ? nullptr : find(found->second);
}

Chat& Chats::missing(std::optional<std::int64_t> rowid, const std::string& jid,
                     const sqlite::RowView& row) {
  std::string key;
  if (missing_.size() < kMost) {
    if (rowid) key = "#" + std::to_string(*rowid);
    if (!jid.empty()) key = jid;
  } else {
    limited_ = true;
  }
  const auto known = missing_.find(key);
  if (known != missing_.end()) return known->second;
  Chat chat;
  chat.ref = ++count_;
  chat.jid = jid;
  fields_.start(FX_KIND_CONVERSATION, chat.ref);
  fields_.word("platform", "whatsapp", "whatsapp.ios.database", row, -1);
  if (!jid.empty()) {
    fields_.word("account", fields_.keep(jid), kRule, row, -1);
    if (const std::string_view kind = kind_of_jid(jid); !kind.empty())
      fields_.word("type", kind, "whatsapp.jid", row, -1);
  }
  // A database of calls alone has no chats that could be missing.
  if (columns_.view.there()) {
    fields_.word("state", "missing", kRule, row, -1);
    fields_.extra_word("without", "the database has no such chat; what speaks of it is kept here",
                       kRule, row, -1);
  }
  if (rowid) fields_.extra_word("ZCHATSESSION", std::to_string(*rowid), kRule, row, -1);
  fields_.emit();
  return missing_.emplace(key, std::move(chat)).first->second;
}

void Chats::recovered(const sqlite::Recovered& found) {
  const Columns columns(found.table);
  emit(columns, sqlite::RowView(columns.view, *found.row), ++count_, &found);
}

}  // namespace whatsapp_ios
