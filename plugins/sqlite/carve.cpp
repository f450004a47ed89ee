#include "carve.hpp"

#include <algorithm>
#include <deque>

#include "format.hpp"
#include "page_map.hpp"
#include "remnant.hpp"
#include "row_marks.hpp"
#include "text.hpp"

namespace sqlite {
namespace {

// An image to look at, and how it came to be there.
struct Source {
  ImagePtr image;
  Origin origin = Origin::free_page;
  std::uint16_t role = PageMap::kUnknown;  // of its page in the current view
  std::size_t frame = 0;                   // of the log, from 1
  bool uncommitted = false;
  bool unverified = false;
  // Pages in use have live cells; of all other images every cell is a finding.
  bool in_use = false;
};

class Carver {
 public:
  Carver(Database& db, const CarveLimits& limits,
         const std::function<bool(const Recovered&)>& visit)
      : db_(db),
        limits_(limits),
        visit_(visit),
        templates_(make_templates(db)),
        live_(limits.marks),
        map_(db, templates_,
             [this](const Template& of, const Row& row) { live_.add(mark(of, row)); }),
        reported_(limits.marks) {
    live_.settle();
    index_log();
    std::uint64_t bytes = 0;
    for (const std::uint32_t input : {kMain, kWal, kJournal})
      if (const Bytes* file = db.inputs().of(input)) bytes += file->length();
    work_left_ = bytes * 32 + (std::uint64_t{256} << 20);
  }

  CarveStats run() {
    find_dropped_tables();
    look_everywhere();
    // Where there are more live rows than marks are kept at a time, the rest takes further rounds.
    while (!stats_.stopped && live_.next_class()) {
      later_round_ = true;
      for (const Template& of : templates_)
        if (!of.table->dropped)
          db_.for_each_row(*of.table, [&](const Row& row) {
            live_.add(mark(of, row));
            return true;
          });
      live_.settle();
      look_everywhere();
    }
    return stats_;
  }

 private:
  static std::vector<Template> make_templates(Database& db) {
    std::vector<Template> out;
    out.push_back({&db.schema_table(), {}, 0});
    for (const Table& table : db.tables()) out.push_back({&table, {}, out.size()});
    return out;
  }

  // A row by its values alone: that is all that is left of many.
  static std::uint64_t mark(const Template& of, const Row& row) {
    RowMark mark(of.number);
    for (std::size_t i = 0; i < row.values.size(); ++i)
      if (static_cast<int>(i) != of.table->rowid_alias) mark.add(row.values[i]);
    return mark.value();
  }

  void index_log() {
    const Wal& wal = db_.wal();
    for (std::size_t i = 0; i < wal.frames.size(); ++i)
      frames_.emplace_back(wal.frames[i].page, static_cast<std::uint32_t>(i));
    std::ranges::sort(frames_);
  }

  // --- Sources --------------------------------------------------------------------------------

  // Tables that were dropped are known by what is left of their statements.
  void find_dropped_tables() {
    schema_only_ = true;
    look_everywhere();
    schema_only_ = false;
    for (const Table& table : dropped_) {
      templates_.push_back({&table, {}, templates_.size()});
      keyed_templates_ |= table.without_rowid;
    }
    stats_ = {};
    reported_.clear();
  }

  void look_everywhere() {
    // Images of an earlier time first: in them a record still has its row id.
    earlier_images();
    // Where the log replaces pages, those of the main file are older than the view; where a hot
    // journal does, they are what never came to be.
    if (!db_.journal().hot) replaced_pages();
    pages_of_view();
    if (db_.journal().hot) replaced_pages();
  }

  void pages_of_view() {
    const std::uint32_t pages = db_.page_count();
    for (std::uint32_t number = 1; number <= pages && !stats_.stopped; ++number) {
      Source source;
      source.role = map_.role(number);
      if (source.role == PageMap::kFixed || source.role == PageMap::kIndex ||
          source.role == PageMap::kOverflow)
        continue;
      source.image = db_.page(number);
      if (source.image == nullptr) continue;
      source.in_use = source.role >= PageMap::kTable;
      source.origin = source.role == PageMap::kUnknown ? Origin::unlinked_page
                      : source.in_use                  ? Origin::unallocated
                                                       : Origin::free_page;
      look_at(source);
    }
  }

