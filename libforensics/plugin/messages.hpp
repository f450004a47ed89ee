#pragma once
// The payloads of all messages but `record`, as plain values. Each has encode() and a decode() that
// is false on anything encode() would not have written: both processes are built from these lines,
// so a message that does not decode was not sent by an intact worker.

#include <cstdint>
#include <string>
#include <vector>

#include "plugin/host.hpp"
#include "plugin/wire.hpp"

namespace forensics::plugin {

enum class Mode : std::uint8_t {
  describe = 1,  // answers: plugin per plugin, done
  probe = 2,     // answers: score per plugin, done
  parse = 3,     // answers: record, refused, skip, note, child, data, child_end, done
  unpack = 4,    // answers: member, data, member_end, done
  attempt = 5,   // answers: attempt, unless the attempt is the worker's end
};

// What the worker tries in Mode::attempt to show that it is refused.
enum class Attempt : std::uint8_t {
  open_file = 1,
  create_file = 2,
  make_socket = 3,
  connect_out = 4,
  execute = 5,
  fork_process = 6,
  signal_parent = 7,
  map_writable_code = 8,
};
constexpr Attempt kAttempts[] = {
    Attempt::open_file, Attempt::create_file,  Attempt::make_socket,   Attempt::connect_out,
    Attempt::execute,   Attempt::fork_process, Attempt::signal_parent, Attempt::map_writable_code,
};
std::string_view name_of(Attempt attempt);

struct CompanionMessage {
  std::uint8_t input = 0;  // 1 to 7
  std::string name;        // path within the exhibit, bytes
  std::uint64_t length = 0;
};

// The input and its companions travel beside the first frame of the task as descriptors, in the
// order in which they are listed.
struct TaskMessage {
  Mode mode{};
  std::uint32_t plugin = 0;  // among those of the worker; parse: which; probe: the first to ask
  Attempt attempt{};
  std::uint64_t length = 0;  // of the input
  std::string name;
  std::string options;
  std::vector<Sibling> siblings;
  std::vector<CompanionMessage> companions;  // in ascending order of input
  std::vector<std::string> keys;
  bool takes_children = false;
  Limits limits;
};

struct HelloMessage {
  std::uint32_t version = kWireVersion;
  Isolation isolation;
};

struct PluginMessage {
  std::uint32_t abi = 0;
  std::string manifest;
};

struct ScoreMessage {
  std::uint32_t plugin = 0;
  std::int32_t score = 0;
  bool failed = false;  // the probe threw an exception; there is no score
};

struct AttemptMessage {
  std::int32_t error = 0;  // errno; 0: it was not refused
};

struct MemberEndMessage {
  bool failed = false;
  Error error;
};

struct ChildEndMessage {
  bool verified = false;
  std::string why;
};

struct DoneMessage {
  Ending ending{};
  std::string detail;
  bool asked_for_keys = false;
};

void encode(const TaskMessage&, std::string& out);
void encode(const HelloMessage&, std::string& out);
void encode(const PluginMessage&, std::string& out);
void encode(const ScoreMessage&, std::string& out);
void encode(const Skip&, std::string& out);
void encode(const Note&, std::string& out);
void encode(const Member&, std::string& out);
void encode(const MemberEndMessage&, std::string& out);
void encode(const Child&, std::string& out);
void encode(const ChildEndMessage&, std::string& out);
void encode(const AttemptMessage&, std::string& out);
void encode(const DoneMessage&, std::string& out);

bool decode(ByteView, TaskMessage&);
bool decode(ByteView, HelloMessage&);
bool decode(ByteView, PluginMessage&);
bool decode(ByteView, ScoreMessage&);
bool decode(ByteView, Skip&);
bool decode(ByteView, Note&);
bool decode(ByteView, Member&);
bool decode(ByteView, MemberEndMessage&);
bool decode(ByteView, Child&);
bool decode(ByteView, ChildEndMessage&);
bool decode(ByteView, AttemptMessage&);
bool decode(ByteView, DoneMessage&);

// Encodes `value` and appends it to `out` as one message.
template <typename Value>
void append_encoded(std::string& out, FrameType type, const Value& value) {
  std::string payload;
  encode(value, payload);
  append_message(out, type, payload);
}

}  // namespace forensics::plugin
