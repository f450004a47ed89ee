#pragma once
// Evidence bytes by content: objects/<2 hex>/<64 hex>, named by their SHA-256, mode 0400, written
// once. Bytes stream in; the same bytes are stored once however often they occur.
//
//   auto incoming = TRY(store.begin());
//   while (more) TRY(incoming.write(piece));
//   Stored stored = TRY(store.finish(std::move(incoming)));
//   ...                       // more objects
//   TRY(store.publish());     // now all of them are on disk under their names
//
// What is lost if the process dies: objects finished and not yet published lie in objects/tmp and
// are removed by the next writer; nothing outside refers to them, as ledger entries are written
// after publish(). A batch costs two syncs of the file system, not two syncs a file.

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/files.hpp"
#include "base/sha256.hpp"
#include "casefile/case.hpp"

namespace forensics::casefile {

struct Stored {
  Digest digest{};
  std::uint64_t size = 0;
  bool known = false;  // the same bytes were there before
};

class Incoming {
 public:
  Status write(ByteView bytes);
  std::uint64_t size() const { return size_; }

 private:
  friend class ObjectStore;
  Files* files_ = nullptr;
  Descriptor file_;
  std::string path_;
  Sha256 hash_;
  std::uint64_t size_ = 0;
  std::uint64_t unchecked_ = 0;  // bytes since the free space was last looked at
};

class ObjectStore {
 public:
  ObjectStore(Files& files, CasePaths paths);

  // Removes what an earlier, killed writer left in objects/tmp. Call once, under the lock.
  Status clean();

  // ErrorCode::output where less than 256 MiB would be left on the disk.
  Result<Incoming> begin();
  Result<Stored> finish(Incoming incoming);
  Status abandon(Incoming incoming);

  // Brings every finished object to disk under its name.
  Status publish();
  bool has_unpublished() const { return !pending_.empty(); }

  // The bytes of an object, read-only. ErrorCode::integrity: not there, or not a plain file.
  Result<Descriptor> open(const Digest& digest) const;

 private:
  struct Pending {
    std::string temporary;
    Digest digest;
  };
  Files* files_;
  CasePaths paths_;
  std::string temporary_;
  std::uint64_t counter_ = 0;
  std::vector<Pending> pending_;
  std::unordered_set<std::string> pending_names_;
  std::unordered_set<std::string> folders_;  // known to exist
};

}  // namespace forensics::casefile
