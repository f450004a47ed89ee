#include "ledger/lines.hpp"

#include <algorithm>
#include <memory>

#include "base/files.hpp"
#include "ledger/entry.hpp"

namespace forensics::ledger {
namespace {
constexpr std::size_t kPiece = std::size_t{256} * 1024;
}

Result<LineReader> LineReader::of_file(const std::string& path) {
  const auto file = std::make_shared<Descriptor>(TRY(open_read(path)));
  return LineReader([file](std::uint64_t offset, std::uint64_t length) {
    return read_at(*file, offset, length);
  });
}

Result<std::optional<Line>> LineReader::next() {
  std::size_t searched = at_;
  while (!ended_) {
    const std::size_t end = buffer_.find('\n', searched);
    const std::size_t length = (end == std::string::npos ? buffer_.size() : end) - at_;
    const ByteView bytes = ByteView(buffer_).substr(at_, std::min(length, kMaxLine));
    if (length > kMaxLine) {
      ended_ = true;
      return Line{bytes, offset_ + at_, Line::End::overlong};
    }
    if (end != std::string::npos) {
      const std::uint64_t offset = offset_ + at_;
      at_ = end + 1;
      return Line{bytes, offset, Line::End::newline};
    }
    const std::string piece = TRY(read_at_(offset_ + buffer_.size(), kPiece));
    if (piece.empty()) {
      ended_ = true;
      if (length == 0) break;
      return Line{bytes, offset_ + at_, Line::End::torn};
    }
    buffer_.erase(0, at_);
    offset_ += at_;
    at_ = 0;
    searched = buffer_.size();
    buffer_ += piece;
  }
  return std::nullopt;
}

}  // namespace forensics::ledger
