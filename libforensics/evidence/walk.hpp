#pragma once
// Walks an exhibit: a file, or a folder with all that is below it. Opens folders and nothing else,
// follows no link (so there is no cycle), and gives what it finds in the byte order of the paths.
//
//   Walk walk = TRY(Walk::open("/mnt/phone"));
//   while (const auto entry = walk.next())
//     if (entry->kind == WalkEntry::Kind::file) take(TRY(walk.open_file()));
//
// Memory: the names in the folders between the root and the current one, never the whole tree.
// Threads: a Walk belongs to one thread.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/files.hpp"

namespace forensics::evidence {

struct WalkEntry {
  enum class Kind : std::uint8_t {
    file,
    symlink,
    fifo,
    socket,
    device,
    unreadable_directory,  // `error` says why; what is below it is not seen
    unreadable,            // not even what it is could be found out; `error` says why
  };

  std::string path;  // bytes, within the exhibit, parts separated by '/'
  Kind kind = Kind::file;
  std::uint64_t size = 0;
  std::int64_t modified = 0;  // milliseconds since 1970, UTC
  std::uint64_t device = 0;   // with `inode`: two entries of one file have the same
  std::uint64_t inode = 0;
  std::string link_target;  // of a symlink, bytes
  std::optional<Error> error;
};

class Walk {
 public:
  // `root` is the examiner's own word: a link there is followed. A file gives one entry under its
  // file name. Errors: not_found; unreadable (no permission, or neither file nor folder).
  static Result<Walk> open(const std::string& root);

  // The next entry, nullopt behind the last. Folders appear only if they cannot be read. An entry
  // that goes wrong carries its error, and the walk goes on.
  std::optional<WalkEntry> next();

  // Opens the file that next() gave last, as open_file() below does.
  Result<Descriptor> open_file();

 private:
  struct Name {
    std::string bytes;
    bool is_directory = false;
  };
  struct Folder {
    Descriptor descriptor;
    std::string path;         // with a final '/', empty for the root
    std::vector<Name> names;  // what is still to come, last first
  };

  Result<Folder> read_folder(Descriptor descriptor, std::string path) const;
  std::optional<WalkEntry> enter(const Name& name, const std::string& path);

  std::string root_;
  std::optional<WalkEntry> single_;  // the root where it is a file
  std::vector<Folder> folders_;
  WalkEntry last_;
};

// Opens a regular file below the folder (or the file) `root` for reading, part by part without
// following a link: neither a FIFO nor a name that was exchanged for a link can hang or trick the
// caller. The access time is left alone where the system allows. Errors: not_found; unreadable (no
// permission, no regular file).
Result<Descriptor> open_file(const std::string& root, ByteView path);

}  // namespace forensics::evidence