  void earlier_images() {
    const Wal& wal = db_.wal();
    // What a log of another database holds was never deleted from this one.
    const bool own = db_.wal_counts() || wal.page_count == 0;
    for (std::size_t i = 0; own && i < wal.frames.size() && !stats_.stopped; ++i) {
      const Frame& frame = wal.frames[i];
      const Place place = {kWal, wal.page_offset(i)};
      const bool current = frame.page != 0 && frame.page <= db_.page_count() &&
                           db_.current_place(frame.page) == place;
      if (current || frame.page == 0) continue;
      Source source = earlier(frame.page, place, Origin::wal_frame);
      source.frame = i + 1;
      source.uncommitted = frame.state == FrameState::uncommitted;
      source.unverified = !frame.verified;
      look_at(source);
    }
    for (const JournalPage& page : db_.journal().pages) {
      if (stats_.stopped) return;
      const Place place = {kJournal, page.offset};
      if (page.page <= db_.page_count() && db_.current_place(page.page) == place) continue;
      Source source = earlier(page.page, place, Origin::journal_page);
      source.unverified = !page.verified;
      look_at(source);
    }
  }

  void replaced_pages() {
    const std::uint64_t size = db_.header().page_size;
    const std::uint64_t in_file = (db_.inputs().main->length() + size - 1) / size;
    const auto last =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(in_file, db_.limits().pages));
    for (std::uint32_t number = 1; number <= last && !stats_.stopped; ++number) {
      const Place place = {kMain, (number - 1) * size};
      if (number <= db_.page_count() && db_.current_place(number) == place) continue;
      Source source = earlier(number, place, Origin::replaced_page);
      source.uncommitted = db_.journal().hot;
      look_at(source);
    }
  }

  Source earlier(std::uint32_t number, const Place& place, Origin origin) {
    Source source;
    source.image = db_.image(number, place);
    source.origin = origin;
    source.role = map_.role(number);
    return source;
  }

  // The page that an overflow link in `source` means: as it was when the image was made.
  ImagePtr overflow_page(const Source& source, std::uint32_t number) {
    spend(1 + db_.header().page_size / kBytesAUnit);
    if (stats_.stopped) return nullptr;
    if (source.frame != 0) {
      // As it was when the transaction of this frame ended, if the log still has that.
      const std::vector<Frame>& log = db_.wal().frames;
      const std::uint32_t run = log[source.frame - 1].run;
      std::size_t last = source.frame - 1;
      while (last + 1 < log.size() && log[last].commit == 0 && log[last + 1].run == run) ++last;
      const auto behind =
          std::ranges::upper_bound(frames_, std::pair{number, static_cast<std::uint32_t>(last)});
      if (behind != frames_.begin() && std::prev(behind)->first == number &&
          log[std::prev(behind)->second].run == run)
        return db_.image(number, {kWal, db_.wal().page_offset(std::prev(behind)->second)});
    }
    if (source.origin == Origin::wal_frame || source.origin == Origin::replaced_page)
      return number == 0
                 ? nullptr
                 : db_.image(number, {kMain, std::uint64_t{number - 1} * db_.header().page_size});
    if (source.origin == Origin::journal_page && !map_.is_free(number)) return nullptr;
    // What a page in use holds belongs to someone else by now.
    return map_.is_free(number) ? db_.page(number) : nullptr;
  }

  // --- Images ---------------------------------------------------------------------------------

  // Every row of a schema that is of a table has these words.
  bool mentions_table(std::string_view bytes) const {
    static constexpr std::string_view kWords = "CREATE TABLE";
    if (db_.header().encoding == Encoding::utf8) return bytes.find(kWords) != bytes.npos;
    std::string wide;
    for (const char c : kWords) wide += {c, '\0'};
    wide.pop_back();
    return bytes.find(wide) != bytes.npos;
  }

