#include "fields.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "shown.hpp"
#include "text.hpp"

namespace sqlite {
namespace {

constexpr std::int64_t kMostInteger = (std::int64_t{1} << 53) - 1;  // of the contract
constexpr std::int64_t kLastTime = 253'402'300'799'999;             // year 9999
constexpr std::size_t kMostLeft = 4096;                             // bytes of a note
constexpr std::int64_t kCocoaEpoch = 978'307'200;

}  // namespace

Fields::Fields(const fx::Host& host, Database& db, const SeizedFiles& files)
    : host_(host), db_(db), files_(&files), encoding_(db.header().encoding) {
  if (!db.wal_counts()) return;
  main_alone_ = std::make_unique<Database>(files.main_alone());
  if (!main_alone_->readable()) main_alone_.reset();
}

void Fields::start(fx_kind kind, std::int64_t ref, const RowView& row) {
  start(kind, ref);
  record_.start(kind, ref, files_->span(row.row().cell));
  row_ = row;
}

void Fields::start(fx_kind kind, std::int64_t ref) {
  record_.start(kind, ref, fx::span(0, 0));
  texts_.clear();
  spans_.clear();
  extras_ = 0;
  extra_bytes_ = 0;
  row_.reset();
  recovered_ = false;
}

void Fields::recovered(const Recovered& found) {
  recovered_ = true;
  word("recovered", name_of(found.origin), "sqlite.carve", *row_, -1);
  word("standing", name_of(found.standing), "sqlite.carve", *row_, -1);
  number("confidence", found.confidence, "sqlite.carve", *row_, -1);
  extra_word("found", keep(describe(found.reasons)), "sqlite.carve", *row_, -1);
  extra_word("page", keep(std::to_string(found.page)), "sqlite.carve", *row_, -1);
  if (found.frame != 0)
    extra_word("frame", keep(std::to_string(found.frame)), "sqlite.carve", *row_, -1);
}

std::string_view Fields::keep(std::string text) {
  return texts_.emplace_back(std::move(text));
}

// --- Places --------------------------------------------------------------------------------------

std::vector<fx_span>& Fields::places(const RowView& row, int column, fx_codec codec,
                                     std::size_t most) {
  std::vector<Span> found;
  row.row().spans(static_cast<std::size_t>(column), found);
  std::vector<fx_span>& out = spans_.emplace_back();
  for (Span part : found) {
    part.length = std::min<std::uint64_t>(part.length, most);
    most -= static_cast<std::size_t>(part.length);
    if (part.length != 0) out.push_back(files_->span(part, codec));
  }
  return out;
}

fx_span Fields::span(const RowView& row, int column, fx_codec codec) const {
  if (column >= 0) {
    std::vector<Span> found;
    row.row().spans(static_cast<std::size_t>(column), found);
    if (!found.empty()) return files_->span(found.front(), codec);
    if (const auto type = row.row().type_span(static_cast<std::size_t>(column)))
      return files_->span(*type, codec);
  }
  return files_->span(row.row().cell, codec);
}

bool Fields::place_integer(const RowView& row, int column, const Value& value, fx_span& out) const {
  if (!value.complete) return false;
  if (value.is_rowid) {
    if (row.row().rowid_span.length == 0) return false;
    out = files_->span(row.row().rowid_span, FX_CODEC_VARINT_BE);
    return true;
  }
  if (!value.in_record) return false;
  const auto index = static_cast<std::size_t>(column);
  if (value.serial == 8 || value.serial == 9) {
    const auto type = row.row().type_span(index);
    if (!type || type->length != 1) return false;
    out = files_->span(*type, FX_CODEC_SQLITE_SERIAL);
    return true;
  }
  std::vector<Span> found;
  row.row().spans(index, found);
  // In two pieces it would need more_spans; numbers are too small for that to happen to matter.
  if (found.size() != 1 || found.front().length != value.length) return false;
  out = files_->span(found.front(), FX_CODEC_INT_BE);
  return true;
}

// --- Values --------------------------------------------------------------------------------------

bool Fields::text(const char* key, const RowView& row, int column) {
  const Value* value = row.value(column);
  if (value == nullptr) return false;
  told(row, column);
  if (value->type == Storage::integer || value->type == Storage::real)
    return digits(key, row, column, *value);
  // Applications bind texts as blobs: what a column of texts has is text, repaired if need be.
  if (value->type == Storage::blob && !well_formed(value->bytes, Encoding::utf8) &&
      row.view().table().columns[static_cast<std::size_t>(column)].affinity != Affinity::text) {
    extra(row, column);
    return false;
  }
  return whole_text(key, row, column, *value);
}

bool Fields::text(const char* key, const RowView& row, int column, const SeizedFiles& files,
                  Encoding encoding) {
  const SeizedFiles* const own_files = std::exchange(files_, &files);
  const Encoding own_encoding = std::exchange(encoding_, encoding);
  const bool added = text(key, row, column);
  files_ = own_files;
  encoding_ = own_encoding;
  return added;
}

bool Fields::whole_text(const char* key, const RowView& row, int column, const Value& value) {
  if (value.bytes.empty()) {
    if (!value.complete) extra_word(key, "lost", "sqlite.incomplete", row, column);
    return false;
  }
  if (!value.in_record) {
    word(key, keep(to_utf8(value.bytes, Encoding::utf8)), "sqlite.default", row, -1);
    return true;
  }
  const Encoding encoding = value.type == Storage::blob ? Encoding::utf8 : this->encoding();
  const std::string_view bytes = cut_text(value.bytes, kMostText, encoding);
  const bool verbatim = encoding == Encoding::utf8 && well_formed(bytes, encoding);
  const fx_codec codec = verbatim                        ? FX_CODEC_UTF8
                         : encoding == Encoding::utf8    ? FX_CODEC_UTF8_REPAIR
                         : encoding == Encoding::utf16le ? FX_CODEC_UTF16LE
                                                         : FX_CODEC_UTF16BE;
  const std::vector<fx_span>& where = places(row, column, codec, bytes.size());
  if (where.empty()) {  // its bytes were rebuilt: there is no place that proves them
    word(key, keep(to_utf8(bytes, encoding)), "sqlite.rebuilt", row, -1);
    return true;
  }
  // A row that is looked up on the way may make place for the next before the record is emitted.
  const bool stays = row_ && &row.row() == &row_->row();
  if (verbatim)
    record_.verbatim(key, stays ? bytes : keep(std::string(bytes)), where.front());
  else
    record_.decoded(key, keep(with_line_ends(to_utf8(bytes, encoding))), where.front());
  if (where.size() > 1) record_.continued(std::span(where).subspan(1));
  if (!value.complete || bytes.size() < value.bytes.size())
    extra_word("cut", key, value.complete ? "sqlite.long-text" : "sqlite.incomplete", row, column);
  return true;
}

bool Fields::digits(const char* key, const RowView& row, int column, const Value& value) {
  const bool stored_real = value.type == Storage::real && value.serial == 7 && value.in_record;
  fx_span where;
  if (stored_real) {
    const std::string out = digits_of(value.real);
    if (out.empty() || !std::isfinite(value.real) || !value.complete) {
      extra(row, column);
      return false;
    }
    record_.decoded(key, keep(out), span(row, column, FX_CODEC_DOUBLE_BE));
    return true;
  }
  const std::int64_t whole =
      value.type == Storage::integer ? value.integer : row.integer(column).value_or(0);
  if (place_integer(row, column, value, where))
    record_.decoded(key, keep(std::to_string(whole)), where);
  else
    word(key, keep(std::to_string(whole)), "sqlite.rebuilt", row, -1);
  return true;
}

bool Fields::number(const char* key, const RowView& row, int column) {
  const Value* value = row.value(column);
  if (value == nullptr) return false;
  const auto whole = row.integer(column);
  if (!whole || *whole > kMostInteger || *whole < -kMostInteger) {
    extra(row, column);
    return false;
  }
  told(row, column);
  fx_span where;
  if (value->type != Storage::text && value->serial != 7 &&
      place_integer(row, column, *value, where))
    record_.decoded(key, *whole, where);
  else
    record_.number(key, *whole, "sqlite.number", span(row, column));
  return true;
}

bool Fields::time(const char* key, const RowView& row, int column, Clock clock) {
  const Value* value = row.value(column);
  const auto seconds = row.real(column);
  if (value == nullptr || !seconds) {
    if (value != nullptr) extra(row, column);
    return false;
  }
  // Nothing was ever sent before 1970: 0 and -1 are how applications write "not yet".
  if (*seconds == 0 || *seconds == -1) return false;
  const auto whole = row.integer(column);
  const bool counts_seconds = clock != Clock::unix_ms;
  const std::int64_t epoch = clock == Clock::cocoa ? kCocoaEpoch : 0;
  if (!std::isfinite(*seconds) || std::fabs(*seconds) > 2.6e14) {
    extra(row, column);
    return false;
  }
  // The whole seconds apart, so that the fraction keeps every bit that it has.
  const double floor = std::floor(*seconds);
  const std::int64_t ms =
      counts_seconds ? (static_cast<std::int64_t>(floor) + epoch) * 1000 +
                           (whole ? 0 : static_cast<std::int64_t>((*seconds - floor) * 1000))
                     : static_cast<std::int64_t>(floor);
  if (ms > kLastTime || ms < 0) {
    extra(row, column);
    return false;
  }
  const fx_time instant = fx::instant(ms, clock == Clock::unix_s || (clock == Clock::cocoa && whole)
                                              ? FX_PRECISION_SECOND
                                              : FX_PRECISION_MILLISECOND);
  told(row, column);
  fx_span where;
  const bool real = value->serial == 7 && value->in_record && value->type == Storage::real;
  if (real && value->complete && clock != Clock::unix_ms) {
    record_.decoded(
        key, instant,
        span(row, column, clock == Clock::cocoa ? FX_CODEC_DOUBLE_BE_COCOA : FX_CODEC_DOUBLE_BE));
  } else if (!real && value->type != Storage::text && place_integer(row, column, *value, where) &&
             (clock == Clock::unix_ms || where.codec == FX_CODEC_INT_BE)) {
    if (clock == Clock::unix_s) where.codec = FX_CODEC_INT_BE_SECONDS;
    if (clock == Clock::cocoa) where.codec = FX_CODEC_INT_BE_COCOA;
    record_.decoded(key, instant, where);
  } else {
    record_.time(key, instant, "sqlite.time", span(row, column));
  }
  return true;
}

void Fields::word(const char* key, std::string_view word, const char* rule, const RowView& row,
                  int column) {
  told(row, column);
  record_.derived(key, word, rule, span(row, column));
}

void Fields::number(const char* key, std::int64_t value, const char* rule, const RowView& row,
                    int column) {
  told(row, column);
  record_.number(key, value, rule, span(row, column));
}

void Fields::ref(const char* key, std::int64_t number, const RowView& row, int column) {
  told(row, column);
  record_.ref(key, number, "sqlite.row", span(row, column));
}

// --- What has no key -----------------------------------------------------------------------------

void Fields::extra_word(std::string_view name, std::string_view word, const char* rule,
                        const RowView& row, int column) {
  if (++extras_ > kMostExtras) return;
  std::string out(name);
  out += '=';
  out += word;
  record_.derived("extra", keep(std::move(out)), rule, span(row, column));
}

void Fields::extra(std::string_view name, const RowView& row, int column) {
  const Value* value = row.value(column);
  const bool sized =
      value != nullptr && (value->type == Storage::text || value->type == Storage::blob);
  if (value == nullptr || (sized && value->bytes.empty())) return;
  std::string words = shown(*value, encoding(), extra_bytes_ < kMostExtraBytes ? kMostExtra : 256);
  extra_bytes_ += words.size();
  told(row, column);
  extra_word(name, words, "sqlite.column", row, column);
}

void Fields::extra(const RowView& row, int column) {
  if (row.value(column) == nullptr) return;
  const Table& table = row.view().table();
  extra(shown_name(table.name) + "." +
            shown_name(table.columns[static_cast<std::size_t>(column)].name),
        row, column);
}

void Fields::rest(const RowView& row) {
  const Table& table = row.view().table();
  for (std::size_t i = 0; i < table.columns.size() && i < row.row().values.size(); ++i) {
    const Value& value = row.row().values[i];
    if (value.is_rowid || says_nothing(value, table.columns[i])) continue;
    const TableView::Use use = row.view().use(i);
    if (use == TableView::Use::ignored) {
      auto& [name, rows] = left_[{&table, i}];
      if (++rows == 1) name = shown_name(table.name) + '.' + shown_name(table.columns[i].name);
    }
    if (use == TableView::Use::value && !told_.has(row.row().cell, i))
      extra(row, static_cast<int>(i));
  }
}

void Fields::told(const RowView& row, int column) {
  if (column >= 0) told_.add(row.row().cell, static_cast<std::size_t>(column));
}

void Fields::report_left() const {
  std::vector<std::string> columns;
  for (const auto& [at, left] : left_)
    columns.push_back(left.first + " (" + std::to_string(left.second) + ')');
  std::ranges::sort(columns);
  std::string names;
  for (const std::string& each : columns) {
    if (names.size() > kMostLeft) {
      names += " and others";
      break;
    }
    names += (names.empty() ? "" : ", ") + each;
  }
  if (!names.empty())
    host_.note(
        FX_INFO, fx::span(0, 0), "columns-left",
        "bookkeeping of the application, not written down, with the number of values: " + names);
}

// --- Whole records -------------------------------------------------------------------------------

// Says what the main file alone has to say about a row whose page stands in the log.
void Fields::mark_log() {
  if (!row_ || recovered_ || main_alone_ == nullptr) return;
  const Row& row = row_->row();
  if (row.cell.input != kWal || !row.rowid) return;
  const Table& table = row_->view().table();
  if (log_table_ != &table) {
    log_table_ = &table;
    main_table_ = main_alone_->table(table.name);
  }
  Row before;
  if (main_table_ == nullptr || !main_alone_->find_row(*main_table_, *row.rowid, before)) {
    extra_word("log", "this row stands in the write-ahead log only", "sqlite.log", *row_, -1);
  } else if (!std::ranges::equal(row.values, before.values, same_value)) {
    extra_word("log", "the main file has an earlier version of this row", "sqlite.log", *row_, -1);
  }
}

void Fields::emit() {
  mark_log();
  if (extras_ > kMostExtras)
    record_.derived("extra", keep("extras-cut=" + std::to_string(extras_ - kMostExtras)),
                    "sqlite.limit", fx::span(0, 0));
  host_.emit(record_);
}

void Fields::joined(const RowView& row) {
  skip(row, "sqlite-joined-row", "its values stand in the record of the row that it belongs to");
}

void Fields::skip(const RowView& row, std::string_view code, std::string_view why) {
  host_.skip(files_->span(row.row().cell), code, why);
}

}  // namespace sqlite
