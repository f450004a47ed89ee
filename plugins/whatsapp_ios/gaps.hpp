#pragma once
// What the database itself says of messages that it no longer has. Inferred, and said to be: a
// reading with the verdict "undecided", never a record of a message.

#include "chats.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_ios {

// Chats whose last message is newer than any that is there, or whose counter is higher.
void infer_from_chats(sqlite::Fields& fields, Chats& chats);
// Row ids of ZWAMESSAGE that were given and are not in use.
void infer_from_rowids(sqlite::Fields& fields);

}  // namespace whatsapp_ios
