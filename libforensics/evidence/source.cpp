#include "evidence/source.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/files.hpp"

namespace forensics::evidence {
namespace {

constexpr std::size_t kWindow = std::size_t{128} << 10;

}  // namespace

Result<Source> Source::of(int descriptor) {
  // Not fstat(): glibc makes it a call that also takes paths, and a confined worker has none.
  const off_t size = ::lseek(descriptor, 0, SEEK_END);
  if (size < 0)
    return fail(ErrorCode::unreadable, "the archive",
                "cannot ask for its size: " + system_message(errno));
  return Source(descriptor, static_cast<std::uint64_t>(size));
}

Result<ByteView> Source::at(std::uint64_t offset, std::size_t length) {
  if (offset >= size_) return ByteView{};
  length = static_cast<std::size_t>(std::min<std::uint64_t>(length, size_ - offset));
  if (offset >= start_ && offset - start_ + length <= window_.size())
    return ByteView(window_).substr(static_cast<std::size_t>(offset - start_), length);

  const std::uint64_t wanted = std::min<std::uint64_t>(std::max(length, kWindow), size_ - offset);
  window_.resize(static_cast<std::size_t>(wanted));
  start_ = offset;
  std::size_t have = 0;
  while (have < window_.size()) {
    const ssize_t n = ::pread(descriptor_, window_.data() + have, window_.size() - have,
                              static_cast<off_t>(offset + have));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      const int error = errno;
      window_.clear();
      return fail(ErrorCode::unreadable, "byte " + std::to_string(offset + have),
                  "cannot read: " + system_message(error));
    }
    if (n == 0) break;  // the file became shorter
    have += static_cast<std::size_t>(n);
  }
  window_.resize(have);
  return ByteView(window_).substr(0, std::min(length, have));
}

Result<bool> is_zero(Source& source, std::uint64_t begin, std::uint64_t end) {
  while (begin < end) {
    const std::uint64_t step = std::min<std::uint64_t>(end - begin, kWindow);
    const ByteView bytes = TRY(source.at(begin, static_cast<std::size_t>(step)));
    if (bytes.find_first_not_of('\0') != ByteView::npos) return false;
    if (bytes.empty()) break;
    begin += bytes.size();
  }
  return true;
}

}  // namespace forensics::evidence
