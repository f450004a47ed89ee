#include "table.hpp"

#include <algorithm>

namespace forensics::cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 8;

}  // namespace

Table::Table(const Terminal& terminal, std::vector<Column> columns)
    : terminal_(terminal), columns_(std::move(columns)) {
  if (terminal_.columns == 0 || columns_.empty()) return;
  Column& last = columns_.back();
  const bool takes_rest = last.width == 0;
  if (takes_rest) last.width = 2 * kNarrowest;
  const auto total = [&] {
    std::size_t sum = kGap * (columns_.size() - 1);
    for (const Column& column : columns_) sum += column.width;
    return sum;
  };
  // A narrow terminal takes from the widest column that shows evidence.
  while (total() > terminal_.columns) {
    Column* widest = nullptr;
    for (Column& column : columns_)
      if (column.evidence && column.width > kNarrowest &&
          (widest == nullptr || column.width > widest->width))
        widest = &column;
    if (widest == nullptr) break;
    --widest->width;
  }
  if (takes_rest && total() < terminal_.columns) last.width += terminal_.columns - total();
}

std::string Table::heading() const {
  std::string out;
  for (std::size_t at = 0; at < columns_.size(); ++at) {
    const Column& column = columns_[at];
    const bool is_last = at + 1 == columns_.size();
    out += is_last && !column.to_right ? std::string(column.title)
                                       : padded(column.title, column.width, column.to_right);
    if (!is_last) out.append(kGap, ' ');
  }
  return terminal_.bold(out) + "\n";
}

std::string Table::cell(const Column& column, std::string_view text, bool is_last) const {
  std::string out = column.evidence ? visible(text) : std::string(text);
  if (terminal_.columns > 0 && column.width > 0 && (column.evidence || is_last))
    out = cut(out, column.width);
  const std::size_t used = columns_of(out);
  const std::string spaces(
      used < column.width && (!is_last || column.to_right) ? column.width - used : 0, ' ');
  if (column.evidence && terminal_.is_tty) out = isolated(out);
  return column.to_right ? spaces + out : out + spaces;
}

std::string Table::row(const std::vector<std::string>& cells) const {
  std::string out;
  const std::size_t count = std::min(cells.size(), columns_.size());
  for (std::size_t at = 0; at < count; ++at) {
    const bool is_last = at + 1 == count;
    out += cell(columns_[at], cells[at], is_last);
    if (!is_last) out.append(kGap, ' ');
  }
  return out + "\n";
}

}  // namespace forensics::cli
