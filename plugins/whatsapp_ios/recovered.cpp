#include "recovered.hpp"

#include <string>

#include "contacts.hpp"
#include "people.hpp"

namespace whatsapp_ios {
namespace {

constexpr double kFirst = 252'460'800;    // 2009-01-01, in seconds since 2001
constexpr double kLast = 1'451'606'400;   // 2047-01-01
constexpr std::int64_t kMostType = 1000;  // no message type is known to be above 100

bool is_date(const sqlite::RowView& row, int column, bool required) {
  const auto seconds = row.real(column);
  if (!seconds || *seconds == 0) return !required;
  return *seconds >= kFirst && *seconds < kLast;
}

bool is_flag(const sqlite::RowView& row, int column) {
  if (row.value(column) == nullptr) return true;
  const auto value = row.integer(column);
  return value && (*value == 0 || *value == 1);
}

bool is_identity(const sqlite::RowView& row, int column, sqlite::Encoding encoding) {
  const std::string text = row.text(column, encoding);
  return text.empty() || is_jid(text);
}

bool plausible_message(const sqlite::RowView& row, sqlite::TableView& view,
                       sqlite::Encoding encoding) {
  const auto type = row.integer(view["ZMESSAGETYPE"]);
  if (row.row().rowid && *row.row().rowid <= 0) return false;
  if (type && (*type < 0 || *type > kMostType)) return false;
  const bool says_something = !row.text(view["ZTEXT"], encoding).empty() ||
                              !row.text(view["ZSTANZAID"], encoding).empty() ||
                              row.value(view["ZMEDIAITEM"]) != nullptr;
  return says_something && is_flag(row, view["ZISFROMME"]) &&
         is_date(row, view["ZMESSAGEDATE"], true) && is_date(row, view["ZSENTDATE"], false) &&
         is_identity(row, view["ZFROMJID"], encoding) && is_identity(row, view["ZTOJID"], encoding);
}

bool plausible_chat(const sqlite::RowView& row, sqlite::TableView& view,
                    sqlite::Encoding encoding) {
  return is_jid(row.text(view["ZCONTACTJID"], encoding)) &&
         is_date(row, view["ZLASTMESSAGEDATE"], false) && is_flag(row, view["ZREMOVED"]);
}

bool plausible_contact(const sqlite::RowView& row, sqlite::TableView& view,
                       sqlite::Encoding encoding) {
  const std::string id = row.text(view["ZWHATSAPPID"], encoding);
  const bool names = !row.text(view["ZFULLNAME"], encoding).empty() ||
                     !row.text(view["ZPHONENUMBER"], encoding).empty();
  return (is_jid(id) || (id.empty() && names)) && is_date(row, view["ZABOUTTIMESTAMP"], false);
}

bool plausible_call(const sqlite::RowView& row, sqlite::TableView& view) {
  const auto seconds = row.real(view["ZDURATION"]);
  return is_date(row, view["ZDATE"], true) && (!seconds || (*seconds >= 0 && *seconds < 1e7));
}

bool plausible_media(const sqlite::RowView& row, sqlite::TableView& view,
                     sqlite::Encoding encoding) {
  const auto says = [&](std::string_view name) { return !row.text(view[name], encoding).empty(); };
  const double latitude = row.real(view["ZLATITUDE"]).value_or(0);
  return (says("ZMEDIALOCALPATH") || says("ZMEDIAURL") || says("ZVCARDSTRING") || latitude != 0) &&
         is_date(row, view["ZMEDIAURLDATE"], false);
}

}  // namespace

void recover(sqlite::Fields& fields, Messages& messages, Chats& chats, Calls& calls) {
  std::uint64_t refused = 0;
  const sqlite::Encoding encoding = fields.encoding();
  const auto stats = sqlite::carve(fields.db(), {}, [&](const sqlite::Recovered& found) {
    sqlite::TableView view(found.table);
    const sqlite::RowView row(view, *found.row);
    const std::string& table = found.table->name;
    bool taken = true;
    if (table == "ZWAMESSAGE") {
      if ((taken = plausible_message(row, view, encoding))) messages.recovered(found);
    } else if (table == "ZWACHATSESSION") {
      if ((taken = plausible_chat(row, view, encoding))) chats.recovered(found);
    } else if (table == "ZWAADDRESSBOOKCONTACT") {
      if ((taken = plausible_contact(row, view, encoding))) recovered_contact(fields, found);
    } else if (table == "ZWACDCALLEVENT") {
      if ((taken = plausible_call(row, view))) calls.recovered(found);
    } else if (table == "ZWAMEDIAITEM") {
      if ((taken = plausible_media(row, view, encoding))) messages.recovered_media(found);
    }
    refused += taken ? 0 : 1;
    return true;
  });
  if (refused != 0)
    fields.host().note(FX_INFO, fx::span(0, 0), "remnants-refused",
                       std::to_string(refused) +
                           " remnants have the shape of a row and values that WhatsApp does not "
                           "write: they are left out");
  if (stats.stopped)
    fields.host().note(FX_WARNING, fx::span(0, 0), "recovery-stopped",
                       "the search for deleted rows was stopped at its limit");
}

}  // namespace whatsapp_ios
