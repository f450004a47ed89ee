#include "reader.hpp"

#include <string>
#include <vector>

#include "text/utf8.hpp"
#include "text/values.hpp"

namespace table {
namespace {

constexpr const char* kRule = "table.row";
constexpr std::int64_t kConversation = 1;

class Reader {
 public:
  Reader(const fx::Host& host, std::string_view file_name, const Found& found)
      : host_(host),
        file_name_(file_name),
        found_(found),
        window_(host),
        rows_(window_, found.dialect),
        values_(host, kRule) {}

  fx_status run() {
    const Dialect& dialect = found_.dialect;
    if (dialect.preamble != 0)
      host_.skip(fx::span(0, dialect.preamble), "byte-order-mark",
                 "signature of the encoding at the start of the file");
    reading("encoding", name_of(dialect.encoding), dialect.encoding != Encoding::other,
            found_.encoding_reason);
    reading("delimiter", name_of_delimiter(dialect.delimiter), true, found_.delimiter_reason);
    reading("first-row", found_.has_names ? "names-of-columns" : "values", true,
            found_.names_reason);
    conversation();
    Row row;
    while (rows_.next(row)) take(row);
    values_.finish();
    count(cut_, "cut-row", "rows in which a quote does not close or that are too long");
    count(uneven_, "uneven-row", "rows with another number of cells than most");
    return FX_OK;
  }

 private:
  void reading(std::string_view subject, std::string_view value, bool chosen,
               std::string_view reason) {
    values_.start(FX_KIND_READING, 0, 0, 0);
    values_.word("subject", subject);
    values_.word("value", value);
    values_.word("verdict", chosen ? "chosen" : "undecided");
    values_.word("reason", reason);
    values_.emit();
  }

  void conversation() {
    values_.start(FX_KIND_CONVERSATION, kConversation, 0, 0);
    values_.word("platform", "table");
    values_.word("type", "table");
    if (!file_name_.empty() && text::is_utf8(file_name_))
      values_.derived("title", std::string(file_name_), 0, 0, "table.file-name");
    values_.emit();
  }

  void take(const Row& row) {
    ++number_;
    const bool names = number_ == 1 && found_.has_names;
    const bool empty = row.cells.size() == 1 && row.cells[0].raw.empty();
    if (names)
      for (const Cell& cell : row.cells)
        names_.push_back(value_of(cell, found_.dialect.encoding).text);
    if (empty) return host_.skip(fx::span(row.offset, row.length), "blank", "an empty row");
    if (row.cut) ++cut_;
    if (row.cells.size() != found_.columns) ++uneven_;
    values_.start(FX_KIND_MESSAGE, number_, row.offset, row.length);
    values_.ref("conversation", kConversation, row.offset);
    values_.word("type", "other", row.offset);
    values_.word("code", names ? "names-of-columns" : "row", row.offset);
    for (std::size_t i = 0; i < row.cells.size(); ++i) cell(row.cells[i], i);
    if (row.dropped != 0)
      values_.extra_derived("cells-not-kept", std::to_string(row.dropped), row.offset, row.length);
    values_.emit();
  }

  void cell(const Cell& cell, std::size_t column) {
    if (cell.raw.empty()) return;
    const std::string name =
        column < names_.size() ? names_[column] : "column-" + std::to_string(column + 1);
    const Value value = value_of(cell, found_.dialect.encoding);
    values_.extra_derived(name, value.text, cell.offset, cell.raw.size());
  }

  void count(std::uint64_t n, std::string_view code, std::string_view what) {
    if (n != 0)
      host_.note(FX_WARNING, fx::span(0, 0), code, std::to_string(n) + " " + std::string(what));
  }

  const fx::Host& host_;
  std::string_view file_name_;
  const Found& found_;
  fx::Window window_;
  Rows rows_;
  text::Values values_;
  std::vector<std::string> names_;
  std::int64_t number_ = 0;
  std::uint64_t cut_ = 0, uneven_ = 0;
};

}  // namespace

fx_status read_rows(const fx::Host& host, std::string_view file_name, const Found& found) {
  return Reader(host, file_name, found).run();
}

}  // namespace table
