#pragma once
// One writer a case. The lock is an OFD lock on the file `lock`: it goes when the process goes,
// however it ends. The file says who holds it, for the message that the second writer gets.

#include <string>
#include <string_view>

#include "base/files.hpp"
#include "casefile/case.hpp"

namespace forensics::casefile {

class WriterLock {
 public:
  // `purpose` names the command, e.g. "ingest". ErrorCode::busy: another process holds the lock;
  // the message says which.
  static Result<WriterLock> take(const CasePaths& paths, std::string_view purpose);

 private:
  Descriptor file_;
};

}  // namespace forensics::casefile
