#include "add_ons.hpp"

#include "codes.hpp"

namespace whatsapp_android {

using sqlite::Clock;
using sqlite::Row;
using sqlite::RowView;
using sqlite::TableView;

namespace {

constexpr std::size_t kMostOptions = 1024;  // that one vote names

// The thread of message `id`, for a participant of it.
class Threads {
 public:
  Threads(sqlite::Fields& fields, Chats& chats)
      : chats_(chats),
        view_(fields.db().table("message")),
        rows_(fields.db(), view_.there() ? &view_.table() : nullptr),
        chat_(view_["chat_row_id"]),
        older_(fields.db().table("messages")),
        older_rows_(fields.db(), older_.there() ? &older_.table() : nullptr),
        jid_(older_["key_remote_jid"]),
        encoding_(fields.encoding()) {}

  Chat of(std::int64_t id) {
    if (const Row* found = rows_.find(id)) {
      const RowView row(view_, *found);
      return chats_.by_row(row.integer(chat_).value_or(0), row, chat_);
    }
    const Row* found = older_rows_.find(id);
    if (found == nullptr) return {};
    const RowView row(older_, *found);
    return chats_.by_text(row.text(jid_, encoding_), row, jid_);
  }

 private:
  Chats& chats_;
  TableView view_;
  sqlite::Seeker rows_;
  int chat_;
  TableView older_;
  sqlite::Seeker older_rows_;
  int jid_;
  sqlite::Encoding encoding_;
};

}  // namespace

void emit_add_ons(sqlite::Fields& fields, Chats& chats, const Current& current,
                  BesideMessages& beside_messages, std::int64_t& next) {
  TableView view(fields.db().table("message_add_on"));
  if (!view.there()) return;
  const int chat_at = view["chat_row_id"];
  const int from_me = view["from_me"];
  const int key = view["key_id"];
  const int sender_at = view["sender_jid_row_id"];
  const int parent = view["parent_message_row_id"];
  const int time = view["timestamp"];
  const int type_at = view["message_add_on_type"];
  view.ignore({"_id"});
  Beside reactions(fields, "message_add_on_reaction", "message_add_on_row_id");
  Beside votes(fields, "message_add_on_poll_vote_selected_option", "message_add_on_row_id");
  votes.view.keys({"message_poll_option_id"});
  Beside options(fields, "message_poll_option", "_id");
  SideTables sides(fields, "message_add_on_row_id",
                   {"message_add_on_reaction", "message_add_on_poll_vote_selected_option",
                    "message_add_on_receipt_device"});
  const int emoji = reactions.view["reaction"];
  const int reacted = reactions.view["sender_timestamp"];
  const int option_at = votes.view["message_poll_option_id"];
  const int option_name = options.view["option_name"];
  sqlite::RowNumbers known;
  fields.db().for_each_row(view.table(), [&](const Row& found) {
    const RowView row(view, found);
    const std::int64_t id = found.rowid.value_or(0);
    known.add(id);
    const Chat chat = chats.by_row(row.integer(chat_at).value_or(0), row, chat_at);
    const std::int64_t sender = beside_messages.sender_of(chat, row, from_me, sender_at);
    std::int64_t message = current.number_of(row.integer(parent).value_or(0));
    if (message == 0) {
      message = next++;
      fields.start(FX_KIND_MESSAGE, message, row);
      fields.ref("conversation", chat.number, row, chat_at);
      fields.word("type", "other", "whatsapp.orphan", row, -1);
      fields.extra_word("orphan", "the message that this was added to is gone", "whatsapp.orphan",
                        row, parent);
      fields.time("sent", row, time, Clock::unix_ms);
      fields.extra(row, parent);
      fields.emit();
    }
    const std::int64_t type = row.integer(type_at).value_or(0);
    const auto reaction = reactions.find(id);
    const std::string_view word = reaction && type == 0 ? "reaction" : add_on_of(type);
    fields.start(FX_KIND_REACTION, 0, row);
    fields.ref("message", message, row, parent);
    if (sender != 0) fields.ref("sender", sender, row, sender_at);
    fields.word("type", word.empty() ? "other" : word, "whatsapp.add-on-type", row, type_at);
    fields.extra(row, type_at);
    bool timed = false;
    if (reaction) {
      fields.text("emoji", *reaction, emoji);
      timed = fields.time("sent", *reaction, reacted, Clock::unix_ms);
      fields.rest(*reaction);
    }
    if (!timed)
      fields.time("sent", row, time, Clock::unix_ms);
    else if (row.is_set(time))
      fields.extra(row, time);
    fields.text("source_id", row, key);
    std::size_t count = 0;
    votes.rows.each(id, [&](const RowView& vote) {
      if (++count > kMostOptions) return;
      if (const auto option = options.find(vote.integer(option_at).value_or(0)))
        fields.extra("option", *option, option_name);
      else
        fields.extra(vote, option_at);
    });
    sides.add(id);
    fields.rest(row);
    fields.emit();
    return true;
  });
  const auto orphan = [&](const RowView& row, int) {
    TableView all(&row.view().table());
    const RowView whole(all, row.row());
    const Chat chat = chats.nowhere(whole);
    fields.start(FX_KIND_MESSAGE, next++, whole);
    fields.ref("conversation", chat.number, whole, -1);
    fields.word("type", "other", "whatsapp.orphan", whole, -1);
    fields.rest(whole);
    fields.emit();
  };
  sides.finish([&](std::int64_t id) { return known.find(id) != 0; }, orphan);
  for (Beside* beside : {&reactions, &votes})
    if (beside->view.there())
      fields.db().for_each_row(beside->view.table(), [&](const Row& found) {
        const RowView row(beside->view, found);
        const int on = beside->view["message_add_on_row_id"];
        if (known.find(row.integer(on).value_or(0)) != 0)
          fields.joined(row);
        else
          orphan(row, on);
        return true;
      });
}

void emit_receipts(sqlite::Fields& fields, Chats& chats, People& people, const Current& current,
                   std::int64_t& next) {
  Threads threads(fields, chats);
  for (const bool device : {false, true}) {
    TableView view(fields.db().table(device ? "receipt_device" : "receipt_user"));
    if (!view.there()) continue;
    const int message_at = view["message_row_id"];
    const int who_at = view[device ? "receipt_device_jid_row_id" : "receipt_user_jid_row_id"];
    const int delivered = view[device ? "receipt_device_timestamp" : "receipt_timestamp"];
    const int read = view["read_timestamp"];
    const int played = view["played_timestamp"];
    view.ignore({"_id", "primary_device_version"});
    fields.db().for_each_row(view.table(), [&](const Row& found) {
      const RowView row(view, found);
      const std::int64_t id = row.integer(message_at).value_or(0);
      std::int64_t message = current.number_of(id);
      Chat chat = message != 0 ? threads.of(id) : Chat();
      if (chat.number == 0) {
        chat = chats.nowhere(row);
        message = next++;
        fields.start(FX_KIND_MESSAGE, message, row);
        fields.ref("conversation", chat.number, row, -1);
        fields.word("type", "other", "whatsapp.orphan", row, -1);
        fields.extra_word("orphan", "the message of this receipt is gone", "whatsapp.orphan", row,
                          message_at);
        fields.extra(row, message_at);
        fields.emit();
      }
      const std::int64_t who =
          people.by_row(chat.number, row.integer(who_at).value_or(0), row, who_at);
      fields.start(FX_KIND_RECEIPT, 0, row);
      fields.ref("message", message, row, message_at);
      if (who != 0) fields.ref("participant", who, row, who_at);
      const bool arrived = fields.time("delivered", row, delivered, Clock::unix_ms);
      const bool seen = fields.time("read", row, read, Clock::unix_ms);
      const bool heard = fields.time("played", row, played, Clock::unix_ms);
      if (device)
        fields.word("state", "device", "whatsapp.receipt-device", row, -1);
      else if (arrived || seen || heard)
        fields.word("state",
                    heard  ? "played"
                    : seen ? "read"
                           : "delivered",
                    "whatsapp.receipt-user", row, -1);
      fields.rest(row);
      fields.emit();
      return true;
    });
  }
}

}  // namespace whatsapp_android
