#pragma once
// One writer a case. The lock is an OFD lock on the file `lock`: it goes when the process goes,
// however it ends. The file says who holds it, for the message that the second writer gets; it is
// never asked whether somebody does.

#include <string>
#include <string_view>

#include "base/files.hpp"
#include "casefile/case.hpp"

namespace forensics::casefile {

class WriterLock {
 public:
  // `purpose` names the command, e.g. "ingest". ErrorCode::busy: another process holds the lock;
  // the message says which, which command it runs and since when, as far as that can be trusted.
  static Result<WriterLock> take(const CasePaths& paths, std::string_view purpose);

  WriterLock(WriterLock&&) = default;
  WriterLock& operator=(WriterLock&&) = default;
  ~WriterLock();  // wipes the note; whoever is killed leaves one that names a dead process

 private:
  WriterLock() = default;
  Descriptor file_;
};

// Whether a writer is at work on the case at this moment. false also where that cannot be told.
bool is_being_written(const CasePaths& paths);

}  // namespace forensics::casefile
