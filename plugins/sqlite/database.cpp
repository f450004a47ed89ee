#include "database.hpp"

#include <algorithm>

#include "format.hpp"
#include "sql.hpp"
#include "text.hpp"

namespace sqlite {
namespace {

constexpr std::string_view kSchemaSql =
    "CREATE TABLE sqlite_schema(type TEXT, name TEXT, tbl_name TEXT, rootpage INTEGER, sql TEXT)";

// What a row of the schema is about is one of four words. The encoding in which it is one, if that
// is another than the stated one.
std::optional<Encoding> encoding_beside(const Value& type, Encoding stated) {
  if (type.type != Storage::text) return std::nullopt;
  const auto is_word = [&](Encoding encoding) {
    const std::string word = to_utf8(type.bytes, encoding);
    return word == "table" || word == "index" || word == "view" || word == "trigger";
  };
  if (is_word(stated)) return std::nullopt;
  for (const Encoding each : {Encoding::utf8, Encoding::utf16le, Encoding::utf16be})
    if (is_word(each)) return each;
  return std::nullopt;
}

}  // namespace

void Overlay::settle(bool last_counts) {
  if (!last_counts) std::ranges::reverse(places_);
  std::ranges::stable_sort(places_, {}, &std::pair<std::uint32_t, std::uint64_t>::first);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (i + 1 == places_.size() || places_[i + 1].first != places_[i].first)
      places_[kept++] = places_[i];
  places_.resize(kept);
  places_.shrink_to_fit();
}

std::optional<std::uint64_t> Overlay::find(std::uint32_t page) const {
  const auto found =
      std::ranges::lower_bound(places_, page, {}, &std::pair<std::uint32_t, std::uint64_t>::first);
  if (found == places_.end() || found->first != page) return std::nullopt;
  return found->second;
}

Database::Database(const Inputs& inputs, const Limits& limits)
    : inputs_(inputs),
      limits_(limits),
      recognition_(recognise(*inputs.main, defects_)),
      header_(recognition_.header),
      cache_(inputs, header_.page_size, limits.cache_bytes) {
  schema_table_ = *parse_create_table(kSchemaSql);
  schema_table_.root = 1;
  if (!readable()) return;
  page_count_ = header_.page_count;
  if (inputs_.journal != nullptr) read_rollback();
  if (inputs_.wal != nullptr) read_log();
  if (page_count_ > limits_.pages) {
    defects_.add({}, "too-many-pages", "the database has more pages than this reader follows");
    page_count_ = limits_.pages;
  }
  read_schema();
}

// A log or journal may state any number of pages; there are no more than there are images of them.
std::uint32_t Database::existing_pages(std::uint32_t stated, std::size_t beside) const {
  const std::uint64_t in_file =
      (inputs_.main->length() + header_.page_size - 1) / header_.page_size;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(stated, in_file + beside));
}

void Database::read_rollback() {
  journal_ = read_journal(*inputs_.journal, header_.page_size, defects_);
  if (!journal_.hot) return;
  for (const JournalPage& page : journal_.pages) overlay_.add(page.page, page.offset);
  // The first image of a page is the one from before the transaction.
  overlay_.settle(false);
  overlay_input_ = kJournal;
  page_count_ = existing_pages(journal_.page_count, journal_.pages.size());
  if (const ImagePtr first = page(1); first != nullptr && first->place.input == kJournal) {
    const std::uint32_t size = header_.page_size;
    header_ = parse_header(first->bytes);
    header_.page_size = size;
    header_.usable = size - std::min(header_.reserved, size - 480);
  }
}

void Database::read_log() {
  wal_ = read_wal(*inputs_.wal, header_.page_size, defects_);
  if (!wal_.usable || wal_.page_count == 0) return;
  if (journal_.hot) {
    wal_.reason = "there is a hot rollback journal: the log is not part of the view";
    return;
  }
  if (!header_.wal_mode) {
    wal_.reason = "the database is not in the mode that uses a log: the log is not its own";
    defects_.add({kWal, 0, Wal::kHeader}, "foreign-wal", wal_.reason);
    return;
  }
  const std::vector<Table> tables_before = tables_on_trial();
  const Overlay before = overlay_;
  const Header header_before = header_;
  const std::uint32_t count_before = page_count_;
  for (std::size_t i = 0; i < wal_.frames.size(); ++i)
    if (wal_.frames[i].state == FrameState::committed)
      overlay_.add(wal_.frames[i].page, wal_.page_offset(i));
  overlay_.settle(true);
  page_count_ = existing_pages(wal_.page_count, wal_.frames.size());
  wal_counts_ = log_belongs(tables_before);
  if (wal_counts_) return;
  overlay_ = before;
  header_ = header_before;
  page_count_ = count_before;
  wal_.reason = "the log is of another database: its pages do not fit to these";
  defects_.add({kWal, 0, Wal::kHeader}, "foreign-wal", wal_.reason);
}

// The tables of the view as it is now; what is wrong with it does not count yet.
std::vector<Table> Database::tables_on_trial() {
  std::swap(aside_, defects_);
  read_schema();
  std::swap(aside_, defects_);
  aside_ = {};
  indexes_.clear();
  unread_.clear();
  return std::exchange(tables_, {});
}

