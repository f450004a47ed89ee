#include "casefile/object_store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace forensics::casefile {
namespace {

constexpr std::uint64_t kReserve = std::uint64_t{256} << 20;
constexpr std::uint64_t kCheckEvery = std::uint64_t{64} << 20;

// Evidence must not fill the disk: a full disk would stop the ledger too.
Status require_space(const std::string& path) {
  struct statvfs facts {};
  if (::statvfs(path.c_str(), &facts) != 0) return {};
  const std::uint64_t available = std::uint64_t{facts.f_bavail} * facts.f_frsize;
  if (available >= kReserve) return {};
  return fail(ErrorCode::output, path,
              "less than 256 MiB are free on this disk, and a full one would stop the ledger too");
}

Status require_equal(const std::string& path, const Digest& digest) {
  const Descriptor file = TRY(open_read(path));
  Sha256 hash;
  for (std::uint64_t offset = 0;;) {
    const std::string piece = TRY(read_at(file, offset, 1 << 20));
    if (piece.empty()) break;
    hash.update(piece);
    offset += piece.size();
  }
  if (hash.finish() == digest) return {};
  return fail(ErrorCode::integrity, path,
              "this stored object is not what its name says: it was changed since it was taken in; "
              "move it aside and run the same command again to store the bytes anew");
}

}  // namespace

Status Incoming::write(ByteView bytes) {
  TRY(files_->write(file_, bytes, path_));
  hash_.update(bytes);
  size_ += bytes.size();
  unchecked_ += bytes.size();
  if (unchecked_ < kCheckEvery) return {};
  unchecked_ = 0;
  return require_space(path_);
}

ObjectStore::ObjectStore(Files& files, CasePaths paths)
    : files_(&files), paths_(std::move(paths)), temporary_(paths_.objects() + "/tmp") {}

Status ObjectStore::clean() {
  TRY(files_->make_directory(temporary_));
  for (const std::string& name : TRY(list_directory(temporary_)))
    TRY(files_->remove(temporary_ + "/" + name));
  return {};
}

Result<Incoming> ObjectStore::begin() {
  TRY(require_space(paths_.root));
  Incoming incoming;
  incoming.files_ = files_;
  incoming.path_ = temporary_ + "/" + std::to_string(counter_++);
  incoming.file_ = TRY(files_->create(incoming.path_, 0400));
  return incoming;
}

Result<Stored> ObjectStore::finish(Incoming incoming) {
  Stored stored;
  stored.digest = incoming.hash_.finish();
  stored.size = incoming.size_;
  incoming.file_.reset();
  const std::string path = object_path(paths_, stored.digest);
  stored.known = pending_names_.contains(path) || exists(path);
  if (stored.known) {
    // The good bytes are at hand now; they must not be dropped for a damaged copy.
    if (!pending_names_.contains(path)) TRY(require_equal(path, stored.digest));
    TRY(files_->remove(incoming.path_));
    return stored;
  }
  pending_.push_back({std::move(incoming.path_), stored.digest});
  pending_names_.insert(path);
  return stored;
}

Status ObjectStore::abandon(Incoming incoming) {
  incoming.file_.reset();
  return files_->remove(incoming.path_);
}

Status ObjectStore::publish() {
  if (pending_.empty()) return {};
  const Descriptor folder(::open(paths_.objects().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder)
    return fail(ErrorCode::output, paths_.objects(),
                "cannot open the folder: " + system_message(errno));
  // First the bytes, then the names: after a power cut a name always stands for whole bytes.
  TRY(files_->sync_filesystem(folder, paths_.objects()));
  for (const Pending& pending : pending_) {
    const std::string path = object_path(paths_, pending.digest);
    const std::string parent = path.substr(0, path.find_last_of('/'));
    if (folders_.insert(parent).second) TRY(files_->make_directory(parent));
    TRY(files_->rename(pending.temporary, path));
  }
  TRY(files_->sync_filesystem(folder, paths_.objects()));
  pending_.clear();
  pending_names_.clear();
  return {};
}

Result<Descriptor> ObjectStore::open(const Digest& digest) const {
  const std::string path = object_path(paths_, digest);
  auto file = open_read(path);
  if (!file)
    return fail(
        ErrorCode::integrity, path,
        "the stored bytes of an artifact are gone or cannot be read: " + file.error().message);
  struct stat facts {};
  if (::fstat(file->get(), &facts) != 0 || !S_ISREG(facts.st_mode))
    return fail(ErrorCode::integrity, path, "this is not a plain file");
  return file;
}

}  // namespace forensics::casefile
