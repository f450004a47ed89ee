#include "casefile/lock.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <climits>
#include <thread>

#include "ledger/ledger.hpp"

namespace forensics::casefile {
namespace {

constexpr std::uint64_t kMaxNote = 4096;

struct flock whole_file(short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

std::string host_name() {
  char name[HOST_NAME_MAX + 1] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

// When a process began, in the kernel's own count: a number that is given out again comes with
// another. 0: there is no such process.
std::int64_t start_of(std::int64_t process) {
  // The second field is a name in parentheses and may hold anything; the 22nd is the time.
  const Descriptor file(
      ::open(("/proc/" + std::to_string(process) + "/stat").c_str(), O_RDONLY | O_CLOEXEC));
  const auto text = file ? read_at(file, 0, kMaxNote) : Result<std::string>(std::string());
  if (!text) return 0;
  std::size_t at = text->rfind(')');
  for (int field = 2; field < 22 && at != std::string::npos; ++field) at = text->find(' ', at + 1);
  return at == std::string::npos ? 0 : std::strtoll(text->c_str() + at, nullptr, 10);
}

std::string note_of(std::string_view purpose) {
  Json note = Json::object();
  note["command"] = "forensics " + std::string(purpose);
  note["host"] = legible(host_name());
  note["process"] = std::int64_t{::getpid()};
  note["since"] = ledger::system_time();
  note["started"] = start_of(::getpid());
  return note.dump() + "\n";
}

// What the note says of whoever holds the lock; empty where it speaks of one that is gone.
std::string told_by(std::string note) {
  while (note.ends_with('\n')) note.pop_back();
  const auto json = Json::parse_canonical(note);
  if (!json || json->as_object() == nullptr) return {};
  const std::int64_t process = json->integer("process");
  const std::string host(json->text("host"));
  const bool here = host == legible(host_name());
  if (here && start_of(process) != json->integer("started")) return {};
  return "process " + std::to_string(process) + (here ? "" : " on " + host) + ", " +
         std::string(json->text("command")) + ", since " + std::string(json->text("since"));
}

// The holder writes its note right after it took the lock: until then the file may hold that of
// one that died.
std::string holder_of(const Descriptor& file) {
  using namespace std::chrono_literals;
  for (int attempt = 0; attempt < 10; ++attempt) {
    const auto note = read_at(file, 0, kMaxNote);
    if (std::string told = note ? told_by(*note) : std::string(); !told.empty()) return told;
    std::this_thread::sleep_for(20ms);
  }
  return "a process that has not said which it is";
}

}  // namespace

Result<WriterLock> WriterLock::take(const CasePaths& paths, std::string_view purpose) {
  WriterLock lock;
  const std::string path = paths.lock();
  lock.file_ = Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.file_)
    return fail(ErrorCode::output, path, "cannot open the lock: " + system_message(errno));
  struct flock exclusive = whole_file(F_WRLCK);
  if (::fcntl(lock.file_.get(), F_OFD_SETLK, &exclusive) != 0) {
    const int failure = errno;
    // Closed before the destructor could wipe what is not ours.
    const Descriptor file = std::move(lock.file_);
    if (failure != EAGAIN && failure != EACCES)
      return fail(ErrorCode::output, path, "cannot lock the case: " + system_message(failure));
    return fail(ErrorCode::busy, paths.root,
                "another writer is at work on this case (" + holder_of(file) +
                    "); wait for it, or stop it and run this command again");
  }
  // For people only: the lock holds whether or not the note could be written.
  const std::string note = note_of(purpose);
  if (::ftruncate(lock.file_.get(), 0) == 0)
    (void)!::pwrite(lock.file_.get(), note.data(), note.size(), 0);
  return lock;
}

WriterLock::~WriterLock() {
  if (file_) (void)!::ftruncate(file_.get(), 0);
}

bool is_being_written(const CasePaths& paths) {
  const Descriptor file(::open(paths.lock().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return false;
  struct flock shared = whole_file(F_RDLCK);
  return ::fcntl(file.get(), F_OFD_GETLK, &shared) == 0 && shared.l_type != F_UNLCK;
}

}  // namespace forensics::casefile
