#pragma once
// Code that will be run, held so that nobody can change it between hashing and running: read once
// into a sealed memory file. What is hashed is what is executed.

#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/files.hpp"

namespace forensics::plugin {

struct ExecutableImage {
  std::string path;   // where it was read from; for messages only
  Descriptor memory;  // sealed; run or loaded through /proc/self/fd
  Digest sha256{};

  // Reads the file at `path`. ErrorCode::plugin where others than its owner and root may write the
  // file or its folder; ErrorCode::not_found or ::unreadable where it cannot be read.
  static Result<ExecutableImage> read(const std::string& path);
};

}  // namespace forensics::plugin
