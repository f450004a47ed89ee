#include "msgstore.hpp"

#include "add_ons.hpp"
#include "calls.hpp"
#include "chats.hpp"
#include "current.hpp"
#include "legacy.hpp"
#include "members.hpp"
#include "people.hpp"
#include "preferences.hpp"
#include "recovery.hpp"

namespace whatsapp_android {

bool is_message_store(const sqlite::Database& db) {
  const auto has = [&](std::string_view table, std::string_view column) {
    return sqlite::TableView(db.table(table)).has(column);
  };
  return (has("messages", "key_remote_jid") && has("messages", "key_id")) ||
         (has("message", "chat_row_id") && has("message", "key_id"));
}

namespace {

// Numbers of the companions in the manifest.
constexpr std::uint32_t kPreferences[] = {5, 6, 7};

void find_owner(const fx::Host& host, People& people) {
  for (const std::uint32_t input : kPreferences) {
    const std::string xml = read_input(host, input);
    const OwnJid own = own_jid(read_preferences(xml));
    if (own.jid.empty()) continue;
    people.set_owner(own.jid, fx::span(own.at, own.length, FX_CODEC_NONE, input));
    return;
  }
}

}  // namespace

void emit_message_store(sqlite::Fields& fields) {
  AddressBook book(fields.host());
  Jids jids(fields);
  People people(fields, jids, book);
  find_owner(fields.host(), people);
  Chats chats(fields, jids, book);
  chats.emit_all();
  BesideMessages beside(fields, chats, people, jids);
  Current current(fields, chats, beside);
  current.emit_all();
  Legacy legacy(fields, chats, people, beside, current.next());
  current.set_older(legacy.numbers());
  legacy.emit_all(current);
  std::int64_t next = legacy.next();
  Calls calls(fields, chats, people);
  calls.emit_all(current.numbers(), next);
  emit_add_ons(fields, chats, current, beside, next);
  emit_receipts(fields, chats, people, current, next);
  beside.finish([&](std::int64_t id) { return current.number_of(id) != 0; }, next);
  legacy.finish(next);
  chats.finish();
  emit_members(fields, chats, people);
  Recovery(fields, chats, current, legacy, calls).emit_all(next);
  emit_identities(fields, jids);
}

}  // namespace whatsapp_android
