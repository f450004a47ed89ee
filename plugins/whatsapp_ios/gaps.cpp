#include "gaps.hpp"

#include <cmath>
#include <optional>
#include <string>

namespace whatsapp_ios {
namespace {

constexpr char kRule[] = "whatsapp.ios.inference";
constexpr std::size_t kListed = 64;  // gaps that are named

void undecided(sqlite::Fields& fields, std::string_view subject, std::string_view value,
               std::string_view reason, const sqlite::RowView& row, int column) {
  fields.word("subject", subject, kRule, row, column);
  fields.word("value", value, kRule, row, column);
  fields.word("verdict", "undecided", kRule, row, column);
  fields.word("reason", fields.keep(std::string(reason)), kRule, row, column);
}

}  // namespace

void infer_from_chats(sqlite::Fields& fields, Chats& chats) {
  sqlite::TableView view(fields.db().table("ZWACHATSESSION"));
  if (!view.there()) return;
  const int last = view["ZLASTMESSAGEDATE"];
  const int counter = view["ZMESSAGECOUNTER"];
  fields.db().for_each_row(view.table(), [&](const sqlite::Row& row) {
    const Chat* chat = row.rowid ? chats.find(*row.rowid) : nullptr;
    if (chat == nullptr) return true;
    const sqlite::RowView session(view, row);
    const double stated = session.real(last).value_or(0);
    // Both are written from one clock: a second is more than rounding.
    const bool newest_gone = stated > 0 && stated > chat->newest + 1;
    const auto counted = session.integer(counter);
    // It states the next number, so it is one ahead.
    const bool fewer =
        counted && *counted > 1 && static_cast<std::uint64_t>(*counted - 1) > chat->messages;
    if (newest_gone) {
      fields.start(FX_KIND_READING, 0, session);
      undecided(fields, "deleted-messages", "newest-message-missing",
                chat->messages == 0
                    ? "the chat states a last message, and has none: it may have been cleared"
                    : "the chat states a last message newer than any that is there: the newest may "
                      "have been deleted",
                session, last);
      if (!chat->jid.empty()) fields.extra_word("chat", chat->jid, kRule, session, -1);
      fields.emit();
    }
    if (fewer) {
      fields.start(FX_KIND_READING, 0, session);
      undecided(fields, "deleted-messages", "counter-above-rows",
                "the chat counted " + std::to_string(*counted - 1) + " messages, and " +
                    std::to_string(chat->messages) +
                    " are there: some may have been deleted, or never shown",
                session, counter);
      if (!chat->jid.empty()) fields.extra_word("chat", chat->jid, kRule, session, -1);
      fields.emit();
    }
    return true;
  });
}

void infer_from_rowids(sqlite::Fields& fields) {
  const sqlite::Table* messages = fields.db().table("ZWAMESSAGE");
  sqlite::TableView keys(fields.db().table("Z_PRIMARYKEY"));
  if (messages == nullptr || !keys.there()) return;
  std::int64_t expected = 1;
  std::uint64_t missing = 0;
  std::size_t listed = 0;
  std::string list;
  const auto gap = [&](std::int64_t first, std::int64_t last) {
    missing += static_cast<std::uint64_t>(last - first) + 1;
    if (++listed > kListed) return;
    list += (list.empty() ? "" : ", ") + std::to_string(first);
    if (last != first) list += "-" + std::to_string(last);
  };
  fields.db().for_each_row(*messages, [&](const sqlite::Row& row) {
    if (!row.rowid || *row.rowid < expected) return true;
    if (*row.rowid > expected) gap(expected, *row.rowid - 1);
    expected = *row.rowid == INT64_MAX ? INT64_MAX : *row.rowid + 1;
    return true;
  });
  const int name = keys["Z_NAME"];
  const int most = keys["Z_MAX"];
  fields.db().for_each_row(keys.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView key(keys, row);
    if (key.text(name, fields.encoding()) != "WAMessage") return true;
    const auto last = key.integer(most);
    if (last && *last >= expected) gap(expected, *last);
    if (missing == 0) return false;
    fields.start(FX_KIND_READING, 0, key);
    undecided(fields, "deleted-messages", "row-ids-missing",
              std::to_string(missing) +
                  " row ids of messages were given and are not in use: messages, or notices, were "
                  "deleted",
              key, most);
    fields.extra_word("row_ids", listed > kListed ? list + ", ..." : list, kRule, key, most);
    fields.emit();
    return false;
  });
}

}  // namespace whatsapp_ios
