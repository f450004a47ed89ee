// Takeout: the comments and the live chat messages of an account (CSV).

#include <string>
#include <vector>

#include "comment_columns.hpp"
#include "family.hpp"
#include "people.hpp"
#include "segments.hpp"
#include "text/date.hpp"
#include "text/rows.hpp"
#include "text/utf8.hpp"
#include "text/values.hpp"

namespace youtube {
namespace {

constexpr const char* kRule = "takeout.comments";

class Reader {
 public:
  Reader(const fx::Host& host, std::string_view file_name)
      : host_(host), file_name_(file_name), window_(host), values_(host, kRule) {}

  fx_status run() {
    if (window_.at(0, 3).starts_with("\xEF\xBB\xBF")) {
      dialect_.preamble = 3;
      host_.skip(fx::span(0, 3), "byte-order-mark",
                 "signature of the encoding at the start of the file");
    }
    begin_conversation(values_, "youtube", "comments");
    title_from_file(values_, file_name_);
    values_.emit();
    People people(values_);
    owner_ = people.owner();
    text::Rows rows(window_, dialect_);
    text::Row row;
    while (rows.next(row)) take(row);
    values_.finish();
    return FX_OK;
  }

 private:
  void take(const text::Row& row) {
    if (row.cells.size() == 1 && row.cells[0].raw.empty())
      return host_.skip(fx::span(row.offset, row.length), "blank", "an empty row");
    if (names_.empty()) {
      for (const text::Cell& cell : row.cells)
        names_.push_back(text::value_of(cell, dialect_.encoding).text);
      return host_.skip(fx::span(row.offset, row.length), "names-of-columns",
                        "the first row: each name stands before its values");
    }
    if (columns_.empty()) {
      std::vector<std::string> first;
      for (const text::Cell& cell : row.cells)
        first.push_back(text::value_of(cell, dialect_.encoding).text);
      columns_ = columns_of(names_, first);
    }
    values_.start(FX_KIND_MESSAGE, ++messages_, row.offset, row.length);
    values_.ref("conversation", kConversation, row.offset);
    values_.ref("sender", owner_, row.offset);
    values_.word("type", "text", row.offset);
    values_.word("direction", "out", row.offset);
    put_.clear();
    for (std::size_t i = 0; i < row.cells.size(); ++i) cell(row.cells[i], i);
    if (row.dropped != 0)
      values_.extra_derived("cells-not-kept", std::to_string(row.dropped), row.offset, row.length);
    values_.emit();
  }

  // Whether this key of the record is still free.
  bool first(Column column) {
    for (const Column each : put_)
      if (each == column) return false;
    put_.push_back(column);
    return true;
  }

  void cell(const text::Cell& cell, std::size_t at) {
    if (cell.raw.empty()) return;
    const Column column = at < columns_.size() ? columns_[at] : Column::other;
    const text::Value value = text::value_of(cell, dialect_.encoding);
    const std::string name = at < names_.size() ? names_[at] : "column-" + std::to_string(at + 1);
    switch (first(column) ? column : Column::other) {
      case Column::id: return values_.text("source_id", cell.raw, cell.offset);
      case Column::parent: return values_.text("reply_to", cell.raw, cell.offset);
      case Column::created:
        if (const auto time = text::iso_time(value.text))
          return values_.time("sent", *time, cell.offset, cell.raw.size(), "iso-8601");
        break;
      case Column::text:
        if (const auto said = text_of_segments(value.text)) {
          values_.derived("text", text::repaired(*said), cell.offset, cell.raw.size(),
                          "takeout.segments");
          break;  // links stand in the cell only
        }
        if (cell.doubled)
          return values_.derived("text", value.text, cell.offset, cell.raw.size(), "csv.quotes");
        return values_.text("text", cell.raw, cell.offset);
      case Column::author:
      case Column::other: break;
    }
    values_.extra_derived(name, value.text, cell.offset, cell.raw.size());
  }

  const fx::Host& host_;
  std::string_view file_name_;
  fx::Window window_;
  text::Values values_;
  text::Dialect dialect_;
  std::vector<std::string> names_;
  std::vector<Column> columns_;
  std::vector<Column> put_;
  std::int64_t owner_ = 0;
  std::int64_t messages_ = 0;
};

}  // namespace

fx_status read_comments_table(const fx::Host& host, std::string_view file_name) {
  return Reader(host, file_name).run();
}

}  // namespace youtube
