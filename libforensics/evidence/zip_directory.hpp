#pragma once
// The central directory of a zip, read as it stands: names are the bytes of the file, times keep
// what they are. Format: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5. One entry at a time is in
// memory, so a directory of any length can be walked.

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "evidence/source.hpp"

namespace forensics::evidence {

struct ZipEntry {
  std::string name;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t crc = 0;
  std::uint64_t packed = 0;
  std::uint64_t size = 0;
  std::uint64_t header = 0;     // offset of its local header in the file
  std::uint16_t unix_mode = 0;  // 0 where the writer was no Unix
  std::uint32_t dos_attributes = 0;
  // As in ArchiveMember.
  std::int64_t modified = 0;
  std::uint32_t has_modified = 0;

  bool encrypted() const { return (flags & 1) != 0; }
};

class ZipDirectory {
 public:
  // Finds the end record and walks the whole directory once. ErrorCode::truncated: there is no end
  // record; ErrorCode::corrupt: the directory is damaged (`where` is the byte).
  static Result<ZipDirectory> open(Source& source);

  // The next entry, nullopt behind the last.
  Result<std::optional<ZipEntry>> next();

 private:
  ZipDirectory(Source& source, std::uint64_t start, std::uint64_t end, std::uint64_t shift)
      : source_(&source), at_(start), end_(end), shift_(shift) {}

  Source* source_;
  std::uint64_t at_;
  std::uint64_t end_;
  std::uint64_t shift_;  // bytes that stand before the zip, unknown to its offsets
};

// What the local header at `offset` says about its member; sizes may be 0 (then they follow the
// data). nullopt: no local header stands there.
Result<std::optional<ZipEntry>> read_local_header(Source& source, std::uint64_t offset);

// Where the data of an entry of the directory begins; ErrorCode::corrupt if no header stands there.
Result<std::uint64_t> data_offset(Source& source, const ZipEntry& entry);

// A local header that says what `entry` says, under a name without meaning: what stands before the
// data when a decoder is to see this member alone.
std::string plain_local_header(const ZipEntry& entry);

}  // namespace forensics::evidence
