#include "evidence/walk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <memory>
#include <utility>

namespace forensics::evidence {
namespace {

// Each level costs a descriptor. Nobody nests folders this deep; a hostile image may.
constexpr std::size_t kDeepest = 512;

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

Error system_error(std::string where, const char* what, int number) {
  const ErrorCode code = number == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable;
  return {code, std::move(where), std::string("cannot ") + what + ": " + system_message(number)};
}

std::int64_t milliseconds(const timespec& time) {
  std::int64_t value = 0;
  if (__builtin_mul_overflow(std::int64_t{time.tv_sec}, std::int64_t{1000}, &value)) return 0;
  return value + time.tv_nsec / 1'000'000;
}

WalkEntry::Kind kind_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG: return WalkEntry::Kind::file;
    case S_IFLNK: return WalkEntry::Kind::symlink;
    case S_IFIFO: return WalkEntry::Kind::fifo;
    case S_IFSOCK: return WalkEntry::Kind::socket;
    default: return WalkEntry::Kind::device;
  }
}

WalkEntry entry_of(std::string path, const struct stat& facts) {
  WalkEntry entry;
  entry.path = std::move(path);
  entry.kind = kind_of(facts.st_mode);
  entry.size = S_ISREG(facts.st_mode) ? static_cast<std::uint64_t>(facts.st_size) : 0;
  entry.modified = milliseconds(facts.st_mtim);
  entry.device = facts.st_dev;
  entry.inode = facts.st_ino;
  return entry;
}

WalkEntry failed_entry(std::string path, WalkEntry::Kind kind, Error error) {
  WalkEntry entry;
  entry.path = std::move(path);
  entry.kind = kind;
  entry.error = std::move(error);
  return entry;
}

std::string read_link(int folder, const std::string& name) {
  std::string target(PATH_MAX, '\0');
  const ssize_t length = ::readlinkat(folder, name.c_str(), target.data(), target.size());
  target.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  return target;
}

std::string file_name_of(const std::string& path) {
  const std::size_t end = path.find_last_not_of('/');
  if (end == std::string::npos) return path;
  const std::size_t slash = path.find_last_of('/', end);
  return path.substr(slash + 1, end - slash);
}

// O_NONBLOCK: opening a FIFO returns at once, and is refused by the check of its type below.
// Only its owner may keep the access time of a file; everybody else opens it all the same.
Result<Descriptor> open_regular(int folder, const std::string& name, int extra_flags,
                                const std::string& where) {
  const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | extra_flags;
  Descriptor file(::openat(folder, name.c_str(), flags | O_NOATIME));
  if (!file && errno == EPERM) file = Descriptor(::openat(folder, name.c_str(), flags));
  if (!file) {
    if (errno == ELOOP)
      return fail(ErrorCode::unreadable, where, "is a link, which is not followed");
    return tl::unexpected(system_error(where, "open the file", errno));
  }
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0)
    return tl::unexpected(system_error(where, "ask for the facts of the file", errno));
  if (!S_ISREG(facts.st_mode)) return fail(ErrorCode::unreadable, where, "is not a regular file");
  return file;
}

}  // namespace

Result<Walk> Walk::open(const std::string& root) {
  struct stat facts {};
  if (::stat(root.c_str(), &facts) != 0)
    return tl::unexpected(system_error(root, "open the exhibit", errno));
  Walk walk;
  walk.root_ = root;
  if (S_ISREG(facts.st_mode)) {
    walk.single_ = entry_of(file_name_of(root), facts);
    return walk;
  }
  if (!S_ISDIR(facts.st_mode))
    return fail(ErrorCode::unreadable, root,
                "an exhibit is a file or a folder, and this is neither");

  Descriptor descriptor(::open(root.c_str(), kFolderFlags & ~O_NOFOLLOW));
  if (!descriptor) return tl::unexpected(system_error(root, "open the folder", errno));
  walk.folders_.push_back(TRY(walk.read_folder(std::move(descriptor), "")));
  return walk;
}

