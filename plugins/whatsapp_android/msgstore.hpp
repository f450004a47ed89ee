#pragma once
// msgstore.db of either generation, or with both.

#include "sqlite/fields.hpp"

namespace whatsapp_android {

bool is_message_store(const sqlite::Database& db);
void emit_message_store(sqlite::Fields& fields);

}  // namespace whatsapp_android
