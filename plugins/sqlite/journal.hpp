#pragma once
// The rollback journal: what pages were before a transaction.

#include <cstdint>
#include <string>
#include <vector>

#include "bytes.hpp"
#include "defects.hpp"

namespace sqlite {

struct JournalPage {
  std::uint32_t page = 0;
  bool verified = false;     // its checksum holds
  std::uint64_t offset = 0;  // of the page's bytes in the journal
};

struct Journal {
  static constexpr std::size_t kMaxPages = std::size_t{1} << 24;

  bool usable = false;
  std::string reason;  // why not, or why it is not hot
  // SQLite would put these pages back before it reads anything: the transaction did not end.
  bool hot = false;
  std::uint32_t page_count = 0;  // of the database before the transaction; only where hot
  std::vector<JournalPage> pages;
};

// A journal whose header was overwritten with zeros, as SQLite does after a commit with
// journal_mode=PERSIST, still has its pages: they are read, unverified, and are not hot.
Journal read_journal(const Bytes& file, std::uint32_t page_size, Defects& defects);

}  // namespace sqlite
