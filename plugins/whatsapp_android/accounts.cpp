#include "accounts.hpp"

#include <algorithm>

namespace whatsapp_android {

using sqlite::Clock;
using sqlite::Row;
using sqlite::RowView;
using sqlite::TableView;

bool is_key_store(const sqlite::Database& db) {
  return db.table("identities") != nullptr &&
         (db.table("sessions") != nullptr || db.table("signed_prekeys") != nullptr ||
          db.table("prekeys") != nullptr);
}

namespace {

// A number of a telephone; device 0 is the phone itself.
std::string phone_of_recipient(const std::string& recipient) {
  const bool digits = std::ranges::all_of(recipient, [](char c) { return c >= '0' && c <= '9'; });
  return digits && recipient.size() >= 5 && recipient.size() <= 15 ? "+" + recipient
                                                                   : std::string();
}

void emit_table(sqlite::Fields& fields, std::string_view table, std::string_view type) {
  TableView view(fields.db().table(table));
  if (!view.there()) return;
  const int recipient = view["recipient_id"];
  const int registration = view["registration_id"];
  const int private_key = view["private_key"];
  const int record = view["record"];
  const int time = view["timestamp"];
  view.ignore({"_id"});
  fields.db().for_each_row(view.table(), [&](const Row& found) {
    const RowView row(view, found);
    const bool own = row.integer(recipient) == -1;
    fields.start(own ? FX_KIND_ACCOUNT : FX_KIND_CONTACT, own ? 0 : 0, row);
    fields.word("platform", "whatsapp", "whatsapp.android", row, -1);
    if (own) {
      fields.number("owner", 1, "whatsapp.own-identity", row, recipient);
    } else {
      fields.word("type", type, "whatsapp.axolotl", row, -1);
      fields.text("account", row, recipient);
      const std::string phone = phone_of_recipient(row.text(recipient, fields.encoding()));
      // 0 is a telephone number in this table, other types are not.
      const int kind = view["recipient_type"];
      if (!phone.empty() && !row.is_set(kind))
        fields.word("phone", fields.keep(phone), "whatsapp.recipient", row, recipient);
      if (row.is_set(kind)) fields.extra(row, kind);
    }
    fields.time("created", row, time,
                row.integer(time).value_or(0) < 100'000'000'000 ? Clock::unix_s : Clock::unix_ms);
    fields.extra(row, registration);
    // Keys that would let others in: that they are there is told, not what they are.
    for (const int secret : {private_key, record})
      if (const sqlite::Value* value = row.value(secret)) {
        fields.told(row, secret);
        fields.extra_word(view.table().columns[static_cast<std::size_t>(secret)].name,
                          fields.keep("(" + std::to_string(value->bytes.size()) + " bytes)"),
                          "sqlite.column", row, secret);
      }
    fields.rest(row);
    fields.emit();
    return true;
  });
}

}  // namespace

void emit_key_store(sqlite::Fields& fields) {
  emit_table(fields, "identities", "identity-key");
  emit_table(fields, "sessions", "session");
}

}  // namespace whatsapp_android
