// Members of an archive as any bytes at all describe them: every member that begins ends once, data
// belongs to files alone, and no limit is exceeded before the sink sees it.

#include <cstring>

#include "plugin/unpack_run.hpp"
#include "target.hpp"

using namespace forensics;
using fuzz::promise;

namespace {

constexpr std::uint64_t kMostMembers = 20;
constexpr std::uint64_t kMostMemberBytes = 3000;
constexpr std::uint64_t kMostBytes = 10'000;

class OrderlySink final : public plugin::MemberSink {
 public:
  Status begin(const plugin::Member& member) override {
    promise(!open_, "no member begins inside another");
    promise(++members_ <= kMostMembers, "no more members than allowed");
    promise(members_ == 1 || member.index > index_, "members come in the order of the archive");
    index_ = member.index;
    open_ = true;
    is_file_ = member.type == plugin::Member::Type::file;
    bytes_ = 0;
    return {};
  }
  Status data(ByteView bytes) override {
    promise(open_ && is_file_, "data belongs to a file");
    bytes_ += bytes.size();
    total_ += bytes.size();
    promise(bytes_ <= kMostMemberBytes && total_ <= kMostBytes, "no more bytes than allowed");
    return {};
  }
  Status end(const Error*) override {
    promise(open_, "only what began ends");
    open_ = false;
    return {};
  }
  bool is_between_members() const { return !open_; }

 private:
  bool open_ = false;
  bool is_file_ = false;
  std::uint64_t members_ = 0;
  std::uint64_t index_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  plugin::Limits limits;
  limits.members = kMostMembers;
  limits.member_bytes = kMostMemberBytes;
  limits.total_bytes = kMostBytes;
  OrderlySink sink;
  plugin::UnpackRun run(1000, limits, sink);
  plugin::FrameDecoder decoder(plugin::kMaxPayload);
  plugin::Message message;
  bool over = false;
  while (!over) {
    const auto next = decoder.next(message);
    if (next == plugin::FrameDecoder::Next::message) {
      over = *run.take(message);
      continue;
    }
    if (next != plugin::FrameDecoder::Next::starved || size == 0) break;
    std::size_t room = 0;
    char* space = decoder.space(room);
    const std::size_t piece = std::min(room, size);
    std::memcpy(space, data, piece);
    decoder.filled(piece);
    data += piece;
    size -= piece;
  }
  if (!over) run.end(plugin::Ending::protocol, "the frames end");
  promise(run.finish().has_value(), "a run has an outcome");
  promise(sink.is_between_members(), "every member that began has ended");
  return 0;
}
