// A disk that fails at a chosen moment, under a real process: preloaded into the command under test
// (LD_PRELOAD), it counts every call that changes something below one folder, those of SQLite
// included, and at the n-th of them lets happen what FAULT_KIND names. The confined workers get an
// empty environment and are not touched.
//
//   FAULT_ROOT    the folder whose changes are counted; absolute, without links
//   FAULT_AT      which change, from 1; absent or 0: none
//   FAULT_KIND    kill   SIGKILL before the call
//                 after  SIGKILL after it
//                 torn   a write leaves the first half of its bytes, then SIGKILL
//                 power  SIGKILL before it, and everything not synced since is lost
//                 full   from here on there is no space: ENOSPC
//                 eio    a sync fails with EIO, and what it was to bring to disk is lost
//                 short  a write writes the first half of its bytes and says so
//   FAULT_LOG     a file that gets one line a change: number, call, path. Changes to regular files
//                 elsewhere have the number 0: a test can see that there are none.
//   FAULT_SHADOW  an empty folder, for `power` and `eio`: what files held when last synced
//
// Names survive a power cut here (the order of names among each other is the file system's), bytes
// do not: what a file held after its last sync is what it holds then.

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace {

enum class Call { create, write, sync, sync_all, rename, truncate, remove, make_directory };

const char* name_of(Call call) {
  switch (call) {
    case Call::create: return "create";
    case Call::write: return "write";
    case Call::sync: return "sync";
    case Call::sync_all: return "syncfs";
    case Call::rename: return "rename";
    case Call::truncate: return "truncate";
    case Call::remove: return "remove";
    case Call::make_directory: return "mkdir";
  }
  return "?";
}

bool takes_space(Call call) {
  return call == Call::create || call == Call::write || call == Call::make_directory;
}

// The calls below go to the kernel directly: through the C library they would end up here again.
int raw_open(const char* path, int flags, int mode = 0600) {
  return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, mode));
}
void raw_write(int file, const char* data, std::size_t size) {
  while (size > 0) {
    const long n = ::syscall(SYS_write, file, data, size);
    if (n <= 0) return;
    data += n;
    size -= static_cast<std::size_t>(n);
  }
}
void raw_copy(const std::string& from, const std::string& to) {
  const int source = raw_open(from.c_str(), O_RDONLY);
  const int target = raw_open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC);
  char piece[65536];
  for (long n = 0; (n = ::syscall(SYS_read, source, piece, sizeof piece)) > 0;)
    raw_write(target, piece, static_cast<std::size_t>(n));
  ::syscall(SYS_close, source);
  ::syscall(SYS_close, target);
}

// Gives a file back what it held, even one that nobody may write to.
void restore(const std::string& copy, const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return;
  ::chmod(path.c_str(), 0600);
  raw_copy(copy, path);
  ::chmod(path.c_str(), facts.st_mode & 07777);
}

