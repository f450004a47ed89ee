#include "members.hpp"

#include "codes.hpp"
#include "jid.hpp"

namespace whatsapp_android {
namespace {

using sqlite::Clock;
using sqlite::Row;
using sqlite::RowView;
using sqlite::TableView;

class Members {
 public:
  Members(sqlite::Fields& fields, Chats& chats, People& people)
      : fields_(fields), chats_(chats), people_(people) {}

  // Tables that name people by the row of their JID.
  void by_row(std::string_view table, bool past) {
    TableView view(fields_.db().table(table));
    if (!view.there()) return;
    const int group = view["group_jid_row_id"];
    const int user = view["user_jid_row_id"];
    const int rank = view["rank"];
    const int pending = view["pending"];
    const int time = view["timestamp"];
    const int leave = view["is_leave"];
    view.ignore({"_id"});
    fields_.db().for_each_row(view.table(), [&](const Row& found) {
      const RowView row(view, found);
      const Chat chat = chats_.by_jid_row(row.integer(group).value_or(0), row, group);
      const std::int64_t named =
          people_.by_row(chat.number, row.integer(user).value_or(0), row, user);
      // In its own list the device stands as an empty JID.
      const std::int64_t who = named != 0 ? named : people_.owner(chat.number, row, user);
      fields_.start(FX_KIND_MEMBERSHIP, 0, row);
      fields_.ref("conversation", chat.number, row, group);
      fields_.ref("participant", who, row, user);
      if (past) {
        fields_.word("state", "past", "whatsapp.past-participant", row, -1);
        fields_.time("until", row, time, Clock::unix_ms);
        if (row.value(leave) != nullptr)
          fields_.word("action", row.is_set(leave) ? "member-left" : "member-removed",
                       "whatsapp.is-leave", row, leave);
      } else {
        fields_.word("state", row.is_set(pending) ? "pending" : "present",
                     "whatsapp.group-participant", row, pending);
        role(row, rank);
      }
      fields_.rest(row);
      fields_.emit();
      return true;
    });
  }

  // Tables that name people by their JID.
  void by_text(std::string_view table, bool history) {
    TableView view(fields_.db().table(table));
    if (!view.there()) return;
    const int group = view["gjid"];
    const int user = view["jid"];
    const int admin = view["admin"];
    const int pending = view["pending"];
    const int time = view["timestamp"];
    const int action = view["action"];
    view.ignore({"_id", "sent_sender_key", "old_phash", "new_phash"});
    fields_.db().for_each_row(view.table(), [&](const Row& found) {
      const RowView row(view, found);
      const Chat chat = chats_.by_text(row.text(group, fields_.encoding()), row, group);
      const std::int64_t named =
          people_.by_text(chat.number, row.text(user, fields_.encoding()), row, user);
      const std::int64_t who = named != 0 ? named : people_.owner(chat.number, row, user);
      fields_.start(FX_KIND_MEMBERSHIP, 0, row);
      fields_.ref("conversation", chat.number, row, group);
      fields_.ref("participant", who, row, user);
      if (history) {
        fields_.word("state", "history", "whatsapp.participants-history", row, -1);
        fields_.time("since", row, time, Clock::unix_ms);
        // Which number says joined and which left is not established.
        fields_.extra(row, action);
      } else {
        fields_.word("state", row.is_set(pending) ? "pending" : "present",
                     "whatsapp.group-participant", row, pending);
        role(row, admin);
      }
      fields_.rest(row);
      fields_.emit();
      return true;
    });
  }

 private:
  void role(const RowView& row, int column) {
    const auto rank = row.integer(column);
    if (!rank) return;
    if (const auto word = rank_of(*rank); !word.empty())
      fields_.word("role", word, "whatsapp.rank", row, column);
    else
      fields_.extra(row, column);
  }

  sqlite::Fields& fields_;
  Chats& chats_;
  People& people_;
};

}  // namespace

void emit_members(sqlite::Fields& fields, Chats& chats, People& people) {
  Members members(fields, chats, people);
  members.by_row("group_participant_user", false);
  members.by_row("group_past_participant_user", true);
  members.by_text("group_participants", false);
  members.by_text("group_participants_history", true);
}

void emit_identities(sqlite::Fields& fields, Jids& jids) {
  TableView map(fields.db().table("jid_map"));
  if (map.there()) {
    const int lid = map["lid_row_id"];
    const int phone = map["jid_row_id"];
    fields.db().for_each_row(map.table(), [&](const Row& found) {
      const RowView row(map, found);
      fields.start(FX_KIND_IDENTITY, 0, row);
      fields.word("platform", "whatsapp", "whatsapp.android", row, -1);
      fields.word("action", "lid", "whatsapp.jid-map", row, -1);
      jids.put("before", nullptr, row.integer(lid).value_or(0));
      jids.put("after", "phone", row.integer(phone).value_or(0));
      fields.extra(row, lid);
      fields.extra(row, phone);
      fields.rest(row);
      fields.emit();
      jids.mark(row.integer(lid).value_or(0));
      jids.mark(row.integer(phone).value_or(0));
      return true;
    });
  }
  TableView names(fields.db().table("lid_display_name"));
  if (names.there()) {
    const int lid = names["lid_row_id"];
    const int name = names["display_name"];
    const int username = names["username"];
    fields.db().for_each_row(names.table(), [&](const Row& found) {
      const RowView row(names, found);
      fields.start(FX_KIND_CONTACT, 0, row);
      fields.word("platform", "whatsapp", "whatsapp.android", row, -1);
      fields.word("type", "lid-name", "whatsapp.lid-display-name", row, -1);
      fields.text("name", row, name);
      fields.text("username", row, username);
      jids.put("account", "phone", row.integer(lid).value_or(0));
      fields.extra(row, lid);
      fields.rest(row);
      fields.emit();
      jids.mark(row.integer(lid).value_or(0));
      return true;
    });
  }
  if (!jids.there()) return;
  fields.db().for_each_row(jids.view().table(), [&](const Row& found) {
    const RowView row(jids.view(), found);
    const std::int64_t id = found.rowid.value_or(0);
    if (jids.is_marked(id)) {
      fields.joined(row);
      return true;
    }
    fields.start(FX_KIND_CONTACT, 0, row);
    fields.word("platform", "whatsapp", "whatsapp.android", row, -1);
    fields.word("type", "known-jid", "whatsapp.jid", row, -1);
    jids.put("account", "phone", id);
    fields.rest(row);
    fields.emit();
    return true;
  });
}

}  // namespace whatsapp_android
