#pragma once
// The worker's outgoing frames, collected into batches: one write per record would cost eight times
// as much as everything else about it.

#include <functional>
#include <string>

#include "plugin/messages.hpp"

namespace forensics::worker {

class Output {
 public:
  static constexpr std::size_t kBatch = std::size_t{64} << 10;

  // `write` takes all of the bytes or returns false, for good.
  explicit Output(std::function<bool(ByteView)> write) : write_(std::move(write)) {
    buffer_.reserve(2 * kBatch);
  }

  // For encoding in place: append whole frames, then call sent().
  std::string& buffer() { return buffer_; }
  // False once the reader is gone.
  bool sent() { return buffer_.size() < kBatch ? !broken_ : flush(); }

  template <typename Value>
  bool send(plugin::FrameType type, const Value& value) {
    plugin::append_encoded(buffer_, type, value);
    return sent();
  }

  bool flush() {
    if (!broken_ && !buffer_.empty()) broken_ = !write_(buffer_);
    buffer_.clear();
    return !broken_;
  }

  bool broken() const { return broken_; }

 private:
  std::function<bool(ByteView)> write_;
  std::string buffer_;
  bool broken_ = false;
};

}  // namespace forensics::worker
