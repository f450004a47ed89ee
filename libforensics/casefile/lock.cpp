#include "casefile/lock.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace forensics::casefile {

Result<WriterLock> WriterLock::take(const CasePaths& paths, std::string_view purpose) {
  WriterLock lock;
  const std::string path = paths.lock();
  lock.file_ = Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.file_)
    return fail(ErrorCode::output, path, "cannot open the lock: " + system_message(errno));
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (::fcntl(lock.file_.get(), F_OFD_SETLK, &whole) != 0) {
    if (errno != EAGAIN && errno != EACCES)
      return fail(ErrorCode::output, path, "cannot lock the case: " + system_message(errno));
    std::string holder = TRY(read_at(lock.file_, 0, 256));
    while (!holder.empty() && holder.back() == '\n') holder.pop_back();
    return fail(ErrorCode::busy, paths.root,
                "another writer is at work on this case (" +
                    (holder.empty() ? std::string("unknown process") : holder) +
                    "); wait for it, or stop it and run this command again");
  }
  const std::string holder =
      "process " + std::to_string(::getpid()) + ", forensics " + std::string(purpose) + "\n";
  // For people only: the lock holds whether or not the note could be written.
  if (::ftruncate(lock.file_.get(), 0) == 0)
    (void)!::pwrite(lock.file_.get(), holder.data(), holder.size(), 0);
  return lock;
}

}  // namespace forensics::casefile
