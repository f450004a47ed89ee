#include "plugin/executable_image.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

#include "base/sha256.hpp"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif

namespace forensics::plugin {
namespace {

// A megabyte at a time: the worker with debug symbols is larger than what is worth holding twice.
constexpr std::size_t kPiece = std::size_t{1} << 20;

Result<Descriptor> memory_file(const std::string& path) {
  // Kernels before 6.3 do not know MFD_EXEC; their memory files can be executed without it.
  for (const unsigned flag : {MFD_EXEC, 0U}) {
    Descriptor memory(::memfd_create("forensics", MFD_CLOEXEC | MFD_ALLOW_SEALING | flag));
    if (memory) return memory;
    if (errno != EINVAL) break;
  }
  return fail(ErrorCode::isolation, path,
              "cannot make a memory file to run it from: " + system_message(errno));
}

Status refuse_writable(const struct stat& facts, const std::string& path) {
  // A folder with the sticky bit (like /tmp) lets others add files but not replace ours.
  const bool is_protected = S_ISDIR(facts.st_mode) && (facts.st_mode & S_ISVTX) != 0;
  if ((facts.st_mode & S_IWOTH) != 0 && !is_protected)
    return fail(ErrorCode::plugin, path,
                "anyone can write here, so the code may not be what was installed; remove the "
                "write permission of others (chmod o-w)");
  return {};
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// The kernel refuses while a page of the copy is held elsewhere for a moment (EBUSY, fcntl(2)): it
// is asked again for up to two seconds.
bool seal(int memory) {
  constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  constexpr timespec kPause{0, 20'000'000};
  for (int attempt = 0; attempt < 100; ++attempt) {
    if (::fcntl(memory, F_ADD_SEALS, kSeals) == 0) return true;
    if (errno != EBUSY) return false;
    ::nanosleep(&kPause, nullptr);
  }
  return false;
}

}  // namespace

Result<ExecutableImage> ExecutableImage::read(const std::string& path) {
  // Not open_read(): an installed program may well be reached through a symbolic link.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts {};
  if (!file || ::fstat(file.get(), &facts) != 0)
    return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable, path,
                "cannot read the program: " + system_message(errno));
  if (!S_ISREG(facts.st_mode))
    return fail(ErrorCode::unreadable, path, "this is not a file that could be run");
  TRY(refuse_writable(facts, path));
  const std::string folder = folder_of(path);
  if (::stat(folder.c_str(), &facts) == 0) TRY(refuse_writable(facts, folder));

  ExecutableImage image;
  image.path = path;
  image.memory = TRY(memory_file(path));
  Sha256 hash;
  for (std::uint64_t at = 0;;) {
    const std::string piece = TRY(read_at(file, at, kPiece));
    if (piece.empty()) break;
    hash.update(piece);
    TRY(Files::system().write(image.memory, piece, path));
    at += piece.size();
  }
  if (!seal(image.memory.get()))
    return fail(ErrorCode::isolation, path, "cannot seal the copy: " + system_message(errno));
  image.sha256 = hash.finish();
  return image;
}

}  // namespace forensics::plugin
