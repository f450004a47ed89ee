#pragma once
// Frames: what travels between the host and a worker, in both directions. docs/plugin-abi.md
// section "Frames" is normative. A message is one frame, or several of one type where all but the
// last say `more`. Reading treats every byte as hostile: no length is believed before it is
// bounded, nothing is looked at before it is copied out of reach of the writer.

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace forensics::plugin {

// The numbers are the wire format. Host to worker: task. Everything else: worker to host.
enum class FrameType : std::uint16_t {
  hello = 1,
  task = 2,
  plugin = 3,  // one per plugin, answering Mode::describe
  score = 4,
  record = 5,   // model::encode()
  refused = 6,  // a record that the worker could not even encode, as a note
  skip = 7,
  note = 8,
  member = 9,
  data = 10,
  member_end = 11,
  attempt = 12,
  done = 13,
  child = 14,
  child_end = 15,  // between the two: data
};

constexpr std::uint16_t kMore = 1;  // flag: the message goes on in the next frame
constexpr std::size_t kFrameHeader = 8;
constexpr std::size_t kMaxPayload = std::size_t{1} << 20;
constexpr std::uint32_t kWireVersion = 2;

// Appends `payload` as one message of as many frames as it takes.
void append_message(std::string& out, FrameType type, ByteView payload);

// A record's frame is filled in place: begin_frame() leaves room for the header and returns where
// it stands, end_frame() writes it, splitting what turned out longer than one frame.
std::size_t begin_frame(std::string& out);
void end_frame(std::string& out, std::size_t start, FrameType type);

struct Message {
  FrameType type{};
  ByteView payload;  // valid until the next call on the decoder
};

// Cuts a byte stream into messages. Memory: one frame, plus one message of at most `message_limit`.
//
//   while (true) {
//     switch (decoder.next(message)) { ... case starved: read into decoder.space(n) ... }
//   }
class FrameDecoder {
 public:
  enum class Next { message, starved, malformed, oversized };

  explicit FrameDecoder(std::uint64_t message_limit) : message_limit_(message_limit) {}

  // Room for at least one byte; filled() says how many were put there.
  char* space(std::size_t& length);
  void filled(std::size_t length) { end_ += length; }

  Next next(Message& message);

  // True where the stream stops between two messages.
  bool at_boundary() const { return begin_ == end_ && !continued_; }

 private:
  std::uint64_t message_limit_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool continued_ = false;
  FrameType continued_type_{};
  std::string joined_;
};

// Little-endian values of a payload. Text is a u32 length and that many bytes.
class PayloadWriter {
 public:
  explicit PayloadWriter(std::string& out) : out_(out) {}
  PayloadWriter& u8(std::uint8_t value);
  PayloadWriter& u32(std::uint32_t value);
  PayloadWriter& u64(std::uint64_t value);
  PayloadWriter& text(ByteView value);

 private:
  std::string& out_;
};

// Reads what PayloadWriter wrote. After the first value that is not there every further one is
// zero or empty, and done() is false.
class PayloadReader {
 public:
  explicit PayloadReader(ByteView bytes) : rest_(bytes) {}
  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }
  std::string text();
  bool has(std::uint64_t bytes) const { return !failed_ && bytes <= rest_.size(); }
  // True where everything was there and nothing is left.
  bool done() const { return !failed_ && rest_.empty(); }

 private:
  std::uint64_t number(std::size_t bytes);
  ByteView rest_;
  bool failed_ = false;
};

}  // namespace forensics::plugin
