#include "plugin/wire.hpp"

#include <algorithm>
#include <cstring>

namespace forensics::plugin {
namespace {

// A read of this size empties a socket buffer that the worker fills in batches of 64 KiB.
constexpr std::size_t kReadSize = std::size_t{256} << 10;

void store(char* to, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) to[i] = static_cast<char>((value >> (8 * i)) & 0xFFU);
}

std::uint64_t load(const char* from, std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i)
    value |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
  return value;
}

void write_header(char* to, std::size_t length, FrameType type, std::uint16_t flags) {
  store(to, length, 4);
  store(to + 4, static_cast<std::uint16_t>(type), 2);
  store(to + 6, flags, 2);
}

bool is_type(std::uint64_t number) {
  return number >= static_cast<std::uint64_t>(FrameType::hello) &&
         number <= static_cast<std::uint64_t>(FrameType::child_end);
}

}  // namespace

void append_message(std::string& out, FrameType type, ByteView payload) {
  do {
    const ByteView part = payload.substr(0, kMaxPayload);
    payload.remove_prefix(part.size());
    char header[kFrameHeader];
    write_header(header, part.size(), type, payload.empty() ? 0 : kMore);
    out.append(header, sizeof header).append(part);
  } while (!payload.empty());
}

std::size_t begin_frame(std::string& out) {
  const std::size_t start = out.size();
  out.append(kFrameHeader, '\0');
  return start;
}

void end_frame(std::string& out, std::size_t start, FrameType type) {
  const std::size_t length = out.size() - start - kFrameHeader;
  if (length <= kMaxPayload) {
    write_header(out.data() + start, length, type, 0);
    return;
  }
  const std::string payload = out.substr(start + kFrameHeader);
  out.resize(start);
  append_message(out, type, payload);
}

char* FrameDecoder::space(std::size_t& length) {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // next() has bounded the frame that is under way, so this stays below a frame and a read.
  if (buffer_.size() < end_ + kReadSize) buffer_.resize(end_ + kReadSize);
  length = buffer_.size() - end_;
  return buffer_.data() + end_;
}

FrameDecoder::Next FrameDecoder::next(Message& message) {
  if (!continued_) joined_.clear();
  while (end_ - begin_ >= kFrameHeader) {
    const char* header = buffer_.data() + begin_;
    const std::uint64_t length = load(header, 4);
    const std::uint64_t type = load(header + 4, 2);
    const std::uint64_t flags = load(header + 6, 2);
    if (length > kMaxPayload || !is_type(type) || (flags & ~std::uint64_t{kMore}) != 0)
      return Next::malformed;
    if (continued_ && static_cast<FrameType>(type) != continued_type_) return Next::malformed;
    // An empty frame that promises more would let a message go on for ever.
    if (flags == kMore && length == 0) return Next::malformed;
    if (length > message_limit_ - joined_.size()) return Next::oversized;
    if (end_ - begin_ - kFrameHeader < length) return Next::starved;

    const ByteView payload(header + kFrameHeader, length);
    begin_ += kFrameHeader + length;
    message.type = static_cast<FrameType>(type);
    if (flags == 0 && !continued_) {
      message.payload = payload;
      return Next::message;
    }
    joined_.append(payload);
    continued_ = flags == kMore;
    continued_type_ = message.type;
    if (!continued_) {
      message.payload = joined_;
      return Next::message;
    }
  }
  return Next::starved;
}

PayloadWriter& PayloadWriter::u8(std::uint8_t value) {
  out_ += static_cast<char>(value);
  return *this;
}

PayloadWriter& PayloadWriter::u32(std::uint32_t value) {
  char bytes[4];
  store(bytes, value, sizeof bytes);
  out_.append(bytes, sizeof bytes);
  return *this;
}

PayloadWriter& PayloadWriter::u64(std::uint64_t value) {
  char bytes[8];
  store(bytes, value, sizeof bytes);
  out_.append(bytes, sizeof bytes);
  return *this;
}

PayloadWriter& PayloadWriter::text(ByteView value) {
  u32(static_cast<std::uint32_t>(value.size()));
  out_.append(value);
  return *this;
}

std::uint64_t PayloadReader::number(std::size_t bytes) {
  if (failed_ || rest_.size() < bytes) {
    failed_ = true;
    return 0;
  }
  const std::uint64_t value = load(rest_.data(), bytes);
  rest_.remove_prefix(bytes);
  return value;
}

std::string PayloadReader::text() {
  const std::uint64_t length = number(4);
  if (failed_ || length > rest_.size()) {
    failed_ = true;
    return {};
  }
  std::string value(rest_.substr(0, length));
  rest_.remove_prefix(length);
  return value;
}

}  // namespace forensics::plugin
