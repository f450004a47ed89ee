#pragma once
// The central directory of a zip, read as it stands: names are the bytes of the file, times keep
// what they are. Format: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5. One entry at a time is in
// memory, so a directory of any length can be walked.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "evidence/source.hpp"

namespace forensics::evidence {

struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  std::uint64_t size() const { return end - std::min(begin, end); }
};

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
  // Of a local header: its sizes and checksum stand behind the data.
  bool sizes_follow() const { return (flags & 8) != 0; }
};

class ZipDirectory {
 public:
  // Finds the end record and walks the whole directory once. ErrorCode::truncated: there is no end
  // record, or only that of a zip which is itself a member; ErrorCode::corrupt: the directory is
  // damaged (`where` is the byte).
  static Result<ZipDirectory> open(Source& source);

  // The next entry, nullopt behind the last.
  Result<std::optional<ZipEntry>> next();

  std::uint64_t entries() const { return entries_; }
  std::uint64_t stated_entries() const { return stated_entries_; }
  // Where the directory and the end records stand; all else must be members.
  const std::vector<ByteRange>& own_ranges() const { return own_ranges_; }

 private:
  ZipDirectory(Source& source, ByteRange directory, std::uint64_t shift)
      : source_(&source), at_(directory.begin), end_(directory.end), shift_(shift) {}

  Source* source_;
  std::uint64_t at_;
  std::uint64_t end_;
  std::uint64_t shift_;  // bytes that stand before the zip, unknown to its offsets
  std::uint64_t entries_ = 0;
  std::uint64_t stated_entries_ = 0;
  std::vector<ByteRange> own_ranges_;
};

// Whether `tail` (the last 66 KiB of a file, or all of it) holds an end record.
bool has_end_record(ByteView tail);

// Where the next local header stands within `range`.
Result<std::optional<std::uint64_t>> find_local_header(Source& source, ByteRange range);

// What the local header at `offset` says about its member; sizes may be 0 (then they follow the
// data). nullopt: no whole local header that makes sense stands there.
Result<std::optional<ZipEntry>> read_local_header(Source& source, std::uint64_t offset);

// Where the data of an entry of the directory begins; ErrorCode::corrupt if no header stands there.
Result<std::uint64_t> data_offset(Source& source, const ZipEntry& entry);

// Where the member of an entry of the directory ends: its data and, if there is one, the record
// with its sizes; at most the end of the file. Errors as of data_offset().
Result<std::uint64_t> member_end(Source& source, const ZipEntry& entry);

// A local header that says what `entry` says, under a name without meaning: what stands before the
// data when a decoder is to see this member alone.
std::string plain_local_header(const ZipEntry& entry);

}  // namespace forensics::evidence
