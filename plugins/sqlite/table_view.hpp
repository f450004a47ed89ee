#pragma once
// Rows with names: the columns that a plugin knows, found once in the table as this database has
// it. A table or a column that is not there reads as one full of NULL.
//
//   sqlite::TableView view(db.table("message"));
//   const int text = view["text_data"];
//   db.for_each_row(view.table(), [&](const sqlite::Row& row) {
//     sqlite::RowView message(view, row);
//     if (const auto type = message.integer(kind)) ...

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "header.hpp"
#include "row.hpp"
#include "table.hpp"

namespace sqlite {

class TableView {
 public:
  TableView() = default;
  explicit TableView(const Table* table) : table_(table) {
    if (table_ != nullptr) uses_.resize(table_->columns.size());
  }

  bool there() const { return table_ != nullptr; }
  const Table& table() const { return *table_; }  // precondition: there()

  // The place of a column; -1 where there is none.
  int operator[](std::string_view name) const { return find(name); }
  // The first of several names that the table has.
  int any(std::initializer_list<std::string_view> names) const;
  // What a column is for. Fields::rest() writes down each value that no field was made of, but for:
  enum class Use : std::uint8_t {
    value,
    key,     // says which row this one belongs to: that it stands in that row's record tells it
    ignored  // bookkeeping of the application: left out, and a note says so
  };
  void keys(std::initializer_list<std::string_view> names) { set(names, Use::key); }
  void ignore(std::initializer_list<std::string_view> names) { set(names, Use::ignored); }
  bool has(std::string_view name) const { return find(name) >= 0; }
  Use use(std::size_t column) const { return uses_[column]; }

 private:
  int find(std::string_view name) const;
  void set(std::initializer_list<std::string_view> names, Use use);

  const Table* table_ = nullptr;
  std::vector<Use> uses_;
};

class RowView {
 public:
  RowView(const TableView& view, const Row& row) : view_(&view), row_(&row) {}

  const TableView& view() const { return *view_; }
  const Row& row() const { return *row_; }

  // Null where the column is absent or NULL.
  const Value* value(int column) const;
  // Of an integer, a whole real, or a text of digits.
  std::optional<std::int64_t> integer(int column) const;
  std::optional<double> real(int column) const;
  // As UTF-8; empty where there is none. Numbers as digits.
  std::string text(int column, Encoding encoding) const;
  bool is_set(int column) const { return integer(column).value_or(0) != 0; }

 private:
  const TableView* view_;
  const Row* row_;
};

}  // namespace sqlite
