#pragma once
// ContactsV2.sqlite and LID.sqlite: the address book, and which telephone number stands behind a
// hidden identity. Newer databases have these tables beside their chats.

#include "sqlite/carve.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_ios {

void read_contacts(sqlite::Fields& fields);
void recovered_contact(sqlite::Fields& fields, const sqlite::Recovered& found);

// ZWAPHONENUMBERLIDPAIR, ZWAZACCOUNT.
void read_hidden_identities(sqlite::Fields& fields);

// ZWABLACKLISTITEM, ZWAVCARDMENTION, ZWAPROFILEPICTUREITEM.
void read_mentioned(sqlite::Fields& fields);

}  // namespace whatsapp_ios
