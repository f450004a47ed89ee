#include "worker/server.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "evidence/archive.hpp"
#include "worker/attempts.hpp"
#include "worker/session.hpp"

namespace forensics::worker {
namespace {

using plugin::Ending;
using plugin::FrameType;

// A task is as long as the list of files beside the input.
constexpr std::uint64_t kLongestTask = std::uint64_t{128} << 20;

bool write_all(int channel, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(channel, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// Passes members on as frames.
class Forwarder final : public evidence::ArchiveSink {
 public:
  explicit Forwarder(Output& output) : output_(output) {}

  bool begin(const evidence::ArchiveMember& member) override {
    return output_.send(
        FrameType::member,
        plugin::Member{member.index, member.name, static_cast<plugin::Member::Type>(member.type),
                       member.link_target, member.encrypted, member.modified, member.has_modified});
  }
  bool data(ByteView bytes) override {
    if (bytes.empty()) return output_.sent();
    plugin::append_message(output_.buffer(), FrameType::data, bytes);
    return output_.sent();
  }
  bool end(const Error* error) override {
    return output_.send(FrameType::member_end,
                        plugin::MemberEndMessage{error != nullptr, error ? *error : Error{}});
  }

 private:
  Output& output_;
};

Ending ending_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::unknown: return Ending::not_mine;
    case ErrorCode::truncated: return Ending::truncated;
    case ErrorCode::encrypted: return Ending::encrypted;
    case ErrorCode::limit: return Ending::limit;
    case ErrorCode::cancelled: return Ending::cancelled;
    case ErrorCode::internal: return Ending::bug;
    default: return Ending::corrupt;
  }
}

}  // namespace

Server::Server(int channel, const plugin::Isolation& isolation)
    : channel_(channel),
      output_([channel](ByteView bytes) { return write_all(channel, bytes); }),
      decoder_(kLongestTask) {
  output_.send(FrameType::hello, plugin::HelloMessage{plugin::kWireVersion, isolation});
  output_.flush();
}

bool Server::run(std::vector<const fx_plugin*> plugins) {
  plugins_ = std::move(plugins);
  plugin::TaskMessage task;
  while (receive(task)) {
    serve(task);
    if (!output_.flush()) return true;
  }
  return decoder_.at_boundary();
}

bool Server::receive(plugin::TaskMessage& task) {
  inputs_.clear();
  plugin::Message message;
  while (true) {
    const auto next = decoder_.next(message);
    if (next == plugin::FrameDecoder::Next::message)
      return message.type == FrameType::task && plugin::decode(message.payload, task);
    if (next != plugin::FrameDecoder::Next::starved) return false;

    std::size_t room = 0;
    char* space = decoder_.space(room);
    iovec part{space, room};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * model::kMostInputs)] = {};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    const ssize_t n = ::recvmsg(channel_, &header, MSG_CMSG_CLOEXEC);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    decoder_.filled(static_cast<std::size_t>(n));
    const cmsghdr* attached = CMSG_FIRSTHDR(&header);
    if (attached == nullptr || attached->cmsg_type != SCM_RIGHTS) continue;
    const auto* bytes = CMSG_DATA(attached);
    const std::size_t count = (attached->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int descriptor = -1;
      std::memcpy(&descriptor, bytes + i * sizeof descriptor, sizeof descriptor);
      inputs_.emplace_back(descriptor);
    }
  }
}

// As the task lists them; one that came without a descriptor is not there.
plugin::Inputs Server::inputs_of(const plugin::TaskMessage& task) const {
  plugin::Inputs inputs = plugin::only_input(input(), task.length);
  for (std::size_t i = 0; i < task.companions.size() && i + 1 < inputs_.size(); ++i)
    inputs[task.companions[i].input] = {inputs_[i + 1].get(), task.companions[i].length, true};
  return inputs;
}

void Server::serve(const plugin::TaskMessage& task) {
  switch (task.mode) {
    case plugin::Mode::describe: return describe();
    case plugin::Mode::probe: return probe(task);
    case plugin::Mode::parse: return parse(task);
    case plugin::Mode::unpack: return unpack(task);
    case plugin::Mode::attempt:
      output_.send(FrameType::attempt, plugin::AttemptMessage{attempt(task.attempt, input())});
      return;
  }
}

void Server::describe() {
  for (const fx_plugin* loaded : plugins_) {
    const fx_text manifest = loaded->manifest;
    output_.send(FrameType::plugin,
                 plugin::PluginMessage{loaded->abi, std::string(manifest.data, manifest.length)});
  }
  output_.send(FrameType::done, plugin::DoneMessage{Ending::complete, ""});
}

void Server::probe(const plugin::TaskMessage& task) {
  for (std::uint32_t i = task.plugin; i < plugins_.size(); ++i) {
    Session session(inputs_of(task), task, output_, {});
    plugin::ScoreMessage score{i, 0, false};
    score.failed = !session.probe(*plugins_[i], score.score);
    output_.send(FrameType::score, score);
    // At once, so that the host knows which plugin a crash belongs to.
    if (!output_.flush()) return;
  }
  output_.send(FrameType::done, plugin::DoneMessage{Ending::complete, ""});
}

void Server::parse(const plugin::TaskMessage& task) {
  if (task.plugin >= plugins_.size()) {
    output_.send(FrameType::done, plugin::DoneMessage{Ending::bug, "there is no such plugin"});
    return;
  }
  Session session(inputs_of(task), task, output_, [this] { return asked_to_stop(); });
  output_.send(FrameType::done, session.parse(*plugins_[task.plugin]));
}

void Server::unpack(const plugin::TaskMessage& task) {
  const evidence::ArchiveLimits limits{task.limits.members, task.limits.member_bytes,
                                       task.limits.total_bytes, task.limits.ratio};
  Forwarder forwarder(output_);
  const Status status = evidence::read_archive(input(), limits, forwarder);
  plugin::DoneMessage done{Ending::complete, ""};
  if (!status) done = {ending_of(status.error().code), status.error().text()};
  output_.send(FrameType::done, done);
}

// Anything that comes, the end included, while a task is under way.
bool Server::asked_to_stop() const {
  char byte = 0;
  iovec part{&byte, 1};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  return ::recvmsg(channel_, &header, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

}  // namespace forensics::worker
