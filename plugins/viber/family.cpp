#include "family.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "sqlite/sql.hpp"
#include "text.hpp"

namespace viber {
namespace {

bool has(const sqlite::Database& db, std::string_view table,
         std::initializer_list<std::string_view> columns = {}) {
  const sqlite::Table* found = db.table(table);
  return found != nullptr && std::ranges::all_of(columns, [&](std::string_view name) {
           return std::ranges::any_of(found->columns, [&](const sqlite::Column& column) {
             return sqlite::equal_names(column.name, name);
           });
         });
}

int count(const sqlite::Database& db, std::initializer_list<std::string_view> tables) {
  return static_cast<int>(
      std::ranges::count_if(tables, [&](std::string_view table) { return has(db, table); }));
}

bool contains(std::string_view text, std::string_view part) {
  return !std::ranges::search(text, part, [](char a, char b) {
            return same_word({&a, 1}, {&b, 1});
          }).empty();
}

}  // namespace

Guess family_of(const sqlite::Database& db, std::string_view file_name) {
  const int named = is_database_name(file_name) ? 4 : 0;
  // Desktop: an event is what a message, a call or a notice is first of all.
  if (has(db, "Events", {"EventID", "Token"}) && has(db, "Messages", {"EventID", "Body"}))
    return {Family::desktop, 94 + named};
  if (has(db, "Events", {"EventID"}) &&
      count(db, {"Messages", "ChatInfo", "ChatRelation", "Contact"}) >= 2)
    return {Family::desktop, 85 + named};
  if (has(db, "ZVIBERMESSAGE")) return {Family::ios, 94 + named};
  if (count(db, {"ZVIBERLOCATION", "ZRECENTSLINE", "ZABCONTACT", "ZMEMBER", "ZPHONENUMBER"}) >= 3)
    return {Family::ios, 80 + named};

  const bool bodies = has(db, "messages", {"body"});
  if (bodies && has(db, "participants_info") && count(db, {"conversations", "participants"}) > 0)
    return {Family::messages, 94 + named};
  if (bodies && has(db, "messages", {"token"}) && has(db, "messages", {"extra_mime"}))
    return {Family::messages, 88 + named};
  // Messages of other applications have threads and addresses too: these columns are Viber's.
  if (bodies && has(db, "threads") && has(db, "participants", {"number"}) &&
      (has(db, "messages", {"location_lat"}) || has(db, "messages", {"extra_mime"})))
    return {Family::messages, 80 + named};

  if (has(db, "vibernumbers") || has(db, "calls", {"viber_call"}) ||
      has(db, "calls", {"viber_call_type"}))
    return {Family::phone_book, 94 + named};
  if (has(db, "blockednumbers", {"canonized_number"}) || has(db, "phonebookcontact", {"viber"}))
    return {Family::phone_book, 88 + named};

  if (has(db, "kvdata", {"key", "value"}) || has(db, "kvdata", {"object_key"}) ||
      has(db, "kvdata", {"key"}))
    return {Family::preferences, named != 0 ? 92 : 40};
  if (has(db, "Data", {"key", "value"}) && contains(file_name, "Settings"))
    return {Family::ios_settings, 70};
  return {};
}

std::string_view describe(Family family) {
  switch (family) {
    case Family::none: return "no database of Viber";
    case Family::desktop: return "Viber desktop";
    case Family::messages: return "Viber for Android, messages";
    case Family::phone_book: return "Viber for Android, calls and contacts";
    case Family::preferences: return "Viber for Android, preferences";
    case Family::ios: return "Viber for iOS";
    case Family::ios_settings: return "Viber for iOS, settings";
  }
  return {};
}

bool is_database_name(std::string_view file_name) {
  constexpr std::array<std::string_view, 9> kNames = {
      "viber.db",
      "viber_messages",
      "viber_data",
      "viber_prefs",
      "viber.sqlite",
      "Contacts.data",
      "Settings.data",
      "viber_messages.db",
      "83b9310399a905c7781f95580174f321cd18fd97"};  // Contacts.data in a backup
  return std::ranges::any_of(kNames,
                             [&](std::string_view name) { return same_word(file_name, name); });
}

}  // namespace viber
