#include "table_view.hpp"

#include <charconv>
#include <cmath>

#include "sql.hpp"
#include "text.hpp"

namespace sqlite {
namespace {

template <class Number>
std::optional<Number> parsed(std::string_view digits) {
  Number out{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return out;
}

// Beyond this not every whole number is a double.
constexpr double kExact = 9007199254740992.0;

}  // namespace

int TableView::find(std::string_view name) const {
  if (table_ == nullptr) return -1;
  for (std::size_t i = 0; i < table_->columns.size(); ++i)
    if (equal_names(table_->columns[i].name, name)) return static_cast<int>(i);
  return -1;
}

int TableView::any(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names)
    if (const int column = find(name); column >= 0) return column;
  return -1;
}

void TableView::set(std::initializer_list<std::string_view> names, Use use) {
  for (const std::string_view name : names)
    if (const int column = find(name); column >= 0) uses_[static_cast<std::size_t>(column)] = use;
}

const Value* RowView::value(int column) const {
  if (column < 0 || static_cast<std::size_t>(column) >= row_->values.size()) return nullptr;
  const Value& value = row_->values[static_cast<std::size_t>(column)];
  return value.type == Storage::null ? nullptr : &value;
}

std::optional<std::int64_t> RowView::integer(int column) const {
  const Value* found = value(column);
  if (found == nullptr) return std::nullopt;
  if (found->type == Storage::integer) return found->integer;
  if (found->type == Storage::text) return parsed<std::int64_t>(found->bytes);
  if (found->type == Storage::real && std::fabs(found->real) <= kExact &&
      std::floor(found->real) == found->real)
    return static_cast<std::int64_t>(found->real);
  return std::nullopt;
}

std::optional<double> RowView::real(int column) const {
  const Value* found = value(column);
  if (found == nullptr) return std::nullopt;
  if (found->type == Storage::real) return found->real;
  if (found->type == Storage::integer) return static_cast<double>(found->integer);
  if (found->type == Storage::text) return parsed<double>(found->bytes);
  return std::nullopt;
}

std::string RowView::text(int column, Encoding encoding) const {
  const Value* found = value(column);
  if (found == nullptr) return {};
  if (found->type == Storage::text)
    // A default comes from the schema, which was read as UTF-8.
    return to_utf8(found->bytes, found->in_record ? encoding : Encoding::utf8);
  if (found->type == Storage::integer) return std::to_string(found->integer);
  return {};
}

}  // namespace sqlite
