#include "plugin/messages.hpp"

#include <algorithm>

namespace forensics::plugin {
namespace {

std::uint64_t as_unsigned(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}
std::int64_t as_signed(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

void put_span(PayloadWriter& out, const model::Span& span) {
  out.u8(span.input).u64(span.offset).u64(span.length);
}

model::Span get_span(PayloadReader& in) {
  model::Span span;
  span.input = in.u8();
  span.offset = in.u64();
  span.length = in.u64();
  return span;
}

// The limits in one order, for both directions.
template <typename Visit>
void visit_limits(Limits& limits, Visit visit) {
  for (std::uint64_t* value :
       {&limits.memory, &limits.cpu_seconds, &limits.wall_seconds, &limits.idle_seconds,
        &limits.records, &limits.field_bytes, &limits.output_bytes, &limits.members,
        &limits.member_bytes, &limits.total_bytes, &limits.ratio})
    visit(*value);
}

// What a worker may say of itself; the other endings are for the host to judge.
bool may_be_said(Ending ending) {
  constexpr Ending kSaid[] = {Ending::complete,  Ending::not_mine,  Ending::truncated,
                              Ending::corrupt,   Ending::encrypted, Ending::limit,
                              Ending::cancelled, Ending::bug};
  return std::ranges::find(kSaid, ending) != std::end(kSaid);
}

}  // namespace

std::string_view name_of(Attempt attempt) {
  switch (attempt) {
    case Attempt::open_file: return "open a file";
    case Attempt::create_file: return "create a file";
    case Attempt::make_socket: return "make a socket";
    case Attempt::connect_out: return "connect to the network";
    case Attempt::execute: return "execute a program";
    case Attempt::fork_process: return "start a process";
    case Attempt::signal_parent: return "signal another process";
    case Attempt::map_writable_code: return "map writable and executable memory";
  }
  return "";
}

void encode(const TaskMessage& task, std::string& out) {
  PayloadWriter writer(out);
  writer.u8(static_cast<std::uint8_t>(task.mode))
      .u32(task.plugin)
      .u8(static_cast<std::uint8_t>(task.attempt))
      .u64(task.length)
      .text(task.name)
      .text(task.options);
  Limits limits = task.limits;
  visit_limits(limits, [&](std::uint64_t& value) { writer.u64(value); });
  writer.u32(static_cast<std::uint32_t>(task.siblings.size()));
  for (const Sibling& sibling : task.siblings)
    writer.text(sibling.name)
        .u64(sibling.length)
        .u64(as_unsigned(sibling.modified))
        .u32(sibling.has_modified);
  writer.u32(static_cast<std::uint32_t>(task.companions.size()));
  for (const CompanionMessage& companion : task.companions)
    writer.u8(companion.input).text(companion.name).u64(companion.length);
  writer.u32(static_cast<std::uint32_t>(task.keys.size()));
  for (const std::string& key : task.keys) writer.text(key);
  writer.u8(task.takes_children ? 1 : 0);
}

namespace {

// What came into the contract after the siblings. Returns the last byte, which says whether the host
// takes children.
std::uint8_t decode_extensions(PayloadReader& in, TaskMessage& task) {
  constexpr std::uint8_t kMalformed = 255;
  const std::uint64_t companions = in.u32();
  if (companions >= model::kMostInputs) return kMalformed;
  task.companions.resize(companions);
  std::uint8_t last = 0;
  for (CompanionMessage& companion : task.companions) {
    companion.input = in.u8();
    companion.name = in.text();
    companion.length = in.u64();
    if (companion.input <= last || companion.input >= model::kMostInputs) return kMalformed;
    last = companion.input;
  }
  constexpr std::uint64_t kSmallestKey = 4;
  const std::uint64_t keys = in.u32();
  if (!in.has(keys * kSmallestKey)) return kMalformed;
  task.keys.resize(keys);
  for (std::string& key : task.keys) key = in.text();
  const std::uint8_t children = in.u8();
  task.takes_children = children == 1;
  return children;
}

}  // namespace

bool decode(ByteView bytes, TaskMessage& task) {
  PayloadReader in(bytes);
  task.mode = static_cast<Mode>(in.u8());
  task.plugin = in.u32();
  task.attempt = static_cast<Attempt>(in.u8());
  task.length = in.u64();
  task.name = in.text();
  task.options = in.text();
  visit_limits(task.limits, [&](std::uint64_t& value) { value = in.u64(); });
  constexpr std::uint64_t kSmallestSibling = 24;
  const std::uint64_t count = in.u32();
  if (!in.has(count * kSmallestSibling)) return false;
  task.siblings.resize(count);
  for (Sibling& sibling : task.siblings) {
    sibling.name = in.text();
    sibling.length = in.u64();
    sibling.modified = as_signed(in.u64());
    sibling.has_modified = in.u32();
  }
  const std::uint8_t children = decode_extensions(in, task);
  return in.done() && children <= 1 && task.mode >= Mode::describe && task.mode <= Mode::attempt;
}

void encode(const HelloMessage& hello, std::string& out) {
  PayloadWriter(out)
      .u32(hello.version)
      .u8(static_cast<std::uint8_t>(hello.isolation.level))
      .u32(static_cast<std::uint32_t>(hello.isolation.landlock_abi))
      .u8(hello.isolation.seccomp ? 1 : 0)
      .text(hello.isolation.explanation);
}

bool decode(ByteView bytes, HelloMessage& hello) {
  PayloadReader in(bytes);
  hello.version = in.u32();
  const std::uint8_t level = in.u8();
  const std::uint32_t abi = in.u32();
  const std::uint8_t seccomp = in.u8();
  hello.isolation.explanation = in.text();
  if (!in.done() || level < static_cast<std::uint8_t>(Level::process) ||
      level > static_cast<std::uint8_t>(Level::confined) || abi > 10'000 || seccomp > 1)
    return false;
  hello.isolation.level = static_cast<Level>(level);
  hello.isolation.landlock_abi = static_cast<int>(abi);
  hello.isolation.seccomp = seccomp == 1;
  return true;
}

void encode(const PluginMessage& plugin, std::string& out) {
  PayloadWriter(out).u32(plugin.abi).text(plugin.manifest);
}

bool decode(ByteView bytes, PluginMessage& plugin) {
  PayloadReader in(bytes);
  plugin.abi = in.u32();
  plugin.manifest = in.text();
  return in.done();
}

void encode(const ScoreMessage& score, std::string& out) {
  PayloadWriter(out)
      .u32(score.plugin)
      .u32(static_cast<std::uint32_t>(score.score))
      .u8(score.failed ? 1 : 0);
}

bool decode(ByteView bytes, ScoreMessage& score) {
  PayloadReader in(bytes);
  score.plugin = in.u32();
  score.score = static_cast<std::int32_t>(in.u32());
  const std::uint8_t failed = in.u8();
  score.failed = failed == 1;
  return in.done() && failed <= 1;
}

void encode(const Skip& skip, std::string& out) {
  PayloadWriter writer(out);
  put_span(writer, skip.span);
  writer.text(skip.code).text(skip.why);
}

bool decode(ByteView bytes, Skip& skip) {
  PayloadReader in(bytes);
  skip.span = get_span(in);
  skip.code = in.text();
  skip.why = in.text();
  return in.done() && skip.span.input < model::kMostInputs;
}

void encode(const Note& note, std::string& out) {
  PayloadWriter writer(out);
  writer.u8(note.severity);
  put_span(writer, note.span);
  writer.text(note.code).text(note.message);
}

bool decode(ByteView bytes, Note& note) {
  PayloadReader in(bytes);
  note.severity = in.u8();
  note.span = get_span(in);
  note.code = in.text();
  note.message = in.text();
  return in.done() && note.severity >= 1 && note.severity <= 3 &&
         note.span.input < model::kMostInputs;
}

void encode(const Member& member, std::string& out) {
  PayloadWriter(out)
      .u64(member.index)
      .text(member.name)
      .u8(static_cast<std::uint8_t>(member.type))
      .text(member.link_target)
      .u8(member.encrypted ? 1 : 0)
      .u64(as_unsigned(member.modified))
      .u32(member.has_modified);
}

bool decode(ByteView bytes, Member& member) {
  PayloadReader in(bytes);
  member.index = in.u64();
  member.name = in.text();
  const std::uint8_t type = in.u8();
  member.link_target = in.text();
  const std::uint8_t encrypted = in.u8();
  member.modified = as_signed(in.u64());
  member.has_modified = in.u32();
  if (!in.done() || type > static_cast<std::uint8_t>(Member::Type::other) || encrypted > 1 ||
      member.has_modified > 2)
    return false;
  member.type = static_cast<Member::Type>(type);
  member.encrypted = encrypted == 1;
  return true;
}

void encode(const MemberEndMessage& end, std::string& out) {
  PayloadWriter(out)
      .u8(end.failed ? 1 : 0)
      .u8(static_cast<std::uint8_t>(end.error.code))
      .text(end.error.where)
      .text(end.error.message);
}

bool decode(ByteView bytes, MemberEndMessage& end) {
  PayloadReader in(bytes);
  const std::uint8_t failed = in.u8();
  const std::uint8_t code = in.u8();
  end.error.where = in.text();
  end.error.message = in.text();
  if (!in.done() || failed > 1 || code > static_cast<std::uint8_t>(ErrorCode::internal))
    return false;
  end.failed = failed == 1;
  end.error.code = static_cast<ErrorCode>(code);
  return true;
}

void encode(const Child& child, std::string& out) {
  PayloadWriter writer(out);
  writer.text(child.name);
  put_span(writer, child.source);
  writer.text(child.method);
}

bool decode(ByteView bytes, Child& child) {
  PayloadReader in(bytes);
  child.name = in.text();
  child.source = get_span(in);
  child.method = in.text();
  return in.done() && child.source.input < model::kMostInputs;
}

void encode(const ChildEndMessage& end, std::string& out) {
  PayloadWriter(out).u8(end.verified ? 1 : 0).text(end.why);
}

bool decode(ByteView bytes, ChildEndMessage& end) {
  PayloadReader in(bytes);
  const std::uint8_t verified = in.u8();
  end.verified = verified == 1;
  end.why = in.text();
  return in.done() && verified <= 1;
}

void encode(const AttemptMessage& attempt, std::string& out) {
  PayloadWriter(out).u32(static_cast<std::uint32_t>(attempt.error));
}

bool decode(ByteView bytes, AttemptMessage& attempt) {
  PayloadReader in(bytes);
  attempt.error = static_cast<std::int32_t>(in.u32());
  return in.done() && attempt.error >= 0;
}

void encode(const DoneMessage& done, std::string& out) {
  PayloadWriter(out)
      .u8(static_cast<std::uint8_t>(done.ending))
      .text(done.detail)
      .u8(done.asked_for_keys ? 1 : 0);
}

bool decode(ByteView bytes, DoneMessage& done) {
  PayloadReader in(bytes);
  done.ending = static_cast<Ending>(in.u8());
  done.detail = in.text();
  const std::uint8_t asked = in.u8();
  done.asked_for_keys = asked == 1;
  return in.done() && asked <= 1 && may_be_said(done.ending);
}

}  // namespace forensics::plugin
