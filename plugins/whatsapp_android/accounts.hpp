#pragma once
// axolotl.db: the keys of the transport. They say whom this device has spoken with.

#include "sqlite/fields.hpp"

namespace whatsapp_android {

bool is_key_store(const sqlite::Database& db);
void emit_key_store(sqlite::Fields& fields);

}  // namespace whatsapp_android
