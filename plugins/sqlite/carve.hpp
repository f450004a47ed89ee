#pragma once
// Deleted records: what free pages, free space inside pages, and earlier images of pages still hold
// of rows that the database no longer has.
//
//   sqlite::carve(db, {}, [&](const sqlite::Recovered& found) { ...; return true; });
//
// What equals a live row of its table is not handed over, only counted: b-trees leave copies of
// rows behind whenever they move them. docs/formats/sqlite.md says how records are recognised and
// what the confidence means.
//
// Threads: one. Memory: two bytes a page, and the marks of live and of reported rows up to
// CarveLimits::marks of each. Time: linear in the files for sound databases; bounded for others.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "database.hpp"

namespace sqlite {

enum class Origin : std::uint8_t {
  freeblock,      // a freed cell in a page in use
  unallocated,    // between the cell pointers and the cells of a page in use
  free_page,      // a page of the freelist
  unlinked_page,  // a page that nothing refers to
  wal_frame,      // an image in the log that is not the current one of its page
  replaced_page,  // an image in the main file that the log, or a hot journal, replaces
  journal_page,   // an image in a journal that is not hot
};
std::string_view name_of(Origin origin);

enum class Standing : std::uint8_t {
  deleted,      // no live row has its row id, or it has none that is known
  earlier,      // a live row has its row id, with other values
  uncommitted,  // part of a transaction that never ended
};
std::string_view name_of(Standing standing);

// Why a record has the confidence it has. A bit each.
enum Reason : std::uint32_t {
  kListed = 1 << 0,         // the image of its page lists it as a cell
  kWholeCell = 1 << 1,      // its length, row id and head are intact and agree
  kHeadRebuilt = 1 << 2,    // its first bytes were overwritten, and follow from the schema
  kTypeGuessed = 1 << 3,    // the type of a value was overwritten, and follows from its neighbours
  kEndsWell = 1 << 4,       // it ends where its freeblock ends or another cell begins
  kTableOfPage = 1 << 5,    // its page is, or was, one of its table's
  kTableByShape = 1 << 6,   // its table was chosen by its shape alone
  kSeveralTables = 1 << 7,  // other tables fit as well
  kShortRecord = 1 << 8,    // it has fewer columns than its table has now
  kNothingLive = 1 << 9,    // its table has no live rows to compare with
  kDroppedTable = 1 << 10,  // the statement of its table was itself recovered
  kIncomplete = 1 << 11,    // overflow pages of it are gone: some values are cut or absent
  kUnverified = 1 << 12,    // the checksum of its frame or journal page could not be checked
};
// In words, separated by "; ".
std::string describe(std::uint32_t reasons);

struct Recovered {
  const Table* table = nullptr;
  const Row* row = nullptr;  // lives until the callback returns
  Origin origin = Origin::freeblock;
  Standing standing = Standing::deleted;
  std::uint32_t page = 0;
  std::uint64_t frame = 0;  // of the log, from 1; 0: not in it
  std::uint32_t reasons = 0;
  // 0 to 1000; a rank and no probability. What was measured for it stands in
  // docs/formats/sqlite.md.
  std::uint32_t confidence = 0;
};

struct CarveLimits {
  std::size_t marks = std::size_t{1} << 22;  // rows whose marks are kept at a time: 8 bytes each
  int evidence = 20;                         // bits below which nothing is reported
};

struct CarveStats {
  std::uint64_t reported = 0;
  std::uint64_t live_copies = 0;  // equal to a live row
  std::uint64_t repeated = 0;     // equal to a record that was reported before
  std::uint64_t undecided = 0;    // incomplete and without a row id: perhaps equal to a live row
  std::uint64_t images = 0;       // pages and earlier images looked at
  std::uint64_t free_bytes = 0;   // bytes of free space looked at
  bool stopped = false;           // by the callback, or by the bound on work
};

// Looks at everything that is not live. `visit` returns false to stop. What is wrong with the
// database is noted in db.defects().
CarveStats carve(Database& db, const CarveLimits& limits,
                 const std::function<bool(const Recovered&)>& visit);

}  // namespace sqlite
