#include "account.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "page_map.hpp"
#include "text.hpp"

namespace sqlite {
namespace {

struct Reason {
  std::string code;
  std::string why;
};

// Joins what stands side by side for the same reason.
class Runs {
 public:
  Runs(const fx::Host& host, const SeizedFiles& files) : host_(host), files_(files) {}
  ~Runs() = default;

  void add(const Span& where, const Reason& reason) {
    if (where.length == 0) return;
    if (reason_ == &reason && run_.input == where.input &&
        run_.offset + run_.length == where.offset) {
      run_.length += where.length;
      return;
    }
    flush();
    run_ = where;
    reason_ = &reason;
  }
  void flush() {
    if (reason_ != nullptr) host_.skip(files_.span(run_), reason_->code, reason_->why);
    reason_ = nullptr;
  }

 private:
  const fx::Host& host_;
  const SeizedFiles& files_;
  Span run_;
  const Reason* reason_ = nullptr;
};

const Reason kSchema{"sqlite-schema", "what tables and indexes the database has"};
const Reason kTree{"sqlite-tree", "heads of pages, pointers to cells, inner pages of trees"};
const Reason kFree{"sqlite-free-space", "space inside pages that no live row uses"};
const Reason kIndexPages{"sqlite-index", "an index: it repeats values of its table"};
const Reason kOverflow{"sqlite-overflow",
                       "long values continue here; the record of their row names these places"};
const Reason kFreelist{"sqlite-free-page", "pages that the database does not use"};
const Reason kUnlinked{"sqlite-unlinked-page", "pages that nothing in the database refers to"};
const Reason kPointerMap{"sqlite-pointer-map", "pages that say which page belongs to which"};
const Reason kReplaced{"sqlite-replaced-page", "earlier images of pages: a newer one counts"};
const Reason kBehind{"sqlite-behind-end", "bytes behind the last page of the database"};
const Reason kLogHead{"sqlite-log-head", "heads of the write-ahead log and of its frames"};
const Reason kStale{"sqlite-log-frame", "images of pages in the log that do not count, or no more"};
const Reason kBefore{"sqlite-journal",
                     "images of pages from before a transaction, and their heads"};
const Reason kForeignLog{"sqlite-log-unused", "a log that is not part of the database's view"};

class Account {
 public:
  Account(const fx::Host& host, Database& db, const SeizedFiles& files,
          const std::function<bool(const Table&)>& is_read)
      : db_(db),
        runs_(host, files),
        templates_(templates_of(db)),
        gaps_(templates_.size()),
        map_(db, templates_, [this](const Template& of, const Row& row) {
          if (row.rowid) gaps_[of.number].add(*row.rowid);
        }) {
    for (const Template& each : templates_) {
      const bool schema = each.table == &db.schema_table();
      read_.push_back(!schema && is_read(*each.table));
      others_.push_back(schema ? kSchema : reason_of(*each.table));
    }
  }

  TableGaps run() {
    main_file();
    log();
    journal();
    runs_.flush();
    TableGaps out;
    for (const Template& each : templates_)
      if (read_[each.number]) out.emplace(each.table->name, std::move(gaps_[each.number]));
    return out;
  }

 private:
  static std::vector<Template> templates_of(Database& db) {
    std::vector<Template> out;
    const auto add = [&](const Table& table) {
      Template& next = out.emplace_back();
      next.table = &table;
      next.number = out.size() - 1;
      next.profile.columns.resize(table.columns.size());
    };
    add(db.schema_table());
    for (const Table& table : db.tables()) add(table);
    return out;
  }
  static Reason reason_of(const Table& table) {
    std::string name = to_utf8(std::string_view(table.name).substr(0, 64), Encoding::utf8);
    return {"sqlite-table:" + name, "rows of a table that is not read for the case"};
  }

  std::uint64_t page_size() const { return db_.header().page_size; }

  void main_file() {
    const std::uint64_t length = db_.inputs().main->length();
    const std::uint64_t whole = std::min<std::uint64_t>(db_.page_count(), length / page_size() + 1);
    for (std::uint64_t number = 1; number <= whole; ++number) {
      const std::uint64_t at = (number - 1) * page_size();
      if (at >= length) break;
      const Span where = {kMain, at, std::min(page_size(), length - at)};
      const auto page = static_cast<std::uint32_t>(number);
      if (db_.current_place(page) == Place{kMain, at})
        live_page(page, where);
      else
        runs_.add(where, kReplaced);
    }
    const std::uint64_t end = whole * page_size();
    if (end < length) runs_.add({kMain, end, length - end}, kBehind);
  }

