#pragma once
// Rows as records: each value of a row with the codec and all the places that prove it.
//
//   sqlite::Fields fields(host, db, files);
//   fields.start(FX_KIND_MESSAGE, number, row);   // its cell is the extent
//   fields.text("text", row, column);             // nothing is added for NULL and empty texts
//   fields.time("sent", row, column, sqlite::Clock::unix_ms);
//   fields.rest(row);                             // what no one asked for, as `extra`
//   fields.emit();
//
// Threads: one. Memory: the texts of one record, up to kMostText each.

#include <forensics/plugin.hpp>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "carve.hpp"
#include "database.hpp"
#include "lookup.hpp"
#include "seized_files.hpp"
#include "table_view.hpp"
#include "told.hpp"

namespace sqlite {

enum class Clock : std::uint8_t { unix_ms, unix_s, cocoa };

class Fields {
 public:
  static constexpr std::size_t kMostText = std::size_t{1} << 20;    // bytes; longer ones are cut
  static constexpr std::size_t kMostExtra = std::size_t{64} << 10;  // of one column without a key
  static constexpr std::size_t kMostExtraBytes = std::size_t{4} << 20;  // then each is cut shorter
  static constexpr std::size_t kMostExtras = 512;                       // of a record

  Fields(const fx::Host& host, Database& db, const SeizedFiles& files);

  const fx::Host& host() const { return host_; }
  Database& db() { return db_; }
  const SeizedFiles& files() const { return *files_; }
  Encoding encoding() const { return encoding_; }

  // A record whose extent is the cell of `row`. A row that only the log has is marked as such.
  void start(fx_kind kind, std::int64_t ref, const RowView& row);
  // A record that no row of its own stands for.
  void start(fx_kind kind, std::int64_t ref);
  // The row of this record was found where no live row stands.
  void recovered(const Recovered& found);

  // Values as they stand. False where the value is absent, NULL, an empty text or of a kind that
  // the key cannot hold; what is present and cannot be held becomes `extra`.
  bool text(const char* key, const RowView& row, int column);
  // The same, of a row of another database among the inputs.
  bool text(const char* key, const RowView& row, int column, const SeizedFiles& files,
            Encoding encoding);
  bool number(const char* key, const RowView& row, int column);
  // 0 and below mean that there is no time.
  bool time(const char* key, const RowView& row, int column, Clock clock);

  // Values that follow from a value by a rule. With column -1 they follow from the whole row.
  void word(const char* key, std::string_view word, const char* rule, const RowView& row,
            int column);
  void number(const char* key, std::int64_t value, const char* rule, const RowView& row,
              int column);
  void ref(const char* key, std::int64_t number, const RowView& row, int column);

  // `extra`: "table.column=value", or under another name. For a blob up to 64 bytes as hexadecimal
  // digits, else its size.
  void extra(const RowView& row, int column);
  void extra(std::string_view name, const RowView& row, int column);
  void extra_word(std::string_view name, std::string_view word, const char* rule,
                  const RowView& row, int column);
  // Every value of the row that no field was made of, here or in the records before, but for NULL,
  // 0, -1, empty, the column's default, the row id, and what TableView says of the column.
  void rest(const RowView& row);
  // A field stands on this value that was not made by the functions above.
  void told(const RowView& row, int column);

  std::size_t extras() const { return extras_; }           // of the record so far
  bool count_extra() { return ++extras_ <= kMostExtras; }  // one that is made elsewhere

  void emit();
  // At the end: which columns rest() left out, as a note.
  void report_left() const;

  // The cell of a row whose values stand in the record of another row.
  void joined(const RowView& row);
  // The cell of a row that says nothing about the case.
  void skip(const RowView& row, std::string_view code, std::string_view why);

  // A text that lives until the record is emitted.
  std::string_view keep(std::string text);
  // Where a value stands; of more than one place the first. For NULL, 0, 1: its serial type.
  fx_span span(const RowView& row, int column, fx_codec codec = FX_CODEC_NONE) const;
  fx::Record& record() { return record_; }

 private:
  bool whole_text(const char* key, const RowView& row, int column, const Value& value);
  bool digits(const char* key, const RowView& row, int column, const Value& value);
  // Codec and place of an integer; false where its bytes are not to be had.
  bool place_integer(const RowView& row, int column, const Value& value, fx_span& out) const;
  std::vector<fx_span>& places(const RowView& row, int column, fx_codec codec, std::size_t most);
  void mark_log();

  const fx::Host& host_;
  Database& db_;
  const SeizedFiles* files_;
  Encoding encoding_;
  std::unique_ptr<Database> main_alone_;  // where a log counts: what the main file says by itself
  fx::Record record_;
  std::deque<std::string> texts_;
  std::deque<std::vector<fx_span>> spans_;
  std::size_t extras_ = 0;
  std::size_t extra_bytes_ = 0;
  Told told_;
  // Of a table and column: its name, and how many values.
  std::map<std::pair<const Table*, std::size_t>, std::pair<std::string, std::uint64_t>> left_;
  std::optional<RowView> row_;  // whose cell is the extent
  bool recovered_ = false;
  const Table* log_table_ = nullptr;  // of the view, and the same in the main file by itself
  const Table* main_table_ = nullptr;
};

}  // namespace sqlite
