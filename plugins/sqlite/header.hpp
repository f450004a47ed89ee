#pragma once
// The first hundred bytes of a database, and what a file is that does not have them.

#include <cstdint>
#include <string>

#include "bytes.hpp"
#include "defects.hpp"

namespace sqlite {

enum class Encoding : std::uint8_t { utf8 = 1, utf16le = 2, utf16be = 3 };

struct Header {
  std::uint32_t page_size = 4096;
  std::uint32_t reserved = 0;  // bytes at the end of each page that SQLite does not use
  std::uint32_t usable = 4096;
  std::uint32_t page_count = 0;  // as the header says where it is valid, else by the file's length
  std::uint32_t freelist_trunk = 0;
  std::uint32_t freelist_count = 0;
  std::uint32_t schema_format = 4;  // below 4, integers 0 and 1 take a byte
  bool auto_vacuum = false;         // the file has pointer-map pages
  bool wal_mode = false;
  Encoding encoding = Encoding::utf8;
  std::uint32_t user_version = 0;
  std::uint32_t application_id = 0;
};

enum class FileKind : std::uint8_t {
  database,
  empty,      // no byte at all: a database that nothing was ever written to
  encrypted,  // what stands there is no text of a database, and looks like a cipher's output
  foreign     // something else
};

struct Recognition {
  FileKind kind = FileKind::foreign;
  std::string reason;  // for a court: what decided it
  Header header;       // of a database
};

// Looks at the head of the file, and at page starts where the header lies about the page size.
// What a header says against the file is put right where it can be and noted in `defects`.
Recognition recognise(const Bytes& file, Defects& defects);

// The header that stands at the start of `page`, an image of page 1; nothing is put right.
Header parse_header(std::string_view page);

// The number of the page that holds the lock bytes and no data.
inline std::uint64_t lock_page(std::uint32_t page_size) {
  return (std::uint64_t{1} << 30) / page_size + 1;
}

// Pages that map each page to its parent stand at fixed numbers.
inline bool is_pointer_map(const Header& header, std::uint64_t page) {
  if (!header.auto_vacuum || page < 2) return false;
  const std::uint64_t group = header.usable / 5 + 1;
  const std::uint64_t map = (page - 2) / group * group + 2;
  return page == (map == lock_page(header.page_size) ? map + 1 : map);
}

}  // namespace sqlite
