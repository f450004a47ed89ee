#pragma once
// wa.db: the address book of the application.

#include "sqlite/fields.hpp"

namespace whatsapp_android {

bool is_address_book(const sqlite::Database& db);
void emit_address_book(sqlite::Fields& fields);

// One row of wa_contacts, live or recovered.
void emit_contact(sqlite::Fields& fields, sqlite::TableView& view, const sqlite::Row& row,
                  const sqlite::Recovered* found);

}  // namespace whatsapp_android
