#pragma once
// Deleted rows: what the reader finds where no live row stands, as far as it can be a row of
// WhatsApp's.

#include "calls.hpp"
#include "chats.hpp"
#include "messages.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_ios {

// After all live rows.
void recover(sqlite::Fields& fields, Messages& messages, Chats& chats, Calls& calls);

}  // namespace whatsapp_ios
