#include "gaps.hpp"

#include <algorithm>
#include <optional>

namespace sqlite {
namespace {

constexpr const char* kRule = "sqlite.row-ids";

// "Z" and the name in capitals is how Core Data names the table of an entity.
bool is_table_of(std::string_view table, std::string_view entity) {
  return table.size() == entity.size() + 1 && table[0] == 'Z' &&
         std::ranges::equal(table.substr(1), entity, [](char a, char b) {
           return a == (b >= 'a' && b <= 'z' ? static_cast<char>(b - 'a' + 'A') : b);
         });
}

class Recorder {
 public:
  explicit Recorder(Fields& fields) : fields_(fields) {}

  void record(std::string_view name, Gaps gaps) {
    const Table* table = fields_.db().table(name);
    if (table == nullptr) return;
    counter("sqlite_sequence", "name", "seq", name, gaps);
    counter("Z_PRIMARYKEY", "Z_NAME", "Z_MAX", name, gaps);
    if (gaps.missing() == 0) return;
    // What it stands on: the counter, else the last row.
    Row last;
    if (counter_) {
      emit(name, gaps, RowView(counter_view_, *counter_), counter_column_);
    } else if (fields_.db().find_row(*table, gaps.last(), last)) {
      const TableView view(table);
      emit(name, gaps, RowView(view, last), -1);
    }
    counter_.reset();
  }

 private:
  void counter(std::string_view table, std::string_view name, std::string_view last,
               std::string_view wanted, Gaps& gaps) {
    const TableView view(fields_.db().table(table));
    if (!view.there()) return;
    const int named = view[name];
    const int column = view[last];
    fields_.db().for_each_row(view.table(), [&](const Row& found) {
      const RowView row(view, found);
      const std::string of = row.text(named, fields_.encoding());
      if (of != wanted && !is_table_of(wanted, of)) return true;
      if (const auto given = row.integer(column)) {
        gaps.given_to(*given);
        counter_view_ = view;
        counter_column_ = column;
        counter_.emplace();
        fields_.db().find_row(view.table(), found.rowid.value_or(0), *counter_);
      }
      return false;
    });
  }

  void emit(std::string_view name, const Gaps& gaps, const RowView& row, int column) {
    const std::string words = std::to_string(gaps.missing()) + " of the row ids 1 to " +
                              std::to_string(gaps.last()) + " of table " + std::string(name) +
                              " are not in use: such rows were deleted, or never kept";
    fields_.start(FX_KIND_READING, 0);
    fields_.word("subject", "row-ids", kRule, row, column);
    fields_.word("value", "missing", kRule, row, column);
    fields_.word("verdict", "undecided", kRule, row, column);
    fields_.word("reason", words, kRule, row, column);
    fields_.extra_word("table", name, kRule, row, column);
    fields_.extra_word("row_ids", gaps.list(), kRule, row, column);
    fields_.emit();
  }

  Fields& fields_;
  TableView counter_view_;
  int counter_column_ = -1;
  std::optional<Row> counter_;
};

}  // namespace

void Gaps::add(std::int64_t rowid) {
  if (rowid < expected_ || rowid == INT64_MAX) return;
  if (rowid > expected_) note(expected_, rowid - 1);
  expected_ = rowid + 1;
}

void Gaps::given_to(std::int64_t last) {
  if (last < expected_ || last == INT64_MAX) return;
  note(expected_, last);
  expected_ = last + 1;
}

void Gaps::note(std::int64_t first, std::int64_t last) {
  missing_ += static_cast<std::uint64_t>(last - first) + 1;
  if (++count_ > kListed + 1) return;
  if (!list_.empty()) list_ += ", ";
  if (count_ > kListed) {
    list_ += "...";
    return;
  }
  list_ += std::to_string(first);
  if (last != first) list_ += "-" + std::to_string(last);
}

void record_gaps(Fields& fields, TableGaps gaps, std::initializer_list<std::string_view> tables) {
  for (const std::string_view name : tables)
    if (const auto found = gaps.find(name); found != gaps.end())
      Recorder(fields).record(name, std::move(found->second));
}

}  // namespace sqlite
