// The payloads of messages between host and worker: what decodes is what its encoder writes, so
// nothing that an intact worker would not have sent is understood. First byte: the kind of message.

#include "plugin/messages.hpp"
#include "target.hpp"

using namespace forensics;

namespace {

template <typename Message>
void check(ByteView payload) {
  Message message;
  if (!plugin::decode(payload, message)) return;
  std::string written;
  plugin::encode(message, written);
  fuzz::promise(written == payload, "a message is written as it was read");
}

constexpr void (*kChecks[])(ByteView) = {
    &check<plugin::TaskMessage>,    &check<plugin::HelloMessage>,
    &check<plugin::PluginMessage>,  &check<plugin::ScoreMessage>,
    &check<plugin::Skip>,           &check<plugin::Note>,
    &check<plugin::Member>,         &check<plugin::MemberEndMessage>,
    &check<plugin::AttemptMessage>, &check<plugin::DoneMessage>,
    &check<plugin::Child>,          &check<plugin::ChildEndMessage>,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Script script(data, size);
  const std::size_t kind = script.place(std::size(kChecks));
  kChecks[kind](script.all());
  return 0;
}
