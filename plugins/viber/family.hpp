#pragma once
// Which of Viber's databases one is, by its tables and columns: versions of schemas are not told by
// any number that is known.

#include <cstdint>
#include <string_view>

#include "sqlite/database.hpp"

namespace viber {

enum class Family : std::uint8_t {
  none,
  desktop,       // viber.db
  messages,      // Android, viber_messages, with conversations or the older threads
  phone_book,    // Android, viber_data: calls and contacts
  preferences,   // Android, viber_prefs: keys and values
  ios,           // Contacts.data, viber.sqlite
  ios_settings,  // Settings.data: keys and values
};

struct Guess {
  Family family = Family::none;
  int score = 0;  // as a plugin's probe
};
Guess family_of(const sqlite::Database& db, std::string_view file_name);

std::string_view describe(Family family);

// A file name that Viber gives a database. A hint, never enough by itself.
bool is_database_name(std::string_view file_name);

}  // namespace viber
