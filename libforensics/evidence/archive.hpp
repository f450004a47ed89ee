#pragma once
// Reads archives with libarchive. Archives are hostile: this code runs only inside a confined
// worker, sees one descriptor and hands members over in pieces; names are bytes and mean nothing
// to the file system.

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace forensics::evidence {

// True where the first bytes (up to 1 KiB, `head`) or the name's form make an attempt worthwhile.
// Chat databases, pictures and office documents that happen to be zip files (docx, xlsx, apk,
// jar, epub, odt) are archives too: their members are evidence.
bool may_be_archive(ByteView head);

struct ArchiveLimits {
  std::uint64_t members = 1'000'000;
  std::uint64_t member_bytes = std::uint64_t{64} << 30;
  std::uint64_t total_bytes = std::uint64_t{256} << 30;
  std::uint64_t ratio = 1000;  // total unpacked to packed, judged once 64 MiB are unpacked
};

struct ArchiveMember {
  enum class Type : std::uint8_t { file, directory, symlink, hardlink, other };
  std::uint64_t index = 0;
  std::string name;         // bytes as in the archive
  Type type = Type::file;
  std::string link_target;
  bool encrypted = false;
  std::int64_t modified = 0;       // milliseconds since 1970
  std::uint32_t has_modified = 0;  // 0 not stated, 1 UTC instant, 2 wall clock of unknown zone (zip DOS time)
};

class ArchiveSink {
 public:
  virtual ~ArchiveSink() = default;
  // false from any function stops the reading (the host is gone or said so).
  virtual bool begin(const ArchiveMember& member) = 0;
  virtual bool data(ByteView bytes) = 0;
  virtual bool end(const Error* error) = 0;  // nullptr: complete
};

// Reads the archive behind `descriptor` (seekable, from offset 0). What was handed over before an
// error stays valid. Errors: unknown (no archive), truncated, corrupt, encrypted (nothing could be
// read), limit; `where` names the member and the byte.
Status read_archive(int descriptor, const ArchiveLimits& limits, ArchiveSink& sink);

}  // namespace forensics::evidence
