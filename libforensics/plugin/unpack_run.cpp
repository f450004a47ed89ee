#include "plugin/unpack_run.hpp"

#include <algorithm>

#include "plugin/messages.hpp"

namespace forensics::plugin {
namespace {

// Longer than any name that a file system or an archive program would make.
constexpr std::size_t kLongestName = std::size_t{64} << 10;
// Members are numbered in ascending order, and numbers are stored as SQLite's integers.
constexpr std::uint64_t kLargestIndex = std::uint64_t{1} << 62;
// Below this no ratio is too large: a small archive of zeros is no attack.
constexpr std::uint64_t kRatioFrom = std::uint64_t{64} << 20;

}  // namespace

bool UnpackRun::over(Ending ending, std::string detail) {
  outcome_.ending = ending;
  outcome_.detail = std::move(detail);
  return true;
}

void UnpackRun::end(Ending ending, std::string detail) {
  over(ending, std::move(detail));
}

Result<bool> UnpackRun::take(const Message& message) {
  switch (message.type) {
    case FrameType::member: return take_member(message.payload);
    case FrameType::data: return take_data(message.payload);
    case FrameType::member_end: return take_member_end(message.payload);
    case FrameType::done: {
      DoneMessage done;
      if (!decode(message.payload, done) || inside_) break;
      if (done.ending == Ending::cancelled)
        return over(Ending::bug, "the worker said cancelled without being asked");
      return over(done.ending, std::move(done.detail));
    }
    default: break;
  }
  return over(Ending::protocol, "the worker sent a message that makes no sense here");
}

Result<bool> UnpackRun::take_member(ByteView bytes) {
  Member member;
  if (inside_ || !decode(bytes, member) || member.index < next_index_ ||
      member.index > kLargestIndex || member.name.size() > kLongestName ||
      member.link_target.size() > kLongestName)
    return over(Ending::protocol, "the worker sent a member that makes no sense");
  if (++members_ > limits_.members)
    return over(Ending::limit, "more than " + std::to_string(limits_.members) + " members");
  next_index_ = member.index + 1;
  member_bytes_ = 0;
  takes_data_ = member.type == Member::Type::file;
  TRY(sink_.begin(member));
  inside_ = true;
  ++outcome_.records;
  return false;
}

Result<bool> UnpackRun::take_data(ByteView bytes) {
  // Without bytes no limit would ever be reached.
  if (!inside_ || !takes_data_ || bytes.empty())
    return over(Ending::protocol, "the worker sent bytes that belong to no member");
  member_bytes_ += bytes.size();
  total_bytes_ += bytes.size();
  if (member_bytes_ > limits_.member_bytes)
    return over(Ending::limit,
                "a member is longer than " + std::to_string(limits_.member_bytes) + " bytes");
  if (total_bytes_ > limits_.total_bytes)
    return over(Ending::limit, "the members are longer than " +
                                   std::to_string(limits_.total_bytes) + " bytes together");
  if (total_bytes_ > kRatioFrom && total_bytes_ / std::max<std::uint64_t>(limits_.ratio, 1) >=
                                       std::max<std::uint64_t>(length_, 1))
    return over(Ending::limit, "the members are more than " + std::to_string(limits_.ratio) +
                                   " times as long as the archive");
  TRY(sink_.data(bytes));
  return false;
}

Result<bool> UnpackRun::take_member_end(ByteView bytes) {
  MemberEndMessage end;
  if (!inside_ || !decode(bytes, end))
    return over(Ending::protocol, "the worker ended a member that it did not begin");
  inside_ = false;
  TRY(sink_.end(end.failed ? &end.error : nullptr));
  return false;
}

Result<Outcome> UnpackRun::finish() {
  if (inside_) {
    inside_ = false;
    const Error error{outcome_.ending == Ending::limit ? ErrorCode::limit : ErrorCode::plugin,
                      "archive member", "incomplete: " + outcome_.detail};
    TRY(sink_.end(&error));
  }
  return std::move(outcome_);
}

}  // namespace forensics::plugin
