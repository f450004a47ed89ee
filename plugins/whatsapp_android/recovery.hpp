#pragma once
// Rows that the database no longer has. What is handed on looks like a row of its table beyond
// SQLite's own rules: ids, JIDs and dates are what the application writes.

#include <cstdint>

#include "calls.hpp"
#include "chats.hpp"
#include "current.hpp"
#include "legacy.hpp"
#include "sqlite/fields.hpp"

namespace whatsapp_android {

class Recovery {
 public:
  Recovery(sqlite::Fields& fields, Chats& chats, Current& current, Legacy& legacy, Calls& calls)
      : fields_(fields), chats_(chats), current_(current), legacy_(legacy), calls_(calls) {}

  void emit_all(std::int64_t& next);

 private:
  sqlite::Fields& fields_;
  Chats& chats_;
  Current& current_;
  Legacy& legacy_;
  Calls& calls_;
};

// Of wa.db.
void emit_recovered_contacts(sqlite::Fields& fields);

}  // namespace whatsapp_android
