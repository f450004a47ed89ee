#include "contacts.hpp"

#include "jid.hpp"

namespace whatsapp_android {

using sqlite::Clock;
using sqlite::Row;
using sqlite::RowView;
using sqlite::TableView;

bool is_address_book(const sqlite::Database& db) {
  return db.table("wa_contacts") != nullptr;
}

namespace {

void put_jid(sqlite::Fields& fields, const RowView& row, int jid, int number) {
  fields.text("account", row, jid);
  if (!fields.text("phone", row, number))
    if (const std::string phone = phone_of(row.text(jid, fields.encoding())); !phone.empty())
      fields.word("phone", fields.keep(phone), "whatsapp.jid", row, jid);
}

// Tables of which each row is about one JID.
void emit_about(sqlite::Fields& fields, std::string_view table, std::string_view type,
                std::string_view name_column) {
  TableView view(fields.db().table(table));
  if (!view.there()) return;
  const int jid = view.any({"jid", "lid", "lid_jid"});
  const int name = view[name_column];
  view.ignore({"_id"});
  fields.db().for_each_row(view.table(), [&](const Row& found) {
    const RowView row(view, found);
    fields.start(FX_KIND_CONTACT, 0, row);
    fields.word("platform", "whatsapp", "whatsapp.android", row, -1);
    fields.word("type", type, "whatsapp.wa-db", row, -1);
    put_jid(fields, row, jid, -1);
    fields.text(type == "group-description" ? "caption" : "name", row, name);
    if (type == "blocked") fields.word("state", "blocked", "whatsapp.block-list", row, -1);
    fields.rest(row);
    fields.emit();
    return true;
  });
}

}  // namespace

void emit_contact(sqlite::Fields& fields, TableView& view, const Row& found,
                  const sqlite::Recovered* recovered) {
  const RowView row(view, found);
  const int jid = view["jid"];
  const int number = view["number"];
  const int username = view.any({"username", "user_name"});
  const int about = view["status"];
  view.ignore({"_id", "sort_name"});
  const int names[] = {view["display_name"], view["wa_name"], view["nickname"], view["given_name"],
                       view["company"]};
  fields.start(FX_KIND_CONTACT, 0, row);
  if (recovered != nullptr) fields.recovered(*recovered);
  fields.word("platform", "whatsapp", "whatsapp.android", row, -1);
  if (const auto type = thread_of(row.text(jid, fields.encoding())); !type.empty())
    fields.word("type", type, "whatsapp.jid", row, jid);
  put_jid(fields, row, jid, number);
  // The first name that there is names the contact; the others stand beside it.
  bool named = false;
  for (const int column : names) {
    if (row.text(column, fields.encoding()).empty()) continue;
    if (named)
      fields.extra(row, column);
    else
      named = fields.text("name", row, column);
  }
  fields.text("username", row, username);
  fields.text("caption", row, about);
  fields.rest(row);
  fields.emit();
}

void emit_address_book(sqlite::Fields& fields) {
  TableView view(fields.db().table("wa_contacts"));
  if (view.there())
    fields.db().for_each_row(view.table(), [&](const Row& row) {
      emit_contact(fields, view, row, nullptr);
      return true;
    });
  emit_about(fields, "wa_vnames", "verified-business", "verified_name");
  emit_about(fields, "wa_block_list", "blocked", "display_name");
  emit_about(fields, "wa_group_descriptions", "group-description", "description");
  emit_about(fields, "wa_biz_profiles", "business-profile", "address");
  emit_about(fields, "wa_group_admin_settings", "group-settings", "name");
  emit_about(fields, "wa_last_entry_point", "entry-point", "name");
  emit_about(fields, "wa_trusted_contacts", "trusted", "name");
  emit_about(fields, "wa_address_book", "address-book", "display_name");
}

}  // namespace whatsapp_android