  void look_at(const Source& source) {
    if (schema_only_ && (source.role > PageMap::kTable || !mentions_table(source.image->bytes)))
      return;
    ++stats_.images;
    page_template_ =
        source.role >= PageMap::kTable ? &templates_[source.role - PageMap::kTable] : nullptr;
    const std::uint32_t usable = db_.header().usable;
    const std::size_t end = std::min<std::size_t>(usable, source.image->bytes.size());
    const auto page = read_btree_page(*source.image, usable);
    if (!page || source.role == PageMap::kFreeTrunk) {
      std::size_t begin = source.image->number == 1 ? 100 : 0;
      if (source.role == PageMap::kFreeTrunk && end >= 8)
        begin = std::min<std::size_t>(end, 8 + 4 * std::size_t{be32(source.image->bytes, 4)});
      look_through(source, {std::min(begin, end), end, false}, source.origin);
      return;
    }
    const bool rows = page->kind != PageKind::interior_table;
    for (std::size_t i = 0; rows && !source.in_use && i < page->cell_count; ++i)
      if (const auto offset = cell_offset(*source.image, *page, i, usable)) {
        const std::size_t at = *offset + (page->leaf() ? 0 : 4);
        Remnant remnant;
        if (whole_cell_at(source.image->bytes, at, end, usable, page->table(), remnant))
          judge(source, remnant, source.origin, true);
        if (stats_.stopped) return;
      }
    std::vector<FreeRegion> regions;
    free_regions(*source.image, *page, usable, regions);
    for (const FreeRegion& region : regions) {
      const Origin origin = !source.in_use     ? source.origin
                            : region.freeblock ? Origin::freeblock
                                               : Origin::unallocated;
      look_through(source, region, origin);
    }
  }

  void look_through(const Source& source, const FreeRegion& region, Origin origin) {
    const std::string_view page = source.image->bytes;
    const std::uint32_t usable = db_.header().usable;
    stats_.free_bytes += region.end - region.begin;
    Remnant remnant;
    for (std::size_t at = region.begin; at + 4 <= region.end && !stats_.stopped;) {
      std::size_t taken = 0;
      if (page[at] != '\0') {
        for (const bool table_leaf : {true, false})
          if (taken == 0 && (table_leaf || keyed_templates_) &&
              whole_cell_at(page, at, region.end, usable, table_leaf, remnant) &&
              !is_overwritten(source, remnant.cell, region.end) &&
              judge(source, remnant, origin, false))
            taken = remnant.cell.length;
      }
      if (taken == 0)
        if (const std::size_t size = freeblock_at(page, at, region.end, usable))
          taken = look_at_block(source, at, size, origin, region.freeblock && at == region.begin);
      at += std::max<std::size_t>(taken, 1);
    }
  }

  // Did a later cell of the page's table that became a freeblock begin in the last bytes of this
  // one? Its link is then taken for the end of a value.
  bool is_overwritten(const Source& source, const Cell& cell, std::size_t end) {
    if (page_template_ == nullptr) return false;
    const std::uint32_t usable = db_.header().usable;
    for (std::size_t at = cell.offset + cell.length - 3; at < cell.offset + cell.length; ++at) {
      const std::size_t size = freeblock_at(source.image->bytes, at, end, usable);
      if (size == 0) continue;
      remnants_.clear();
      headless_cells_at(source.image->bytes, at, size, usable, *page_template_, remnants_);
      for (const Remnant& remnant : remnants_)
        if (const auto weight = weigh_as(*page_template_, source, remnant, false, row_);
            remnant.exact && weight && *weight >= limits_.evidence + 8)
          return true;
    }
    return false;
  }

