#pragma once
// Tables beside the messages: each has a column that names the row it belongs to. Those that no one
// reads by name give their values as `extra` to the record of that row, so that what a version of
// the application added later is not lost.

#include <functional>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

#include "sqlite/fields.hpp"

namespace whatsapp_android {

class SideTables {
 public:
  static constexpr std::size_t kMost = 256;                       // tables
  static constexpr std::size_t kMostRows = std::size_t{1} << 18;  // of a table without the row id

  // All tables with rows that have a column `key`, but for `except`, what is technical, and
  // what `takes` does not take.
  SideTables(sqlite::Fields& fields, std::string_view key,
             std::initializer_list<std::string_view> except,
             bool (*takes)(const sqlite::Table&) = nullptr);

  // Adds their values for `number` to the record under construction.
  void add(std::int64_t number);
  // Accounts for all rows; `orphan` is given those whose number is not known, and its column.
  void finish(const std::function<bool(std::int64_t)>& is_known,
              const std::function<void(const sqlite::RowView&, int column)>& orphan);
  bool has(std::string_view table) const;

 private:
  struct Side {
    sqlite::TableView view;
    int column = -1;
    sqlite::Lookup rows;
  };
  sqlite::Fields& fields_;
  std::vector<std::unique_ptr<Side>> sides_;
};

// Whether the number of a row of the table is that of a chat: what it says is said of the chat.
bool is_of_chats(const sqlite::Table& table);

// Tables that say nothing about what was communicated: search indexes, keys of the transport.
bool is_technical(std::string_view table);

}  // namespace whatsapp_android
