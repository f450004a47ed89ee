#include "calls.hpp"

#include <utility>
#include <vector>

#include "codes.hpp"

namespace whatsapp_android {

using sqlite::Clock;
using sqlite::Row;
using sqlite::RowView;
using sqlite::TableView;

namespace {

constexpr std::size_t kMostMembers = 1024;  // of one call

}  // namespace

Calls::Columns::Columns(TableView& view)
    : id(view["_id"]),
      jid(view["jid_row_id"]),
      from_me(view["from_me"]),
      call_id(view["call_id"]),
      time(view["timestamp"]),
      video(view["video_call"]),
      duration(view["duration"]),
      result(view["call_result"]),
      group(view["group_jid_row_id"]) {}

Calls::Calls(sqlite::Fields& fields, Chats& chats, People& people)
    : fields_(fields),
      chats_(chats),
      people_(people),
      view_(fields.db().table("call_log")),
      at_(view_),
      members_(fields, "call_log_participant_v2", "call_log_row_id"),
      links_(fields, "message_call_log", "call_log_row_id") {}

void Calls::emit_all(const sqlite::RowNumbers& messages, std::int64_t& next) {
  if (view_.there())
    fields_.db().for_each_row(view_.table(), [&](const Row& found) {
      const RowView row(view_, found);
      std::int64_t message = 0;
      if (const auto link = links_.find(found.rowid.value_or(0)))
        message = messages.find(link->integer(links_.view["message_row_id"]).value_or(0));
      call(row, at_, message, next, nullptr);
      return true;
    });
  for (Beside* beside : {&members_, &links_})
    if (beside->view.there())
      fields_.db().for_each_row(beside->view.table(), [&](const Row& found) {
        fields_.joined(RowView(beside->view, found));
        return true;
      });
  missed(messages, next);
}

void Calls::call(const RowView& row, const Columns& at, std::int64_t message, std::int64_t& next,
                 const sqlite::Recovered* found) {
  const bool group = row.integer(at.group).value_or(0) > 0;
  const int thread = group ? at.group : at.jid;
  const Chat chat = chats_.by_jid_row(row.integer(thread).value_or(0), row, thread);
  const std::int64_t caller =
      row.integer(at.from_me).value_or(0) == 1
          ? people_.owner(chat.number, row, at.from_me)
          : people_.by_row(chat.number, row.integer(at.jid).value_or(0), row, at.jid);
  std::vector<std::int64_t> members;
  if (found == nullptr)
    members_.rows.each(row.row().rowid.value_or(0), [&](const RowView& member) {
      const int jid = members_.view["jid_row_id"];
      const std::int64_t who =
          people_.by_row(chat.number, member.integer(jid).value_or(0), member, jid);
      if (members.size() < kMostMembers) members.push_back(who);
    });
  if (message == 0) {
    message = next++;
    fields_.start(FX_KIND_MESSAGE, message, row);
    if (found != nullptr) fields_.recovered(*found);
    fields_.ref("conversation", chat.number, row, thread);
    if (caller != 0) fields_.ref("sender", caller, row, at.jid);
    fields_.word("type", "call", "whatsapp.call-log", row, -1);
    fields_.word("direction", row.is_set(at.from_me) ? "out" : "in", "whatsapp.from-me", row,
                 at.from_me);
    fields_.time("sent", row, at.time, Clock::unix_ms);
    fields_.text("source_id", row, at.call_id);
    fields_.emit();
  }
  fields_.start(FX_KIND_CALL, 0, row);
  if (found != nullptr) fields_.recovered(*found);
  fields_.ref("message", message, row, -1);
  fields_.word("type", row.is_set(at.video) ? "video" : "voice", "whatsapp.call-log", row,
               at.video);
  fields_.word("direction", row.is_set(at.from_me) ? "out" : "in", "whatsapp.from-me", row,
               at.from_me);
  if (row.integer(at.duration).value_or(-1) >= 0) fields_.number("duration", row, at.duration);
  if (const auto result = row.integer(at.result)) {
    if (const auto word = call_result_of(*result); !word.empty())
      fields_.word("state", word, "whatsapp.call-result", row, at.result);
    fields_.word("code", fields_.keep("call_result=" + std::to_string(*result)), "whatsapp.codes",
                 row, at.result);
  }
  fields_.text("source_id", row, at.call_id);
  if (found == nullptr) {
    std::size_t next_member = 0;
    members_.rows.each(row.row().rowid.value_or(0), [&](const RowView& member) {
      if (next_member < members.size() && members[next_member] != 0)
        fields_.ref("participant", members[next_member], member, members_.view["jid_row_id"]);
      ++next_member;
      fields_.extra("participant_call_result", member, members_.view["call_result"]);
      fields_.rest(member);
    });
  }
  if (group) fields_.extra(row, at.jid);
  fields_.rest(row);
  fields_.emit();
}

void Calls::missed(const sqlite::RowNumbers& messages, std::int64_t& next) {
  TableView view(fields_.db().table("missed_call_logs"));
  if (!view.there()) return;
  Beside people(fields_, "missed_call_log_participant", "call_logs_row_id");
  const int message_at = view["message_row_id"];
  const int time = view["timestamp"];
  const int video = view["video_call"];
  const int jid = people.view["jid"];
  view.ignore({"_id"});
  fields_.db().for_each_row(view.table(), [&](const Row& found) {
    const RowView row(view, found);
    std::int64_t message = messages.find(row.integer(message_at).value_or(0));
    if (message == 0) {
      const Chat chat = chats_.nowhere(row);
      message = next++;
      fields_.start(FX_KIND_MESSAGE, message, row);
      fields_.ref("conversation", chat.number, row, -1);
      fields_.word("type", "call", "whatsapp.call-log", row, -1);
      fields_.time("sent", row, time, Clock::unix_ms);
      fields_.extra(row, message_at);
      fields_.emit();
    }
    fields_.start(FX_KIND_CALL, 0, row);
    fields_.ref("message", message, row, message_at);
    fields_.word("type", row.is_set(video) ? "video" : "voice", "whatsapp.call-log", row, video);
    fields_.word("state", "missed", "whatsapp.missed-call-log", row, -1);
    fields_.extra(row, time);
    people.rows.each(found.rowid.value_or(0), [&](const RowView& member) {
      fields_.extra("participant", member, jid);
      fields_.rest(member);
    });
    fields_.rest(row);
    fields_.emit();
    return true;
  });
  if (people.view.there())
    fields_.db().for_each_row(people.view.table(), [&](const Row& found) {
      fields_.joined(RowView(people.view, found));
      return true;
    });
}

}  // namespace whatsapp_android