  // A cell whose first bytes became the head of a freeblock: one of the page's table, or, where
  // there `is` a freeblock and no remains of one, of any. Returns the bytes it takes.
  std::size_t look_at_block(const Source& source, std::size_t at, std::size_t size, Origin origin,
                            bool is) {
    std::size_t taken = 0;
    int best = limits_.evidence - 1;
    std::size_t fitting = 0;  // tables
    const auto attempt = [&](const Template& shape) {
      if (schema_only_ && shape.number != 0) return;
      spend(8 * shape.table->stored.size());
      remnants_.clear();
      headless_cells_at(source.image->bytes, at, size, db_.header().usable, shape, remnants_);
      bool fits = false;
      for (const Remnant& remnant : remnants_) {
        const auto weight = weigh_as(shape, source, remnant, false, row_);
        if (weight && *weight >= limits_.evidence) fits = true;
        if (!weight || *weight <= best) continue;
        best = *weight;
        best_remnant_ = remnant;
        best_template_ = &shape;
        taken = remnant.cell.length;
      }
      if (fits) ++fitting;
    };
    if (page_template_ != nullptr) attempt(*page_template_);
    if (taken == 0 && is)
      for (const Template& shape : templates_) attempt(shape);
    if (taken == 0) return 0;
    load(*best_template_, source, best_remnant_, row_);
    report(source, *best_template_, best_remnant_, origin,
           {best, live_as(*best_template_, row_), false, fitting > 1});
    return taken;
  }

  // --- Judgement ------------------------------------------------------------------------------

  // Finds the table that a whole cell fits best. False where it fits to none.
  bool judge(const Source& source, const Remnant& remnant, Origin origin, bool listed) {
    const bool keyed = remnant.cell.rowid_length == 0;
    const Template* best = nullptr;
    const Template* last = nullptr;  // whose row row_ is
    int best_weight = limits_.evidence - 1;
    bool several = false;
    Live live = Live::no;  // as a row of the best table, or equal to one of any
    for (const Template& shape : templates_) {
      if (schema_only_ && shape.number != 0) break;
      const std::size_t columns = shape.table->stored.size();
      if (remnant.columns > columns || remnant.columns < shape.fewest_columns() ||
          shape.table->without_rowid != keyed || !has_types_of(shape, source.image->bytes, remnant))
        continue;
      const auto weight = weigh_as(shape, source, remnant, listed, row_);
      last = &shape;
      if (!weight || *weight < limits_.evidence) continue;
      if (best != nullptr) several = true;
      const Live as = live_as(shape, row_);
      if (as == Live::equal || (live != Live::equal && *weight > best_weight)) live = as;
      if (*weight <= best_weight) continue;
      best = &shape;
      best_weight = *weight;
    }
    if (best == nullptr) return false;
    page_template_ = best;
    if (live != Live::equal && last != best) load(*best, source, remnant, row_);
    report(source, *best, remnant, origin, {best_weight, live, listed, several});
    return true;
  }

  // The bits of evidence for `remnant` being a row of the template's table; `row` is that row.
  std::optional<int> weigh_as(const Template& shape, const Source& source, const Remnant& remnant,
                              bool listed, Row& row) {
    spend(shape.table->stored.size());
    load(shape, source, remnant, row);
    const auto values = weigh(*shape.table, shape.profile, db_.header(), row);
    if (!values) return std::nullopt;
    int bits = *values;
    if (remnant.rebuilt) {
      bits += remnant.exact ? 12 : 4;
      bits -= static_cast<int>(remnant.guessed_types) * 4;
    } else {
      // Payload length, head length and number of columns agree; and a page that lists it.
      bits += 14 + (listed ? 10 : 0);
      if (row.rowid && (*row.rowid < 0 || *row.rowid / 8 - 65536 > shape.profile.most_rowid))
        bits -= 6;
    }
    if (source.role == PageMap::kTable + shape.number) bits += 6;
    return bits;
  }

