#include "members.hpp"

#include <optional>

namespace whatsapp_ios {

Members::Members(sqlite::Fields& fields, People& people, Chats& chats)
    : fields_(fields),
      people_(people),
      chats_(chats),
      view_(fields.db().table("ZWAGROUPMEMBER")),
      changes_(fields.db().table("ZWAGROUPMEMBERSCHANGE")) {}

void Members::read() {
  if (!view_.there()) return;
  const int jid = view_["ZMEMBERJID"];
  const int name = view_["ZCONTACTNAME"];
  const int first = view_["ZFIRSTNAME"];
  const int admin = view_["ZISADMIN"];
  const int active = view_["ZISACTIVE"];
  const int chat = view_["ZCHATSESSION"];
  const int recent = view_["ZRECENTGROUPCHAT"];
  view_.ignore({"Z_PK", "Z_ENT", "Z_OPT", "ZSENDERKEYSENT"});
  fields_.db().for_each_row(view_.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView member(view_, row);
    const auto number =
        member.value(chat) != nullptr ? member.integer(chat) : member.integer(recent);
    Chat* known = number ? chats_.find(*number) : nullptr;
    if (known == nullptr) known = &chats_.missing(number, "", member);
    const std::string identity = member.text(jid, fields_.encoding());
    const int named = member.text(name, fields_.encoding()).empty() ? first : name;
    const std::int64_t who = people_.of(known->ref, {identity, &member, jid, {}}, named);
    if (participants_.size() >= kMost)
      limited_ = true;
    else if (row.rowid)
      participants_.emplace(*row.rowid, who);
    if (who == 0) {
      fields_.skip(member, "too-many-participants", "beyond the limit of the plugin");
      return true;
    }
    fields_.start(FX_KIND_MEMBERSHIP, 0, member);
    fields_.ref("conversation", known->ref, member, chat);
    fields_.ref("participant", who, member, jid);
    if (member.value(admin) != nullptr)
      fields_.word("role", member.is_set(admin) ? "admin" : "member", "whatsapp.ios.member", member,
                   admin);
    if (member.value(active) != nullptr)
      fields_.word("state", member.is_set(active) ? "current" : "former", "whatsapp.ios.member",
                   member, active);
    if (named == name && !member.text(first, fields_.encoding()).empty())
      fields_.extra("first_name", member, first);
    if (member.value(chat) != nullptr) fields_.extra(member, recent);
    fields_.rest(member);
    fields_.emit();
    return true;
  });
}

std::int64_t Members::find(std::int64_t rowid) const {
  const auto found = participants_.find(rowid);
  return found == participants_.end() ? 0 : found->second;
}

void Members::read_changes(std::int64_t& messages) {
  if (!changes_.there()) return;
  const int type = changes_["ZCHANGETYPE"];
  const int date = changes_["ZCHANGEDATE"];
  const int group = changes_["ZGROUPJID"];
  const int who = changes_["ZMEMBERJIDS"];
  changes_.ignore({"Z_PK", "Z_ENT", "Z_OPT"});
  fields_.db().for_each_row(changes_.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView change(changes_, row);
    const std::string jid = change.text(group, fields_.encoding());
    Chat* chat = chats_.find_jid(jid);
    if (chat == nullptr) chat = &chats_.missing(std::nullopt, jid, change);
    fields_.start(FX_KIND_MESSAGE, ++messages, change);
    fields_.ref("conversation", chat->ref, change, group);
    fields_.word("type", "system", "whatsapp.ios.table", change, -1);
    fields_.word("action", "members-changed", "whatsapp.ios.table", change, -1);
    fields_.time("sent", change, date, sqlite::Clock::cocoa);
    if (const auto code = change.integer(type))
      fields_.word("code", fields_.keep("ZCHANGETYPE=" + std::to_string(*code)),
                   "whatsapp.ios.code", change, type);
    fields_.text("text", change, who);
    fields_.rest(change);
    fields_.emit();
    return true;
  });
}

}  // namespace whatsapp_ios
