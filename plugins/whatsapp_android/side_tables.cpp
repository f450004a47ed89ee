#include "side_tables.hpp"

#include <algorithm>

#include "sqlite/sql.hpp"

namespace whatsapp_android {

using sqlite::Row;
using sqlite::RowView;

bool is_technical(std::string_view table) {
  static constexpr std::string_view kParts[] = {
      "_fts",           "fts_",           "sidecar",        "mms_",
      "reporting_info", "message_secret", "audio_data",     "privacy_state",
      "message_link",   "messages_links", "backup_changes", "user_device"};
  return std::ranges::any_of(
      kParts, [&](std::string_view part) { return table.find(part) != std::string_view::npos; });
}

bool is_of_chats(const sqlite::Table& table) {
  return !table.without_rowid && table.rowid_alias >= 0 && !is_technical(table.name) &&
         sqlite::equal_names(table.columns[static_cast<std::size_t>(table.rowid_alias)].name,
                             "chat_row_id");
}

SideTables::SideTables(sqlite::Fields& fields, std::string_view key,
                       std::initializer_list<std::string_view> except,
                       bool (*takes)(const sqlite::Table&))
    : fields_(fields) {
  sqlite::Database& db = fields.db();
  for (const sqlite::Table& table : db.tables()) {
    if (sides_.size() >= kMost || table.without_rowid || is_technical(table.name)) continue;
    if (std::ranges::find(except, table.name) != except.end()) continue;
    if (takes != nullptr && !takes(table)) continue;
    sqlite::TableView view(&table);
    if (!view.has(key)) continue;
    bool empty = true;
    db.for_each_row(table, [&](const Row&) { return empty = false; });
    if (empty) continue;
    auto side = std::make_unique<Side>();
    side->view = std::move(view);
    side->column = side->view[key];
    side->view.keys({key});
    side->rows = sqlite::Lookup(db, side->view, side->column, kMostRows);
    if (side->rows.cut())
      fields.host().note(FX_WARNING, fx::span(0, 0), "whatsapp-limit",
                         "a table beside the messages has more rows than are joined");
    sides_.push_back(std::move(side));
  }
}

void SideTables::add(std::int64_t number) {
  for (const auto& side : sides_)
    side->rows.each(number, [&](const RowView& row) { fields_.rest(row); });
}

void SideTables::finish(const std::function<bool(std::int64_t)>& is_known,
                        const std::function<void(const RowView&, int)>& orphan) {
  for (const auto& side : sides_)
    fields_.db().for_each_row(side->view.table(), [&](const Row& found) {
      const RowView row(side->view, found);
      if (is_known(row.integer(side->column).value_or(0)))
        fields_.joined(row);
      else
        orphan(row, side->column);
      return true;
    });
}

bool SideTables::has(std::string_view table) const {
  return std::ranges::any_of(sides_,
                             [&](const auto& side) { return side->view.table().name == table; });
}

}  // namespace whatsapp_android