[[noreturn]] void die() {
  ::syscall(SYS_kill, ::getpid(), SIGKILL);
  for (;;) ::pause();
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string path_of(int file) {
  char path[PATH_MAX];
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t n = ::readlink(link.c_str(), path, sizeof path);
  return n < 0 ? std::string() : std::string(path, static_cast<std::size_t>(n));
}

bool is_regular(int file) {
  struct stat facts {};
  return ::fstat(file, &facts) == 0 && S_ISREG(facts.st_mode);
}

std::string absolute(const char* path) {
  if (path[0] == '/') return path;
  char folder[PATH_MAX];
  return ::getcwd(folder, sizeof folder) == nullptr ? path : std::string(folder) + "/" + path;
}

enum class Fate { pass, die_after, no_space, io_error, half, half_then_die };

class Disk {
 public:
  static Disk& instance() {
    static Disk* disk = new Disk;  // outlives everything that may still write
    return *disk;
  }

  // Decides on the next change. Does not return where the process dies before it.
  Fate next(Call call, const std::string& path) {
    const std::lock_guard guard(mutex_);
    const bool inside = (path + "/").starts_with(root_ + "/");
    if (root_.empty()) return Fate::pass;
    if (inside) ++count_;
    log(inside ? count_ : 0, call, path);
    if (!inside || at_ == 0) return Fate::pass;
    const Fate fate = decide(call);
    if (fate == Fate::pass || fate == Fate::half) remember(call, path);
    if (fate == Fate::io_error) lose(call, path);
    return fate;
  }

  // What follows from a change that was made.
  void synced(const std::string& path) {
    const std::lock_guard guard(mutex_);
    shadows_.erase(path);
  }
  void synced_all() {
    const std::lock_guard guard(mutex_);
    shadows_.clear();
  }
  void renamed(const std::string& from, const std::string& to) {
    const std::lock_guard guard(mutex_);
    shadows_.erase(to);
    if (auto node = shadows_.extract(from)) {
      node.key() = to;
      shadows_.insert(std::move(node));
    }
  }
  void removed(const std::string& path) {
    const std::lock_guard guard(mutex_);
    shadows_.erase(path);
  }

 private:
  Disk()
      : root_(variable("FAULT_ROOT")),
        kind_(variable("FAULT_KIND")),
        shadow_folder_(variable("FAULT_SHADOW")),
        at_(std::strtol(variable("FAULT_AT").c_str(), nullptr, 10)) {
    const std::string log = variable("FAULT_LOG");
    if (!log.empty()) log_ = raw_open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND);
  }

  void log(long number, Call call, const std::string& path) const {
    if (log_ < 0) return;
    const std::string line = std::to_string(number) + "\t" + name_of(call) + "\t" + path + "\n";
    raw_write(log_, line.data(), line.size());
  }

  Fate decide(Call call) {
    if (kind_ == "full") return count_ >= at_ && takes_space(call) ? Fate::no_space : Fate::pass;
    if (count_ != at_) return Fate::pass;
    if (kind_ == "kill") die();
    if (kind_ == "power") {
      for (const auto& [path, copy] : shadows_) restore(copy, path);
      die();
    }
    if (kind_ == "after") return Fate::die_after;
    const bool sync = call == Call::sync || call == Call::sync_all;
    if (kind_ == "eio" && sync) return Fate::io_error;
    if (kind_ == "torn" && call == Call::write) return Fate::half_then_die;
    if (kind_ == "short" && call == Call::write) return Fate::half;
    return Fate::pass;
  }

  // Keeps what a file holds on disk before it is changed for the first time since its last sync.
  void remember(Call call, const std::string& path) {
    if (shadow_folder_.empty() || (call != Call::write && call != Call::truncate)) return;
    // SQLite's index of its log is shared memory; it is made anew and means nothing on disk.
    if (shadows_.contains(path) || path.ends_with("-shm")) return;
    const std::string copy = shadow_folder_ + "/" + std::to_string(shadow_count_++);
    raw_copy(path, copy);
    shadows_.emplace(path, copy);
  }

  void lose(Call call, const std::string& path) {
    for (const auto& [changed, copy] : shadows_)
      if (call == Call::sync_all || changed == path) restore(copy, changed);
  }

  std::mutex mutex_;
  std::string root_, kind_, shadow_folder_;
  long at_ = 0;
  long count_ = 0;
  int log_ = -1;
  std::map<std::string, std::string> shadows_;  // path: a copy of what it held when last synced
  long shadow_count_ = 0;
};

template <typename Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

template <typename Result>
Result failing(int error) {
  errno = error;
  return static_cast<Result>(-1);
}

// A call that either happens or does not.
template <typename Make>
int change(Call call, const std::string& path, Make make) {
  switch (Disk::instance().next(call, path)) {
    case Fate::no_space: return failing<int>(ENOSPC);
    case Fate::io_error: return failing<int>(EIO);
    case Fate::die_after: make(); die();
    default: return make();
  }
}

template <typename Write>
ssize_t change_bytes(int file, std::size_t size, Write write) {
  const std::string path = path_of(file);
  if (!is_regular(file) || path.starts_with("/memfd:")) return write(size);
  switch (Disk::instance().next(Call::write, path)) {
    case Fate::no_space: return failing<ssize_t>(ENOSPC);
    case Fate::die_after: write(size); die();
    case Fate::half_then_die: write(size / 2); die();
    case Fate::half: return write(size > 1 ? size / 2 : size);
    default: return write(size);
  }
}

