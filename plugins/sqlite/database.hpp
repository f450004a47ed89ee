#pragma once
// A seized database as SQLite would see it after its last commit, read without SQLite and without
// touching anything, and the earlier images of its pages.
//
//   sqlite::HostBytes file(host);
//   sqlite::Database db({&file});
//   if (!db.readable()) return refuse(db.recognition().reason);
//   for (const sqlite::Table& table : db.tables())
//     db.for_each_row(table, [&](const sqlite::Row& row) { ...; return true; });
//
// Threads: one. Memory: the page cache, the list of tables, four bytes for each page, and one row
// with its payload up to Limits::payload_bytes. Time: each page is visited at most once a scan,
// whatever the links between pages say.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "btree_page.hpp"
#include "bytes.hpp"
#include "defects.hpp"
#include "header.hpp"
#include "journal.hpp"
#include "pages.hpp"
#include "row.hpp"
#include "table.hpp"
#include "wal.hpp"

namespace sqlite {

struct Limits {
  std::size_t cache_bytes = std::size_t{8} << 20;
  std::size_t payload_bytes = std::size_t{32} << 20;  // of one row; what is longer is cut
  std::size_t tables = 16384;
  std::uint32_t pages = std::uint32_t{1} << 28;
};

// A set of page numbers: which pages a walk has been to.
class PageSet {
 public:
  explicit PageSet(std::uint32_t page_count) : bits_(std::size_t{page_count} + 1) {}
  // False where the page is outside or was there before.
  bool add(std::uint32_t page) {
    if (page == 0 || page >= bits_.size() || bits_[page]) return false;
    bits_[page] = true;
    return true;
  }
  bool has(std::uint32_t page) const { return page < bits_.size() && bits_[page]; }

 private:
  std::vector<bool> bits_;
};

// Where each page's newest counting image stands, for the pages that the main file does not have
// it of.
class Overlay {
 public:
  void add(std::uint32_t page, std::uint64_t offset) { places_.emplace_back(page, offset); }
  // Of several images of a page the one added last counts, or the first.
  void settle(bool last_counts);
  std::optional<std::uint64_t> find(std::uint32_t page) const;
  std::size_t size() const { return places_.size(); }

 private:
  std::vector<std::pair<std::uint32_t, std::uint64_t>> places_;
};

// An index, known to tell its pages from free ones.
struct Index {
  std::string name;
  std::uint32_t root = 0;
};

// What the schema says of something that was not understood, so that nothing is lost in silence.
struct Unread {
  std::string type;
  std::string name;
  std::string reason;
};

class Database {
 public:
  explicit Database(const Inputs& inputs, const Limits& limits = {});

  const Recognition& recognition() const { return recognition_; }
  bool readable() const { return recognition_.kind == FileKind::database; }
  const Header& header() const { return header_; }  // of the current view
  const Wal& wal() const { return wal_; }
  const Journal& journal() const { return journal_; }
  bool wal_counts() const { return wal_counts_; }  // its committed frames are part of the view
  std::uint32_t page_count() const { return page_count_; }
  const Inputs& inputs() const { return inputs_; }
  const Limits& limits() const { return limits_; }
  Defects& defects() { return defects_; }

  const std::vector<Table>& tables() const { return tables_; }
  const std::vector<Index>& indexes() const { return indexes_; }
  const std::vector<Unread>& unread() const { return unread_; }
  // sqlite_schema itself.
  const Table& schema_table() const { return schema_table_; }
  const Table* table(std::string_view name) const;

  // All rows of a table, in order of their row ids or keys. `visit` returns false to stop. Damage
  // is noted in defects() and the rest is read.
  using Visit = std::function<bool(const Row&)>;
  void for_each_row(const Table& table, const Visit& visit);

  // The row with this id; false where there is none. Damage looks like absence.
  bool find_row(const Table& table, std::int64_t rowid, Row& row);

  // --- For those who look behind the current view -------------------------------------------

  // The image of a page in the current view; null where there is none.
  ImagePtr page(std::uint32_t number);
  ImagePtr image(std::uint32_t number, const Place& place) { return cache_.read(number, place); }
  Place current_place(std::uint32_t number) const;

  // What a chain of overflow pages is read through: the page of that number, or null to refuse it.
  using PageSource = std::function<ImagePtr(std::uint32_t)>;
  // Puts the payload of `cell` together. False where the chain breaks off.
  bool load_payload(const ImagePtr& image, const Cell& cell, const PageSource& overflow,
                    Payload& out) const;
  // load_payload and decode_record of a cell of `table`.
  bool load_row(const Table& table, const ImagePtr& image, const Cell& cell,
                const PageSource& overflow, Row& row) const;

  // Every page of the b-tree at `root`, parents first and children in key order; `visit` returns
  // false to stop. Pages that `seen` has are not visited.
  using PageVisit = std::function<bool(const ImagePtr&, const BtreePage&)>;
  void walk(std::uint32_t root, PageSet& seen, const PageVisit& visit);

 private:
  static constexpr int kMaxDepth = 20;  // as SQLite's own cursors

  struct Level {
    ImagePtr image;
    BtreePage page;
    std::size_t next = 0;  // of its children and cells
  };

  // How well the pages of a log fit in.
  struct Fit {
    std::size_t right = 0;
    std::size_t wrong = 0;
    std::size_t pages = 0;
  };
  static constexpr std::size_t kFitPages = 4096;  // that are looked at
  static constexpr std::size_t kWrongRoot = 16;   // cells that a misplaced root counts for

  void fit_table(const Table& table, PageSet& seen, Fit& fit);
  std::uint32_t existing_pages(std::uint32_t stated, std::size_t beside) const;
  void read_log();
  void read_rollback();
  std::vector<Table> tables_on_trial();
  bool log_belongs(const std::vector<Table>& before);
  void read_schema();
  void add_schema_row(const Row& row);
  bool enter(std::uint32_t number, PageSet& seen, std::vector<Level>& path);
  std::uint32_t child_of(const Level& level, std::size_t index);
  bool visit_cell(const Table& table, const Level& level, std::size_t index, PageSet& seen,
                  Row& row, const Visit& visit);

  Inputs inputs_;
  Limits limits_;
  Defects defects_;
  Defects aside_;  // of what was read on trial
  Recognition recognition_;
  Header header_;
  PageCache cache_;
  Wal wal_;
  Journal journal_;
  Overlay overlay_;
  std::uint32_t overlay_input_ = kWal;
  bool wal_counts_ = false;
  std::uint32_t page_count_ = 0;
  Table schema_table_;
  std::vector<Table> tables_;
  std::vector<Index> indexes_;
  std::vector<Unread> unread_;
};

}  // namespace sqlite
