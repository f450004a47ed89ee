#include "contacts.hpp"

#include <string>

#include "people.hpp"

namespace whatsapp_ios {
namespace {

struct Columns {
  explicit Columns(const sqlite::Table* table)
      : view(table),
        rowid(view["Z_PK"]),
        full_name(view["ZFULLNAME"]),
        given(view["ZGIVENNAME"]),
        last(view["ZLASTNAME"]),
        business(view["ZBUSINESSNAME"]),
        phone(view["ZPHONENUMBER"]),
        id(view["ZWHATSAPPID"]),
        lid(view["ZLID"]),
        username(view["ZUSERNAME"]),
        about(view["ZABOUTTEXT"]),
        about_date(view["ZABOUTTIMESTAMP"]) {
    view.ignore({"Z_ENT", "Z_OPT"});
  }
  sqlite::TableView view;
  int rowid, full_name, given, last, business, phone, id, lid, username, about, about_date;
};

void pair(sqlite::Fields& fields, const sqlite::RowView& row, int lid, int phone) {
  fields.word("platform", "whatsapp", "whatsapp.ios.database", row, -1);
  fields.text("account", row, lid);
  fields.text("phone", row, phone);
  fields.text("before", row, lid);
  fields.text("after", row, phone);
  fields.word("action", "lid", "whatsapp.ios.table", row, -1);
}

void contact(sqlite::Fields& fields, const Columns& columns, const sqlite::RowView& row,
             const sqlite::Recovered* found) {
  fields.start(FX_KIND_CONTACT, 0, row);
  fields.word("platform", "whatsapp", "whatsapp.ios.database", row, -1);
  fields.word("type", "address-book", "whatsapp.ios.table", row, -1);
  fields.text("source_id", row, columns.rowid);
  const bool full = fields.text("name", row, columns.full_name);
  const bool given = !full && fields.text("name", row, columns.given);
  const bool business = !full && !given && fields.text("name", row, columns.business);
  if (!given) fields.extra("given_name", row, columns.given);
  if (!business) fields.extra("business_name", row, columns.business);
  fields.extra("last_name", row, columns.last);
  const std::string id = row.text(columns.id, fields.encoding());
  fields.text("account", row, columns.id);
  const bool numbered = fields.text("phone", row, columns.phone);
  if (const std::string phone = phone_of(id); !numbered && !phone.empty())
    fields.word("phone", fields.keep(phone), "whatsapp.jid", row, columns.id);
  fields.text("username", row, columns.username);
  fields.extra("lid", row, columns.lid);
  fields.text("caption", row, columns.about);
  if (row.real(columns.about_date).value_or(0) != 0)
    fields.extra("about_date", row, columns.about_date);
  fields.rest(row);
  if (found != nullptr) fields.recovered(*found);
  fields.emit();

  if (found != nullptr || row.text(columns.lid, fields.encoding()).empty() || !numbered) return;
  fields.start(FX_KIND_IDENTITY, 0, row);
  pair(fields, row, columns.lid, columns.phone);
  fields.emit();
}

void read_pairs(sqlite::Fields& fields, std::string_view table, std::string_view lid_name) {
  sqlite::TableView view(fields.db().table(table));
  if (!view.there()) return;
  const int lid = view[lid_name];
  const int phone = view["ZPHONENUMBER"];
  const int when = view["ZTIMESTAMP"];
  view.ignore({"Z_PK", "Z_ENT", "Z_OPT"});
  fields.db().for_each_row(view.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView one(view, row);
    fields.start(FX_KIND_IDENTITY, 0, one);
    pair(fields, one, lid, phone);
    fields.time("sent", one, when, sqlite::Clock::cocoa);
    fields.rest(one);
    fields.emit();
    return true;
  });
}

// A table whose rows are about one identity each.
void read_people(sqlite::Fields& fields, std::string_view table, std::string_view column,
                 std::string_view type) {
  sqlite::TableView view(fields.db().table(table));
  if (!view.there()) return;
  const int jid = view[column];
  view.ignore({"Z_PK", "Z_ENT", "Z_OPT"});
  fields.db().for_each_row(view.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView one(view, row);
    fields.start(FX_KIND_CONTACT, 0, one);
    fields.word("platform", "whatsapp", "whatsapp.ios.database", one, -1);
    fields.word("type", type, "whatsapp.ios.table", one, -1);
    fields.text("account", one, jid);
    const std::string phone = phone_of(one.text(jid, fields.encoding()));
    if (!phone.empty()) fields.word("phone", fields.keep(phone), "whatsapp.jid", one, jid);
    fields.rest(one);
    fields.emit();
    return true;
  });
}

}  // namespace

void read_contacts(sqlite::Fields& fields) {
  const Columns columns(fields.db().table("ZWAADDRESSBOOKCONTACT"));
  if (!columns.view.there()) return;
  fields.db().for_each_row(columns.view.table(), [&](const sqlite::Row& row) {
    contact(fields, columns, sqlite::RowView(columns.view, row), nullptr);
    return true;
  });
}

void recovered_contact(sqlite::Fields& fields, const sqlite::Recovered& found) {
  const Columns columns(found.table);
  contact(fields, columns, sqlite::RowView(columns.view, *found.row), &found);
}

void read_hidden_identities(sqlite::Fields& fields) {
  read_pairs(fields, "ZWAPHONENUMBERLIDPAIR", "ZLID");
  read_pairs(fields, "ZWAZACCOUNT", "ZIDENTIFIER");
}

void read_mentioned(sqlite::Fields& fields) {
  read_people(fields, "ZWABLACKLISTITEM", "ZJID", "blocked");
  read_people(fields, "ZWAVCARDMENTION", "ZWHATSAPPID", "card-mention");
  read_people(fields, "ZWAPROFILEPICTUREITEM", "ZJID", "profile-picture");
}

}  // namespace whatsapp_ios