Result<Walk::Folder> Walk::read_folder(Descriptor descriptor, std::string path) const {
  const std::string where = path.empty() ? root_ : path;
  // readdir() takes over the descriptor it is given, and one is needed for what is in the folder.
  const int copy = ::openat(descriptor.get(), ".", kFolderFlags);
  DIR* stream = copy < 0 ? nullptr : ::fdopendir(copy);
  if (stream == nullptr) {
    const int number = errno;
    if (copy >= 0) ::close(copy);
    return tl::unexpected(system_error(where, "read the folder", number));
  }
  const std::unique_ptr<DIR, int (*)(DIR*)> closer(stream, &::closedir);

  Folder folder{std::move(descriptor), std::move(path), {}};
  errno = 0;
  while (const dirent* found = ::readdir(stream)) {
    Name name{found->d_name, found->d_type == DT_DIR};
    if (name.bytes == "." || name.bytes == "..") continue;
    if (found->d_type == DT_UNKNOWN) {
      struct stat facts {};
      name.is_directory =
          ::fstatat(folder.descriptor.get(), found->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0 &&
          S_ISDIR(facts.st_mode);
    }
    // Paths below a folder go on with '/': with it the names sort as the paths do.
    if (name.is_directory) name.bytes += '/';
    folder.names.push_back(std::move(name));
    errno = 0;
  }
  if (errno != 0) return tl::unexpected(system_error(where, "read the folder", errno));
  std::sort(folder.names.begin(), folder.names.end(),
            [](const Name& a, const Name& b) { return a.bytes > b.bytes; });
  return folder;
}

// Goes down into a folder; gives an entry only if that fails.
std::optional<WalkEntry> Walk::enter(const Name& name, const std::string& path) {
  using Kind = WalkEntry::Kind;
  const std::string shown = path.substr(0, path.size() - 1);
  if (folders_.size() >= kDeepest)
    return failed_entry(shown, Kind::unreadable_directory,
                        {ErrorCode::limit, shown,
                         "folders are nested deeper than " + std::to_string(kDeepest) + " levels"});
  const std::string bare = name.bytes.substr(0, name.bytes.size() - 1);
  Descriptor descriptor(::openat(folders_.back().descriptor.get(), bare.c_str(), kFolderFlags));
  if (!descriptor)
    return failed_entry(shown, Kind::unreadable_directory,
                        system_error(shown, "open the folder", errno));
  auto folder = read_folder(std::move(descriptor), path);
  if (!folder) return failed_entry(shown, Kind::unreadable_directory, std::move(folder.error()));
  folders_.push_back(std::move(*folder));
  return std::nullopt;
}

std::optional<WalkEntry> Walk::next() {
  if (single_) {
    last_ = *std::exchange(single_, std::nullopt);
    return last_;
  }
  while (!folders_.empty()) {
    if (folders_.back().names.empty()) {
      folders_.pop_back();
      continue;
    }
    const Name name = std::move(folders_.back().names.back());
    folders_.back().names.pop_back();
    const std::string path = folders_.back().path + name.bytes;
    if (name.is_directory) {
      if (auto failed = enter(name, path)) {
        last_ = std::move(*failed);
        return last_;
      }
      continue;
    }
    const int folder = folders_.back().descriptor.get();
    struct stat facts {};
    if (::fstatat(folder, name.bytes.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0) {
      last_ = failed_entry(path, WalkEntry::Kind::unreadable,
                           system_error(path, "ask for the facts of the file", errno));
    } else {
      last_ = entry_of(path, facts);
      if (last_.kind == WalkEntry::Kind::symlink) last_.link_target = read_link(folder, name.bytes);
    }
    return last_;
  }
  return std::nullopt;
}

Result<Descriptor> Walk::open_file() {
  if (last_.path.empty() || last_.kind != WalkEntry::Kind::file)
    return fail(ErrorCode::unreadable, last_.path, "is not a regular file");
  Descriptor file;
  if (folders_.empty()) {
    file = TRY(open_regular(AT_FDCWD, root_, 0, root_));
  } else {
    const std::string name = last_.path.substr(folders_.back().path.size());
    file = TRY(open_regular(folders_.back().descriptor.get(), name, O_NOFOLLOW, last_.path));
  }
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0 || facts.st_ino != last_.inode ||
      facts.st_dev != last_.device)
    return fail(ErrorCode::unreadable, last_.path, "was exchanged while the exhibit was read");
  return file;
}

Result<Descriptor> open_file(const std::string& root, ByteView path) {
  struct stat facts {};
  if (::stat(root.c_str(), &facts) != 0)
    return tl::unexpected(system_error(root, "open the exhibit", errno));
  if (S_ISREG(facts.st_mode)) return open_regular(AT_FDCWD, root, 0, root);

  Descriptor folder(::open(root.c_str(), kFolderFlags & ~O_NOFOLLOW));
  if (!folder) return tl::unexpected(system_error(root, "open the folder", errno));
  const std::string where(path);
  std::size_t slash = path.find('/');
  for (; slash != ByteView::npos; slash = path.find('/')) {
    const std::string part(path.substr(0, slash));
    path.remove_prefix(slash + 1);
    if (part.empty() || part == "." || part == "..")
      return fail(ErrorCode::usage, where, "is no path within an exhibit");
    Descriptor below(::openat(folder.get(), part.c_str(), kFolderFlags));
    if (!below) return tl::unexpected(system_error(where, "open the folder", errno));
    folder = std::move(below);
  }
  if (path.empty() || path == "." || path == "..")
    return fail(ErrorCode::usage, where, "is no path within an exhibit");
  return open_regular(folder.get(), std::string(path), O_NOFOLLOW, where);
}

}  // namespace forensics::evidence