  void log() {
    const Bytes* file = db_.inputs().wal;
    if (file == nullptr) return;
    const Wal& wal = db_.wal();
    if (!wal.usable) return runs_.add({kWal, 0, file->length()}, kForeignLog);
    runs_.add({kWal, 0, std::min<std::uint64_t>(Wal::kHeader, file->length())}, kLogHead);
    std::uint64_t end = Wal::kHeader;
    for (std::size_t i = 0; i < wal.frames.size(); ++i) {
      const std::uint64_t at = wal.page_offset(i);
      runs_.add({kWal, at - Wal::kFrameHeader, Wal::kFrameHeader}, kLogHead);
      const std::uint32_t page = wal.frames[i].page;
      const Span where = {kWal, at, page_size()};
      if (page >= 1 && page <= db_.page_count() && db_.current_place(page) == Place{kWal, at})
        live_page(page, where);
      else
        runs_.add(where, kStale);
      end = at + page_size();
    }
    if (end < file->length()) runs_.add({kWal, end, file->length() - end}, kStale);
  }

  void journal() {
    const Bytes* file = db_.inputs().journal;
    if (file == nullptr) return;
    std::uint64_t end = 0;
    for (const JournalPage& image : db_.journal().pages) {
      const bool current = db_.journal().hot && image.page >= 1 && image.page <= db_.page_count() &&
                           image.offset >= end &&
                           db_.current_place(image.page) == Place{kJournal, image.offset};
      if (!current) continue;
      runs_.add({kJournal, end, image.offset - end}, kBefore);
      live_page(image.page, {kJournal, image.offset, page_size()});
      end = image.offset + page_size();
    }
    if (end < file->length()) runs_.add({kJournal, end, file->length() - end}, kBefore);
  }

  void live_page(std::uint32_t number, const Span& where) {
    const std::uint16_t role = map_.role(number);
    switch (role) {
      case PageMap::kUnknown: return runs_.add(where, kUnlinked);
      case PageMap::kFreeLeaf:
      case PageMap::kFreeTrunk: return runs_.add(where, kFreelist);
      case PageMap::kFixed: return runs_.add(where, kPointerMap);
      case PageMap::kIndex: return runs_.add(where, kIndexPages);
      case PageMap::kOverflow: return runs_.add(where, kOverflow);
      default: break;
    }
    const std::size_t table = role - PageMap::kTable;
    if (!read_[table]) return runs_.add(where, others_[table]);
    between_cells(number, where);
  }

  void between_cells(std::uint32_t number, const Span& where) {
    const ImagePtr image = db_.page(number);
    const std::uint32_t usable = db_.header().usable;
    const auto page = image == nullptr ? std::nullopt : read_btree_page(*image, usable);
    if (!page || page->kind == PageKind::interior_table) return runs_.add(where, kTree);
    cells_.clear();
    const std::size_t end = std::min<std::size_t>(usable, image->bytes.size());
    for (std::size_t i = 0; i < page->cell_count; ++i) {
      const auto offset = cell_offset(*image, *page, i, usable);
      if (!offset) continue;
      if (const auto cell = read_cell(image->bytes, page->kind, *offset, end, usable))
        cells_.emplace_back(cell->offset, cell->offset + cell->length);
    }
    std::ranges::sort(cells_);
    std::uint64_t at = std::min<std::uint64_t>(page->pointers_end(), where.length);
    runs_.add({where.input, where.offset, at}, kTree);
    for (const auto& [begin, finish] : cells_) {
      if (begin > at) runs_.add({where.input, where.offset + at, begin - at}, kFree);
      at = std::max<std::uint64_t>(at, finish);
    }
    if (at < where.length) runs_.add({where.input, where.offset + at, where.length - at}, kFree);
  }

  Database& db_;
  Runs runs_;
  std::vector<Template> templates_;
  std::vector<Gaps> gaps_;
  PageMap map_;
  std::vector<bool> read_;
  std::vector<Reason> others_;
  std::vector<std::pair<std::size_t, std::size_t>> cells_;
};

}  // namespace

TableGaps account_for_rest(const fx::Host& host, Database& db, const SeizedFiles& files,
                           const std::function<bool(const Table&)>& is_read) {
  return Account(host, db, files, is_read).run();
}

void report_defects(const fx::Host& host, Database& db, const SeizedFiles& files) {
  for (const Defect& defect : db.defects().kept()) {
    // What should be there may lie behind the end of a file that was cut.
    Span where = defect.where;
    const Bytes* file = db.inputs().of(where.input);
    const std::uint64_t length = file == nullptr ? 0 : file->length();
    where.offset = std::min(where.offset, length);
    where.length = std::min(where.length, length - where.offset);
    host.note(FX_WARNING, files.span(where), defect.code, defect.what);
  }
  if (db.defects().count() > db.defects().kept().size())
    host.note(FX_WARNING, files.span({}), "defects",
              std::to_string(db.defects().count()) + " defects in all; the first are listed");
}

}  // namespace sqlite
