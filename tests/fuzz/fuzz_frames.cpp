// Frames: any bytes as what a worker says. Whatever they are, the run ends, nothing that was not
// checked reaches the sink, the sums add up to the input, and the pieces in which the bytes arrive
// make no difference.

#include <sys/mman.h>

#include <cstring>
#include <limits>

#include "plugin/parse_run.hpp"
#include "target.hpp"

using namespace forensics;
using fuzz::promise;

namespace {

constexpr std::string_view kInput = "12/03/2024, 14:03 - Ada: good morning\r\n";

class CountingSink final : public plugin::Sink {
 public:
  Status record(const model::Record& record) override {
    promise(record.extent.end() <= kInput.size(), "a record stands inside the input");
    ++records;
    return {};
  }
  Status skip(const plugin::Skip& skip) override {
    promise(skip.span.end() <= kInput.size(), "a skipped span stands inside the input");
    return {};
  }
  Status note(const plugin::Note&) override { return {}; }

  std::uint64_t records = 0;
};

int input() {
  static const Descriptor memory = [] {
    Descriptor file(::memfd_create("input", MFD_CLOEXEC));
    promise(file && Files::system().write(file, kInput, "input"), "the input fits into memory");
    return file;
  }();
  return memory.get();
}

plugin::Outcome run_in_pieces(ByteView bytes, std::size_t largest) {
  CountingSink sink;
  plugin::ParseRun run(plugin::only_input(input(), kInput.size()), {}, sink, {}, true);
  plugin::FrameDecoder decoder(plugin::kMaxPayload);
  plugin::Message message;
  using Next = plugin::FrameDecoder::Next;
  for (bool over = false; !over;) {
    const Next next = decoder.next(message);
    if (next == Next::message) {
      over = *run.take(message);
      continue;
    }
    if (next != Next::starved || bytes.empty()) {
      run.end(plugin::Ending::protocol, "the frames end");
      break;
    }
    std::size_t room = 0;
    char* space = decoder.space(room);
    const ByteView piece = bytes.substr(0, std::min(room, largest));
    std::memcpy(space, piece.data(), piece.size());
    decoder.filled(piece.size());
    bytes.remove_prefix(piece.size());
  }
  const auto outcome = run.finish();
  promise(outcome.has_value(), "a run has an outcome");
  promise(outcome->records == sink.records, "what is counted is what was passed on");
  promise(outcome->covered + outcome->skipped + outcome->unexplained_bytes == kInput.size(),
          "covered, skipped and unexplained bytes add up");
  return *outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(reinterpret_cast<const char*>(data), size);
  const plugin::Outcome whole = run_in_pieces(bytes, std::numeric_limits<std::size_t>::max());
  const plugin::Outcome pieces = run_in_pieces(bytes, 1 + size % 13);
  promise(whole.ending == pieces.ending && whole.stream == pieces.stream &&
              whole.rejected == pieces.rejected && whole.covered == pieces.covered &&
              whole.skipped == pieces.skipped,
          "pieces make no difference");
  return 0;
}