  void load(const Template& shape, const Source& source, const Remnant& remnant, Row& row) {
    const Database::PageSource overflow = [&](std::uint32_t number) {
      return overflow_page(source, number);
    };
    Cell cell = remnant.cell;
    const std::size_t missing = remnant.head.size();
    // The rest of the record is loaded as if it were all, then the head is put before it.
    cell.payload -= missing;
    cell.payload_offset += missing;
    cell.local -= missing;
    Payload& payload = row.payload;
    db_.load_payload(source.image, cell, overflow, payload);
    if (!payload.chain_ends) {
      // The chain leads on where it should end: its pages have served others since.
      payload.bytes = payload.bytes.substr(0, cell.local);
      payload.pieces.resize(std::min<std::size_t>(payload.pieces.size(), 1));
    }
    if (missing != 0) {
      whole_.assign(remnant.head);
      whole_.reserve(64);  // kept outside of the string object: views must survive a move
      whole_.append(payload.bytes);
      for (Payload::Piece& piece : payload.pieces) piece.at += missing;
      payload.joined.swap(whole_);
      payload.bytes = payload.joined;
      payload.length = remnant.cell.payload;
    }
    row.page = source.image->number;
    row.cell = source.image->span(cell.offset, cell.length);
    row.rowid.reset();
    row.rowid_span = {};
    if (cell.rowid_length != 0) {
      row.rowid = cell.rowid;
      row.rowid_span = source.image->span(cell.rowid_offset, cell.rowid_length);
    }
    decode_record(*shape.table, row);
  }

  // How a record stands to the live rows of a table.
  enum class Live : std::uint8_t { no, same_rowid, equal };

  Live live_as(const Template& shape, const Row& row) {
    if (shape.table->dropped) return Live::no;
    if (!row.rowid) return live_.has(mark(shape, row)) ? Live::equal : Live::no;
    // Most of what was deleted was deleted for good: no live row has such a number.
    if (*row.rowid > shape.profile.most_rowid) return Live::no;
    if (!db_.find_row(*shape.table, *row.rowid, live_row_)) return Live::no;
    spend(1 + live_row_.payload.bytes.size() / kBytesAUnit);
    return same_values(row, live_row_) ? Live::equal : Live::same_rowid;
  }

  // Of a value that is cut, what is there decides: a copy of a live row whose overflow pages the
  // live row itself has is no deleted record.
  static bool same_values(const Row& remnant, const Row& live) {
    return std::ranges::equal(remnant.values, live.values, [](const Value& a, const Value& b) {
      if (a.complete || !a.in_record) return same_value(a, b);
      return a.bytes.empty() || (a.type == b.type && b.bytes.starts_with(a.bytes));
    });
  }

  struct Verdict {
    int bits = 0;
    Live live = Live::no;
    bool listed = false;   // by the image of its page
    bool several = false;  // tables fit
  };

  // Hands row_ over unless it is live or was handed over before.
  void report(const Source& source, const Template& shape, const Remnant& remnant, Origin origin,
              const Verdict& verdict) {
    if (verdict.live == Live::equal) {
      ++stats_.live_copies;
      return;
    }
    const std::uint64_t values = mark(shape, row_);
    // Rows are compared by their marks where no row id says which row to compare with.
    if (!row_.rowid && !live_.in_class(values)) return;
    if (row_.rowid && later_round_) return;
    // Without its row id and all of its values nothing tells it from a copy of a live row.
    if (!row_.rowid && !row_.payload.complete()) {
      ++stats_.undecided;
      return;
    }
    RowMark with_rowid(shape.number + 1);
    if (row_.rowid) with_rowid.add(*row_.rowid);
    with_rowid.add(static_cast<std::int64_t>(values));
    const bool known = row_.rowid ? !reported_.add(with_rowid.value()) : reported_.has(values);
    reported_.add(values);
    if (known) {
      ++stats_.repeated;
      return;
    }

    Recovered found;
    found.table = shape.table;
    found.row = &row_;
    found.origin = origin;
    found.page = source.image->number;
    found.frame = source.frame;
    if (source.uncommitted)
      found.standing = Standing::uncommitted;
    else if (verdict.live == Live::same_rowid)
      found.standing = Standing::earlier;
    found.reasons = reasons(source, shape, remnant, verdict);
    found.confidence = confidence(verdict.bits, found.reasons);
    if (schema_only_) {
      learn_dropped(row_);
      return;
    }
    ++stats_.reported;
    if (!visit_(found)) stats_.stopped = true;
  }

