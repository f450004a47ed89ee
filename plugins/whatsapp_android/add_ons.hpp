#pragma once
// What was added to a message after it: reactions, votes, pins; and what became of it at others.

#include <cstdint>

#include "beside_messages.hpp"
#include "chats.hpp"
#include "current.hpp"
#include "people.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_android {

// message_add_on with its own side tables.
void emit_add_ons(sqlite::Fields& fields, Chats& chats, const Current& current,
                  BesideMessages& beside, std::int64_t& next);

// receipt_user and receipt_device.
void emit_receipts(sqlite::Fields& fields, Chats& chats, People& people, const Current& current,
                   std::int64_t& next);

}  // namespace whatsapp_android
