#include "plugin/parse_run.hpp"

#include <limits>

#include "plugin/messages.hpp"

namespace forensics::plugin {
namespace {

constexpr std::uint8_t kError = 3;

// Codes are words for machines; messages are read by people, once, in a report.
constexpr std::size_t kLongestCode = 256;
constexpr std::size_t kLongestMessage = std::size_t{64} << 10;

bool is_fit(const std::string& code, const std::string& message) {
  return code.size() <= kLongestCode && message.size() <= kLongestMessage && is_utf8(code) &&
         is_utf8(message);
}

std::uint64_t proportionate_output(std::uint64_t input) {
  constexpr std::uint64_t kFixed = std::uint64_t{64} << 20;
  constexpr std::uint64_t kForEachByte = 64;
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  return input > (kMost - kFixed) / kForEachByte ? kMost : kFixed + input * kForEachByte;
}

// Each record before the digest as its length and its bytes, so that no two streams look alike.
void add_to(Sha256& stream, ByteView record) {
  std::string length;
  PayloadWriter(length).u32(static_cast<std::uint32_t>(record.size()));
  stream.update(length).update(record);
}

}  // namespace

ParseRun::ParseRun(int input, std::uint64_t length, const Limits& limits, Sink& sink,
                   std::string name)
    : limits_(limits),
      sink_(sink),
      check_(input, length, limits.field_bytes, std::move(name)),
      coverage_(length) {
  if (limits_.output_bytes == 0) limits_.output_bytes = proportionate_output(length);
  output_left_ = limits_.output_bytes;
}

bool ParseRun::over(Ending ending, std::string detail) {
  outcome_.ending = ending;
  outcome_.detail = std::move(detail);
  return true;
}

void ParseRun::end(Ending ending, std::string detail) {
  over(ending, std::move(detail));
}

Result<bool> ParseRun::take(const Message& message) {
  // Skips and notes count too: they take memory and time all the same.
  if (message.type != FrameType::done && ++messages_ > limits_.records)
    return over(Ending::limit, "more than " + std::to_string(limits_.records) + " records");
  if (message.payload.size() > output_left_)
    return over(Ending::limit, "more than " + std::to_string(limits_.output_bytes) +
                                   " bytes of records, skips and notes");
  output_left_ -= message.payload.size();
  switch (message.type) {
    case FrameType::record: return take_record(message.payload);
    case FrameType::refused: return take_refused(message.payload);
    case FrameType::skip: return take_skip(message.payload);
    case FrameType::note: return take_note(message.payload);
    case FrameType::done: {
      DoneMessage done;
      if (!decode(message.payload, done) || !is_fit({}, done.detail)) break;
      // A host that wants a run to end stops its worker and asks nobody.
      if (done.ending == Ending::cancelled)
        return over(Ending::bug, "the plugin said cancelled without being asked");
      return over(done.ending, std::move(done.detail));
    }
    default: break;
  }
  return over(Ending::protocol, "the worker sent a message that makes no sense here");
}

Result<bool> ParseRun::take_record(ByteView bytes) {
  if (!model::decode(bytes, record_)) return reject({}, "the record is not well-formed");
  if (auto reason = check_.reject(record_)) {
    const bool is_inside = check_.holds(record_.extent);
    return reject(is_inside ? record_.extent : model::Span{}, std::move(*reason));
  }
  ++outcome_.records;
  add_to(stream_, bytes);
  coverage_.cover(record_.extent);
  TRY(sink_.record(record_));
  return false;
}

Result<bool> ParseRun::reject(const model::Span& place, std::string reason) {
  if (++outcome_.rejected <= kRejectedShown)
    TRY(sink_.note({kError, place, "rejected", std::move(reason)}));
  return false;
}

Result<bool> ParseRun::take_refused(ByteView bytes) {
  Note note;
  if (!decode(bytes, note) || !is_fit(note.code, note.message))
    return over(Ending::protocol, "the worker sent a note that makes no sense");
  return reject(check_.holds(note.span) ? note.span : model::Span{}, std::move(note.message));
}

Result<bool> ParseRun::take_skip(ByteView bytes) {
  Skip skip;
  if (!decode(bytes, skip) || !is_fit(skip.code, skip.why))
    return over(Ending::protocol, "the worker sent a skip that makes no sense");
  if (!check_.holds(skip.span))
    return reject({}, "a skip (" + skip.code + ") reaches outside the input");
  if (skip.code.empty() || skip.why.empty()) return reject(skip.span, "a skip gives no reason");
  coverage_.skip(skip.span);
  TRY(sink_.skip(skip));
  return false;
}

Result<bool> ParseRun::take_note(ByteView bytes) {
  Note note;
  if (!decode(bytes, note) || !is_fit(note.code, note.message))
    return over(Ending::protocol, "the worker sent a note that makes no sense");
  if (!check_.holds(note.span)) note.span = {};
  TRY(sink_.note(note));
  return false;
}

Result<Outcome> ParseRun::finish() {
  if (outcome_.rejected > kRejectedShown)
    TRY(sink_.note(
        {kError,
         {},
         "rejected",
         std::to_string(outcome_.rejected - kRejectedShown) + " further records were rejected"}));
  Coverage::Sum sum = coverage_.sum();
  if (sum.saturated)
    TRY(sink_.note({kError,
                    {},
                    "scattered",
                    "the records stand too scattered to keep account of every byte: some bytes "
                    "that were read are counted as unexplained"}));
  outcome_.covered = sum.covered;
  outcome_.skipped = sum.skipped;
  outcome_.unexplained_bytes = sum.unexplained;
  outcome_.unexplained = std::move(sum.ranges);
  outcome_.stream = stream_.finish();
  return std::move(outcome_);
}

}  // namespace forensics::plugin