// Nothing in a log names its database. What can be seen is whether the whole holds together: the
// header keeps what never changes, and the pages of the log take their places in the trees.
bool Database::log_belongs(const std::vector<Table>& before) {
  const ImagePtr first = page(1);
  if (first == nullptr || first->bytes.size() < 100) return false;
  Header with = parse_header(first->bytes);
  if (first->place.input == kWal) {
    if (with.page_size != header_.page_size || with.reserved != header_.reserved ||
        with.encoding != header_.encoding || with.application_id != header_.application_id)
      return false;
    with.usable = header_.usable;
    header_ = with;
  }
  const std::vector<Table> tables = tables_on_trial();
  const bool shared = std::ranges::any_of(before, [&](const Table& one) {
    return std::ranges::any_of(tables, [&](const Table& other) { return one.name == other.name; });
  });
  if (!before.empty() && !tables.empty() && !shared) return false;
  std::swap(aside_, defects_);
  Fit fit;
  PageSet seen(page_count_);
  for (const Table& table : tables) {
    fit_table(table, seen, fit);
    if (fit.pages >= kFitPages) break;
  }
  std::swap(aside_, defects_);
  aside_ = {};
  return fit.wrong * 4 <= fit.right;
}

// Counts cells of the log's pages that are of their table and in order among their neighbours, and
// those that are not.
void Database::fit_table(const Table& table, PageSet& seen, Fit& fit) {
  std::optional<std::int64_t> last;
  if (const ImagePtr root = page(table.root);
      root == nullptr || !read_btree_page(*root, header_.usable) ||
      read_btree_page(*root, header_.usable)->table() == table.without_rowid)
    fit.wrong += kWrongRoot;
  walk(table.root, seen, [&](const ImagePtr& image, const BtreePage& page) {
    const bool of_log = image->place.input == kWal;
    for (std::size_t i = 0; page.kind == PageKind::leaf_table && i < page.cell_count; ++i) {
      const auto offset = cell_offset(*image, page, i, header_.usable);
      const std::size_t end = std::min<std::size_t>(header_.usable, image->bytes.size());
      const auto cell =
          offset ? read_cell(image->bytes, page.kind, *offset, end, header_.usable) : std::nullopt;
      bool right = cell && (!last || cell->rowid > *last);
      if (cell) {
        last = cell->rowid;
        Row row;
        load_row(
            table, image, *cell, [](std::uint32_t) { return nullptr; }, row);
        right = right && row.stored_columns <= table.stored.size();
      }
      // At the seam of two pages either may be the one that is out of place.
      if (of_log || !right) ++(right ? fit.right : fit.wrong);
    }
    return ++fit.pages < kFitPages;
  });
}

Place Database::current_place(std::uint32_t number) const {
  if (const auto offset = overlay_.find(number)) return {overlay_input_, *offset};
  return {kMain, std::uint64_t{number - 1} * header_.page_size};
}

ImagePtr Database::page(std::uint32_t number) {
  if (number == 0 || number > page_count_) return nullptr;
  ImagePtr image = cache_.read(number, current_place(number));
  return image->bytes.empty() ? nullptr : image;
}

const Table* Database::table(std::string_view name) const {
  const auto found = std::ranges::find_if(
      tables_, [&](const Table& table) { return equal_names(table.name, name); });
  return found == tables_.end() ? nullptr : &*found;
}

void Database::read_schema() {
  for_each_row(schema_table_, [&](const Row& row) {
    add_schema_row(row);
    return tables_.size() + indexes_.size() + unread_.size() < limits_.tables;
  });
}

void Database::add_schema_row(const Row& row) {
  if (const auto written = encoding_beside(row.values[0], header_.encoding)) {
    defects_.add({kMain, 56, 4}, "text-encoding",
                 "the stated text encoding is not the one in which the schema is written");
    header_.encoding = *written;
  }
  const auto text = [&](std::size_t column) {
    const Value& value = row.values[column];
    return value.type == Storage::text ? to_utf8(value.bytes, header_.encoding) : std::string();
  };
  const std::string type = text(0);
  const std::string name = text(1);
  const Value& root_value = row.values[3];
  const bool has_root = root_value.type == Storage::integer && root_value.integer > 0 &&
                        root_value.integer <= std::int64_t{page_count_};
  const std::uint32_t root = has_root ? static_cast<std::uint32_t>(root_value.integer) : 0;
  if (type == "index") {
    if (has_root) indexes_.push_back({name, root});
    return;
  }
  if (type != "table") return;  // views and triggers have no rows
  const std::string sql = text(4);
  if (is_virtual_table(sql)) {
    unread_.push_back({type, name, "a virtual table: what it shows is in other tables"});
    return;
  }
  auto table = parse_create_table(sql);
  if (!table || !has_root) {
    const char* reason = table ? "its root page does not exist" : "its statement is not understood";
    defects_.add(row.cell, "schema-row", reason);
    unread_.push_back({type, name, reason});
    return;
  }
  // The statement of a renamed table is rewritten; the name beside it is what counts.
  table->name = name;
  table->root = root;
  tables_.push_back(std::move(*table));
}

}  // namespace sqlite
