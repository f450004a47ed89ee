#pragma once
// Lines of a ledger file, read in pieces: memory stays bounded whatever the file holds.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace forensics::ledger {

struct Line {
  enum class End {
    newline,   // complete
    torn,      // the file ends before an LF
    overlong,  // more than kMaxLine bytes; `bytes` holds the first of them
  };
  ByteView bytes;  // without LF; valid until the next call of next()
  std::uint64_t offset = 0;
  End end = End::newline;
};

class LineReader {
 public:
  // Up to `length` bytes at `offset`; fewer only at the end.
  using ReadAt = std::function<Result<std::string>(std::uint64_t offset, std::uint64_t length)>;

  static Result<LineReader> of_file(const std::string& path);
  explicit LineReader(ReadAt read_at) : read_at_(std::move(read_at)) {}

  // The next line; nullopt at the end, and after a line that is not complete.
  Result<std::optional<Line>> next();

 private:
  ReadAt read_at_;
  std::string buffer_;
  std::size_t at_ = 0;        // start of the next line in buffer_
  std::uint64_t offset_ = 0;  // of buffer_ in the file
  bool ended_ = false;
};

}  // namespace forensics::ledger