  // Evidence made to be slow is left when it has cost a multiple of its size.
  void spend(std::uint64_t work) {
    work_left_ -= std::min(work_left_, work);
    if (work_left_ != 0 || stats_.stopped) return;
    db_.defects().add({}, "work-limit", "remnants of records ask for too much work");
    stats_.stopped = true;
  }

  std::uint32_t reasons(const Source& source, const Template& shape, const Remnant& remnant,
                        const Verdict& verdict) const {
    std::uint32_t out = verdict.listed ? kListed : 0U;
    out |= remnant.rebuilt ? kHeadRebuilt : kWholeCell;
    if (remnant.guessed_types != 0) out |= kTypeGuessed;
    if (remnant.exact) out |= kEndsWell;
    out |= source.role == PageMap::kTable + shape.number ? kTableOfPage : kTableByShape;
    if (verdict.several) out |= kSeveralTables;
    if (remnant.columns < shape.table->stored.size()) out |= kShortRecord;
    if (shape.profile.rows == 0) out |= kNothingLive;
    if (shape.table->dropped) out |= kDroppedTable;
    if (!row_.payload.complete()) out |= kIncomplete;
    if (source.unverified) out |= kUnverified;
    return out;
  }

  static std::uint32_t confidence(int bits, std::uint32_t reasons) {
    int rank = 400 + (bits - 20) * 15;
    if ((reasons & kTypeGuessed) != 0) rank = std::min(rank, 700);
    // Its last bytes may be of something that came later.
    if ((reasons & (kHeadRebuilt | kEndsWell)) == kHeadRebuilt) rank = std::min(rank, 600);
    if ((reasons & (kNothingLive | kSeveralTables)) != 0) rank = std::min(rank, 800);
    if ((reasons & kIncomplete) != 0) rank = std::min(rank, 300);
    return static_cast<std::uint32_t>(std::clamp(rank, 50, 990));
  }

  void learn_dropped(const Row& row) {
    const auto text = [&](std::size_t column) {
      return row.values[column].type == Storage::text
                 ? to_utf8(row.values[column].bytes, db_.header().encoding)
                 : std::string();
    };
    if (text(0) != "table" || dropped_.size() >= kMaxDropped) return;
    auto table = parse_create_table(text(4));
    if (!table) return;
    table->name = text(1);
    table->dropped = true;
    const auto same = [&](const Table* of) {
      return of->name == table->name && of->stored.size() >= table->stored.size();
    };
    if (std::ranges::any_of(templates_, same, [](const Template& of) { return of.table; }) ||
        std::ranges::any_of(dropped_, same, [](const Table& of) { return &of; }))
      return;
    dropped_.push_back(std::move(*table));
  }

  static constexpr std::size_t kMaxDropped = 256;
  static constexpr std::uint64_t kBytesAUnit = 64;  // copying so many costs as much as one value

  Database& db_;
  CarveLimits limits_;
  const std::function<bool(const Recovered&)>& visit_;
  std::vector<Template> templates_;
  std::deque<Table> dropped_;
  LiveMarks live_;
  PageMap map_;
  SeenMarks reported_;
  bool keyed_templates_ =
      std::ranges::any_of(templates_, [](const Template& of) { return of.table->without_rowid; });
  std::vector<std::pair<std::uint32_t, std::uint32_t>> frames_;  // page, index
  bool schema_only_ = false;
  bool later_round_ = false;
  std::uint64_t work_left_ = 0;
  CarveStats stats_;
  Row row_;
  Row live_row_;
  std::vector<Remnant> remnants_;
  std::string whole_;
  Remnant best_remnant_;
  const Template* best_template_ = nullptr;
  const Template* page_template_ = nullptr;  // of the table that the present page's rows are of
};

}  // namespace

CarveStats carve(Database& db, const CarveLimits& limits,
                 const std::function<bool(const Recovered&)>& visit) {
  return db.readable() ? Carver(db, limits, visit).run() : CarveStats{};
}

}  // namespace sqlite
