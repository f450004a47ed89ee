#pragma once
// One table beside the messages that is read by name.

#include <optional>
#include <string_view>

#include "sqlite/fields.hpp"

namespace whatsapp_android {

struct Beside {
  static constexpr std::size_t kMostRows = std::size_t{1} << 20;

  sqlite::TableView view;
  sqlite::Lookup rows;

  Beside(sqlite::Fields& fields, std::string_view table, std::string_view key)
      : view(fields.db().table(table)) {
    const int column = view[key];
    rows = sqlite::Lookup(fields.db(), view, column, kMostRows);
    view.keys({key, "chat_row_id"});
    if (rows.cut())
      fields.host().note(FX_WARNING, fx::span(0, 0), "whatsapp-limit",
                         "a table beside the messages has more rows than are joined");
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  // The row of a message; lives until the next call.
  std::optional<sqlite::RowView> find(std::int64_t number) {
    const sqlite::Row* row = rows.first(number);
    if (row == nullptr) return std::nullopt;
    return sqlite::RowView(view, *row);
  }
};

}  // namespace whatsapp_android
