// Frames: any bytes as what a worker says. Whatever they are, the run ends, nothing that was not
// checked reaches the sink, and the sums add up to the input.

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>

#include "plugin/parse_run.hpp"

using namespace forensics;

namespace {

class RecountingSink final : public plugin::Sink {
 public:
  Status record(const model::Record& record) override {
    if (record.extent.end() > kInput.size()) std::abort();
    ++records;
    return {};
  }
  Status skip(const plugin::Skip& skip) override {
    if (skip.span.end() > kInput.size()) std::abort();
    return {};
  }
  Status note(const plugin::Note&) override { return {}; }

  static constexpr std::string_view kInput = "12/03/2024, 14:03 - Ada: good morning\r\n";
  std::uint64_t records = 0;
};

int input() {
  static const Descriptor memory = [] {
    Descriptor file(::memfd_create("input", MFD_CLOEXEC));
    if (!Files::system().write(file, RecountingSink::kInput, "input")) std::abort();
    return file;
  }();
  return memory.get();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  RecountingSink sink;
  plugin::ParseRun run(input(), RecountingSink::kInput.size(), {}, sink);
  plugin::FrameDecoder decoder(plugin::kMaxPayload);
  plugin::Message message;
  using Next = plugin::FrameDecoder::Next;
  while (true) {
    const Next next = decoder.next(message);
    if (next == Next::message) {
      if (*run.take(message)) break;
      continue;
    }
    if (next != Next::starved || size == 0) break;
    std::size_t room = 0;
    char* space = decoder.space(room);
    const std::size_t piece = std::min(room, size);
    std::memcpy(space, data, piece);
    decoder.filled(piece);
    data += piece;
    size -= piece;
  }
  const auto outcome = run.finish();
  if (!outcome || outcome->records != sink.records) std::abort();
  if (outcome->covered + outcome->skipped + outcome->unexplained_bytes !=
      RecountingSink::kInput.size())
    std::abort();
  return 0;
}
