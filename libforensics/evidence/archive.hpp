#pragma once
// Reads archives: zip, tar and 7z, and what gzip, bzip2, xz and zstd wrap. Archives are hostile:
// this code runs only inside a confined worker, sees one descriptor and hands members over in
// pieces; names are bytes and mean nothing to the file system.
//
// libarchive decodes; the central directory of a zip is read here (zip_directory.hpp), because
// libarchive normalises names and does not tell a zone-less time from an instant. No external
// program is ever started. Memory does not grow with the number or the size of members; what a
// decoder's dictionary takes is left to the memory limit of the worker.
//
// Threads: every function may be called from any thread; a sink is called on the caller's thread.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace forensics::evidence {

// Loads what reading needs from the file system (a locale), so that read_archive() works where
// nothing can be opened any more. Call it before the worker locks itself down.
void warm_up();

// True where the first bytes (`head`, up to 1 KiB) make an attempt worthwhile. Chat databases,
// pictures and office documents that happen to be zip files (docx, xlsx, apk, jar, epub, odt) are
// archives too: their members are evidence.
bool may_be_archive(ByteView head);

// The same where the last bytes of the file are at hand, too (`tail`, kArchiveTail or all there
// are): a zip may stand behind anything, such as the program that unpacks it.
constexpr std::size_t kArchiveTail = std::size_t{66} << 10;
bool may_be_archive(ByteView head, ByteView tail);

struct ArchiveLimits {
  std::uint64_t members = 1'000'000;
  std::uint64_t member_bytes = std::uint64_t{64} << 30;
  std::uint64_t total_bytes = std::uint64_t{256} << 30;
  std::uint64_t ratio = 1000;  // total unpacked to packed, judged once 64 MiB are unpacked
};

struct ArchiveMember {
  enum class Type : std::uint8_t { file, directory, symlink, hardlink, other };
  std::uint64_t index = 0;
  // Bytes as in the archive: not normalised, no separator changed. 7z holds UTF-16, read as UTF-8
  // and composed (NFC). Empty where the format states no name (a lone .gz).
  std::string name;
  Type type = Type::file;
  std::string link_target;
  bool encrypted = false;
  std::int64_t modified = 0;       // milliseconds since 1970
  std::uint32_t has_modified = 0;  // 0 not stated, 1 UTC instant, 2 wall clock of unknown zone
};

// Takes the members in the order of the archive's directory. For every begin() there is one end(),
// unless a call returns false: that stops the reading (the host is gone or said so).
class ArchiveSink {
 public:
  virtual ~ArchiveSink() = default;
  virtual bool begin(const ArchiveMember& member) = 0;
  virtual bool data(ByteView bytes) = 0;     // for files only
  virtual bool end(const Error* error) = 0;  // nullptr: complete
};

// Reads the archive behind `descriptor` (seekable, from offset 0). What was handed over before an
// error stays valid. Bytes that belong to no member, such as those behind the end, make the archive
// corrupt; a zip among them is looked through, too. A member that cannot be read whole ends with
// its own error, and the reading goes on with the next one where the format allows; its error is no
// error of the archive.
//
// Errors: unknown (no archive), truncated, corrupt, encrypted (no file could be read), limit,
// unreadable (the descriptor), cancelled (the sink said stop); `where` names the member and the
// byte. A zip without a sound directory is read by the headers of its members and ends as corrupt
// or truncated even if all of them were found: nobody can say that they are all.
//
// Limits of the decoders: what stands in the last 64 KiB before the cut of a truncated .gz, .bz2,
// .xz or .zst is lost, and so is what stands before foreign bytes behind a .xz or .zst; a second
// name in a tar other than pax brings no content, what it has is counted as bytes of no member; the
// checksum of gzip is not compared (those of zip, bzip2, xz and 7z are).
Status read_archive(int descriptor, const ArchiveLimits& limits, ArchiveSink& sink);

}  // namespace forensics::evidence