template <typename Open>
int change_by_opening(const char* path, int flags, Open open) {
  if ((flags & O_CREAT) == 0 && (flags & O_TRUNC) == 0) return open();
  struct stat facts {};
  if (::lstat(path, &facts) == 0 && (!S_ISREG(facts.st_mode) || (flags & O_TRUNC) == 0))
    return open();
  return change(Call::create, absolute(path), open);
}

int change_by_sync(int file, const char* name) {
  const std::string path = path_of(file);
  const int done = change(Call::sync, path, [&] { return real<int (*)(int)>(name)(file); });
  if (done == 0) Disk::instance().synced(path);
  return done;
}

int mode_of(int flags, va_list arguments) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, int) : 0;
}

}  // namespace

extern "C" {

#define EXPORT __attribute__((visibility("default")))

EXPORT ssize_t write(int file, const void* data, size_t size) {
  return change_bytes(file, size, [&](size_t n) {
    return static_cast<ssize_t>(::syscall(SYS_write, file, data, n));
  });
}

EXPORT ssize_t pwrite(int file, const void* data, size_t size, off_t offset) {
  return change_bytes(file, size, [&](size_t n) {
    return static_cast<ssize_t>(::syscall(SYS_pwrite64, file, data, n, offset));
  });
}

EXPORT ssize_t pwrite64(int file, const void* data, size_t size, off64_t offset) {
  return pwrite(file, data, size, offset);
}

EXPORT int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const int mode = mode_of(flags, arguments);
  va_end(arguments);
  return change_by_opening(path, flags, [&] {
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
  });
}

EXPORT int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const int mode = mode_of(flags, arguments);
  va_end(arguments);
  return open(path, flags, mode);
}

EXPORT int fsync(int file) {
  return change_by_sync(file, "fsync");
}

EXPORT int fdatasync(int file) {
  return change_by_sync(file, "fdatasync");
}

EXPORT int syncfs(int file) noexcept {
  const int done = change(Call::sync_all, path_of(file) + "/.",
                          [&] { return real<int (*)(int)>("syncfs")(file); });
  if (done == 0) Disk::instance().synced_all();
  return done;
}

EXPORT int rename(const char* from, const char* to) noexcept {
  const std::string source = absolute(from);
  const std::string target = absolute(to);
  const int done = change(Call::rename, target,
                          [&] { return static_cast<int>(::syscall(SYS_rename, from, to)); });
  if (done == 0) Disk::instance().renamed(source, target);
  return done;
}

EXPORT int link(const char* from, const char* to) noexcept {
  return change(Call::create, absolute(to),
                [&] { return static_cast<int>(::syscall(SYS_link, from, to)); });
}

EXPORT int ftruncate(int file, off_t length) noexcept {
  return change(Call::truncate, path_of(file),
                [&] { return static_cast<int>(::syscall(SYS_ftruncate, file, length)); });
}

EXPORT int ftruncate64(int file, off64_t length) noexcept {
  return ftruncate(file, length);
}

EXPORT int truncate(const char* path, off_t length) noexcept {
  return change(Call::truncate, absolute(path),
                [&] { return static_cast<int>(::syscall(SYS_truncate, path, length)); });
}

EXPORT int truncate64(const char* path, off64_t length) noexcept {
  return truncate(path, length);
}

EXPORT int unlink(const char* path) noexcept {
  const std::string whole = absolute(path);
  const int done =
      change(Call::remove, whole, [&] { return static_cast<int>(::syscall(SYS_unlink, path)); });
  if (done == 0) Disk::instance().removed(whole);
  return done;
}

EXPORT int mkdir(const char* path, mode_t mode) noexcept {
  return change(Call::make_directory, absolute(path),
                [&] { return static_cast<int>(::syscall(SYS_mkdir, path, mode)); });
}

}  // extern "C"
