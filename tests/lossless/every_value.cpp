#include "every_value.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <string_view>

#include "protobuf/wire.hpp"
#include "sqlite/corpus.hpp"
#include "support/temporary_folder.hpp"

namespace lossless_test {
namespace {

using forensics::test::SeizedField;
using forensics::test::SeizedHost;
using forensics::test::SeizedPlace;

constexpr std::size_t kListed = 60;

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
struct CloseStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, CloseStatement>;

// A value as SQLite has it.
struct Plain {
  int type = SQLITE_NULL;
  std::int64_t integer = 0;
  double real = 0;
  std::string bytes;  // UTF-8 of a text

  std::string shown() const {
    if (type == SQLITE_INTEGER) return std::to_string(integer);
    if (type != SQLITE_FLOAT) return bytes;
    std::array<char, 1200> out{};
    const auto [end, error] =
        std::to_chars(out.data(), out.data() + out.size(), real, std::chars_format::fixed);
    return error == std::errc() ? std::string(out.data(), end) : std::string();
  }
  bool nothing() const {
    return type == SQLITE_NULL || (type == SQLITE_INTEGER && (integer == 0 || integer == -1)) ||
           (type == SQLITE_FLOAT && real == 0) ||
           ((type == SQLITE_TEXT || type == SQLITE_BLOB) && bytes.empty());
  }
};

Plain plain(sqlite3_stmt* row, int column) {
  Plain out;
  out.type = sqlite3_column_type(row, column);
  if (out.type == SQLITE_INTEGER) out.integer = sqlite3_column_int64(row, column);
  if (out.type == SQLITE_FLOAT) out.real = sqlite3_column_double(row, column);
  if (out.type == SQLITE_TEXT || out.type == SQLITE_BLOB) {
    const void* bytes = out.type == SQLITE_TEXT ? sqlite3_column_text(row, column)
                                                : sqlite3_column_blob(row, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
    if (size != 0) out.bytes.assign(static_cast<const char*>(bytes), size);
  }
  return out;
}

bool same(const Plain& plain, const sqlite::Value& value, sqlite::Encoding encoding) {
  switch (plain.type) {
    case SQLITE_NULL: return value.type == sqlite::Storage::null;
    case SQLITE_INTEGER:
      return value.type == sqlite::Storage::integer && value.integer == plain.integer;
    case SQLITE_FLOAT: return value.type == sqlite::Storage::real && value.real == plain.real;
    case SQLITE_BLOB: return value.type == sqlite::Storage::blob && value.bytes == plain.bytes;
    default:
      return value.type == sqlite::Storage::text &&
             (value.in_record ? sqlite::to_utf8(value.bytes, encoding)
                              : std::string(value.bytes)) ==
                 sqlite::to_utf8(plain.bytes, sqlite::Encoding::utf8);
  }
}

std::string unix_lines(std::string text) {
  std::size_t at = 0;
  while ((at = text.find("\r\n", at)) != std::string::npos) text.erase(at, 1);
  return text;
}

// Does this field, which stands on the value, show it?
enum class Shows : std::uint8_t { no, derived, value };
Shows shows(const SeizedField& field, const Plain& value) {
  if (field.key == "extra") {
    const std::size_t at = field.text.find('=');
    if (at == std::string::npos) return Shows::no;
    const std::string_view said = std::string_view(field.text).substr(at + 1);
    if (said == value.shown() || said == unix_lines(value.shown())) return Shows::value;
    const std::string size = "(" + std::to_string(value.bytes.size()) + " bytes)";
    // A long value is named by its size, at its place.
    if (said.ends_with(size) && value.bytes.size() > 128) return Shows::value;
    if (value.type == SQLITE_BLOB && said == "x'" + sqlite_test::hex(value.bytes) + "'")
      return Shows::value;
    if (value.type == SQLITE_TEXT && said == sqlite::to_utf8(value.bytes, sqlite::Encoding::utf8))
      return Shows::value;
    return Shows::no;
  }
  // The host reads the bytes again: a value that is not derived is what stands there.
  return field.basis == FX_BASIS_DERIVED ? Shows::derived : Shows::value;
}

// Fields and skips by place.
class Places {
 public:
  explicit Places(const SeizedHost& host) {
    for (const auto& record : host.records())
      for (const SeizedField& field : record.fields)
        for (const SeizedPlace& place : field.places)
          if (place.length != 0) fields_.push_back({place, &field});
    std::ranges::sort(fields_, {}, [](const At& each) { return key(each.place); });
    for (const auto& skip : host.skips())
      if (skip.code != "sqlite-joined-row" && skip.place.length != 0) skips_.push_back(skip.place);
    std::ranges::sort(skips_, {}, key);
  }

  Shows on(const sqlite::Span& where, const Plain& value) const {
    Shows best = Shows::no;
    each(where, [&](const At& at) { best = std::max(best, shows(*at.field, value)); });
    return best;
  }
  // A place inside that a field stands on.
  bool within(const sqlite::Span& where) const {
    bool any = false;
    each(where, [&](const At&) { any = true; });
    return any;
  }
  bool covers(std::uint32_t input, std::uint64_t begin, std::uint64_t end) const {
    for (const At& at : fields_)
      if (at.place.input == input && at.place.offset <= begin &&
          at.place.offset + at.place.length >= end)
        return true;
    return false;
  }
  bool skipped(const sqlite::Span& cell) const {
    auto after = std::ranges::upper_bound(skips_, std::pair(cell.input, cell.offset), {}, key);
    if (after == skips_.begin()) return false;
    const SeizedPlace& place = *--after;
    return place.input == cell.input && place.offset + place.length >= cell.offset + cell.length;
  }

 private:
  struct At {
    SeizedPlace place;
    const SeizedField* field;
  };
  static std::pair<std::uint32_t, std::uint64_t> key(const SeizedPlace& place) {
    return {place.input, place.offset};
  }
  template <typename Visit>
  void each(const sqlite::Span& where, Visit visit) const {
    auto at = std::ranges::lower_bound(fields_, std::pair(where.input, where.offset), {},
                                       [](const At& each) { return key(each.place); });
    for (; at != fields_.end() && at->place.input == where.input &&
           at->place.offset < where.offset + where.length;
         ++at)
      if (at->place.offset + at->place.length <= where.offset + where.length) visit(*at);
  }

  std::vector<At> fields_;
  std::vector<SeizedPlace> skips_;
};

class Follower {
 public:
  Follower(const SeizedHost& host, const std::set<std::string>& left)
      : places_(host), left_(left) {}

  Outcome run(const std::filesystem::path& file) {
    const sqlite_test::Files files = sqlite_test::load(file);
    sqlite::Database own(files.inputs());
    encoding_ = own.header().encoding;
    // SQLite gets a copy: it writes beside what it opens.
    const forensics::test::TemporaryFolder scratch;
    for (const char* ending : {"", "-wal", "-journal"})
      if (std::filesystem::exists(file.string() + ending))
        std::filesystem::copy_file(file.string() + ending,
                                   scratch / ("copy" + std::string(ending)));
    sqlite3* opened = nullptr;
    sqlite3_open((scratch / "copy").c_str(), &opened);
    const std::unique_ptr<sqlite3, CloseDatabase> db(opened);
    std::vector<std::string> names;
    const Statement list = prepare(
        opened,
        "SELECT name FROM sqlite_master WHERE type='table' AND sql NOT LIKE 'CREATE VIRTUAL%'");
    while (list && sqlite3_step(list.get()) == SQLITE_ROW)
      names.emplace_back(plain(list.get(), 0).bytes);
    for (const std::string& name : names) table(opened, own, name);
    return std::move(out_);
  }

 private:
  static Statement prepare(sqlite3* db, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr);
    return Statement(statement);
  }

  void table(sqlite3* db, sqlite::Database& own, const std::string& name) {
    std::string quoted;
    for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
    Statement rows = prepare(db, "SELECT rowid, * FROM \"" + quoted + "\" ORDER BY rowid");
    if (!rows) rows = prepare(db, "SELECT NULL, * FROM \"" + quoted + '"');
    const sqlite::Table* table = own.table(name);
    if (table == nullptr || !rows) return differ(name + ": a table that is not read");
    ++out_.tables;
    own.for_each_row(*table, [&](const sqlite::Row& row) {
      if (sqlite3_step(rows.get()) != SQLITE_ROW) {
        differ(name + ": a row that SQLite does not have");
        return false;
      }
      const Plain rowid = plain(rows.get(), 0);
      if (rowid.type == SQLITE_INTEGER && row.rowid != rowid.integer)
        differ(name + ": row " + rowid.shown());
      const std::size_t columns = static_cast<std::size_t>(sqlite3_column_count(rows.get())) - 1;
      if (columns != row.values.size()) differ(name + ": columns");
      ++out_.rows;
      for (std::size_t i = 0; i < std::min(columns, row.values.size()); ++i)
        value(*table, row, i, plain(rows.get(), static_cast<int>(i) + 1));
      return true;
    });
    if (sqlite3_step(rows.get()) == SQLITE_ROW) differ(name + ": rows that are not read");
  }

  void value(const sqlite::Table& table, const sqlite::Row& row, std::size_t column,
             const Plain& plain) {
    const sqlite::Value& value = row.values[column];
    const std::string name = table.name + '.' + table.columns[column].name;
    const std::string where = name + " of row " + std::to_string(row.rowid.value_or(0));
    if (!same(plain, value, encoding_)) return differ(where);
    const auto& fallback = table.columns[column].fallback;
    const bool is_default =
        fallback && fallback->type == value.type &&
        (value.type == sqlite::Storage::integer ? fallback->integer == value.integer
         : value.type == sqlite::Storage::real  ? fallback->real == value.real
                                                : fallback->bytes == plain.bytes);
    if (plain.nothing() || is_default || (!value.in_record && !value.is_rowid)) {
      if (plain.type != SQLITE_NULL) ++out_.nothing;
      return;
    }
    ++out_.values;
    if (places_.skipped(row.cell)) {
      ++out_.skipped;
      return;
    }
    std::vector<sqlite::Span> spans;
    if (value.is_rowid) {
      spans.push_back(row.rowid_span);
    } else {
      row.spans(column, spans);
      if (spans.empty())
        if (const auto type = row.type_span(column)) spans.push_back(*type);
    }
    Shows best = Shows::no;
    for (const sqlite::Span& span : spans) best = std::max(best, places_.on(span, plain));
    if (best == Shows::no && value.is_rowid) {
      ++out_.row_ids;
      return;
    }
    if (best == Shows::no && plain.type == SQLITE_BLOB && spans.size() == 1 &&
        places_.within(spans.front()))
      best = Shows::value;
    if (plain.type == SQLITE_BLOB && best != Shows::no && spans.size() == 1)
      message(plain.bytes, spans.front(), where, 0);
    if (best == Shows::value) {
      ++out_.told;
    } else if (best == Shows::derived) {
      ++out_.derived;
    } else if (joins(table, column)) {
      ++out_.keys;
    } else if (left_.contains(name) || left_.contains("*." + table.columns[column].name)) {
      ++out_.unsaid;
    } else {
      lose(name, where + ": " + plain.shown().substr(0, 40));
    }
  }

  // Numbers of rows in other tables, by the names of these columns. They are told by what hangs on
  // what; where the row is not there, a record must show them.
  static bool joins(const sqlite::Table& table, std::size_t column) {
    static const std::set<std::string> kKeys = {"message_row_id",         "chat_row_id",
                                                "call_log_row_id",        "message_add_on_row_id",
                                                "message_poll_option_id", "Z1PARTICIPANTS"};
    return kKeys.contains(table.columns[column].name);
  }

  // A blob of which parts were read: each field of the protocol buffer, walked on its own.
  void message(std::string_view bytes, const sqlite::Span& where, const std::string& name,
               int depth) {
    if (depth > 8 || places_.covers(where.input, where.offset, where.offset + where.length)) return;
    protobuf::Message walk(bytes);
    for (protobuf::Field field; walk.next(field);) {
      const sqlite::Span part = {where.input, where.offset + field.at, field.bytes.size()};
      if (part.length == 0 || places_.covers(part.input, part.offset, part.offset + part.length))
        continue;
      const std::string inner = name + '/' + std::to_string(field.number);
      if (field.wire == protobuf::Wire::bytes && places_.within(part))
        message(field.bytes, part, inner, depth + 1);
      else
        lose("blob", inner + " (" + std::to_string(part.length) + " bytes)");
    }
  }

  void differ(const std::string& what) {
    if (out_.differ.size() < kListed) out_.differ.push_back(what);
  }
  void lose(const std::string& name, const std::string& what) {
    ++out_.lost_count;
    if (++out_.by_table[name] <= 2 && out_.lost.size() < kListed) out_.lost.push_back(what);
  }

  Places places_;
  const std::set<std::string>& left_;
  sqlite::Encoding encoding_ = sqlite::Encoding::utf8;
  Outcome out_;
};

}  // namespace

std::string Outcome::line() const {
  const auto of = [](const char* name, std::uint64_t count) {
    return ' ' + std::string(name) + '=' + std::to_string(count);
  };
  return of("tables", tables) + of("rows", rows) + of("values", values) + of("told", told) +
         of("derived", derived) + of("skipped", skipped) + of("row-ids", row_ids) +
         of("keys", keys) + of("left", unsaid) + of("lost", lost_count) + of("nothing", nothing);
}

Outcome follow(const std::filesystem::path& file, const SeizedHost& host,
               const std::set<std::string>& left) {
  return Follower(host, left).run(file);
}

}  // namespace lossless_test
