#include "plugin/parse_run.hpp"

#include <algorithm>
#include <limits>

#include "plugin/messages.hpp"

namespace forensics::plugin {
namespace {

constexpr std::uint8_t kError = 3;

// Codes are words for machines; messages are read by people, once, in a report.
constexpr std::size_t kLongestCode = 256;
constexpr std::size_t kLongestMessage = std::size_t{64} << 10;

// Longer than any name that a file system would make.
constexpr std::size_t kLongestName = std::size_t{4} << 10;
// Below this no ratio is too large.
constexpr std::uint64_t kRatioFrom = std::uint64_t{64} << 20;

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

ParseRun::ParseRun(const Inputs& inputs, const Limits& limits, Sink& sink, std::string name,
                   bool takes_children)
    : limits_(limits),
      sink_(sink),
      check_(inputs, limits.field_bytes, std::move(name)),
      takes_children_(takes_children) {
  for (std::uint8_t number = 0; number < inputs.size(); ++number) {
    const InputFile& input = inputs[number];
    if (!input.present) continue;
    coverage_.emplace_back(number, Coverage(input.length, number));
    input_bytes_ += input.length;
  }
  if (limits_.output_bytes == 0) limits_.output_bytes = proportionate_output(input_bytes_);
  output_left_ = limits_.output_bytes;
}

// Precondition: check_ holds the span.
Coverage& ParseRun::coverage_of(const model::Span& span) {
  return std::ranges::find(coverage_, span.input, [](const auto& each) { return each.first; })
      ->second;
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
  if (message.type == FrameType::data) return take_child_data(message.payload);
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
    case FrameType::child: return take_child(message.payload);
    case FrameType::child_end: return take_child_end(message.payload);
    case FrameType::done: {
      DoneMessage done;
      if (!decode(message.payload, done) || !is_fit({}, done.detail)) break;
      outcome_.asked_for_keys = done.asked_for_keys;
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
  coverage_of(record_.extent).cover(record_.extent);
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
  coverage_of(skip.span).skip(skip.span);
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

Result<bool> ParseRun::take_child(ByteView bytes) {
  Child child;
  if (!takes_children_ || in_child_ || !decode(bytes, child) || child.name.empty() ||
      child.name.find_first_of(std::string_view("/\0", 2)) != std::string::npos ||
      child.name.size() > kLongestName || child.method.empty() || !is_fit(child.method, {}) ||
      !check_.holds(child.source))
    return over(Ending::protocol, "the worker sent a child that makes no sense");
  if (++outcome_.children > limits_.members)
    return over(Ending::limit, "more than " + std::to_string(limits_.members) + " children");
  child_bytes_ = 0;
  TRY(sink_.begin_child(child));
  in_child_ = true;
  return false;
}

// As for the members of an archive: what is stored stays in proportion to what was read.
Result<bool> ParseRun::take_child_data(ByteView bytes) {
  if (!in_child_ || bytes.empty())
    return over(Ending::protocol, "the worker sent bytes that belong to no child");
  child_bytes_ += bytes.size();
  children_bytes_ += bytes.size();
  if (child_bytes_ > limits_.member_bytes)
    return over(Ending::limit,
                "a child is longer than " + std::to_string(limits_.member_bytes) + " bytes");
  if (children_bytes_ > limits_.total_bytes)
    return over(Ending::limit, "the children are longer than " +
                                   std::to_string(limits_.total_bytes) + " bytes together");
  if (children_bytes_ > kRatioFrom && children_bytes_ / std::max<std::uint64_t>(limits_.ratio, 1) >=
                                          std::max<std::uint64_t>(input_bytes_, 1))
    return over(Ending::limit, "the children are more than " + std::to_string(limits_.ratio) +
                                   " times as long as the input");
  TRY(sink_.child_data(bytes));
  return false;
}

Result<bool> ParseRun::take_child_end(ByteView bytes) {
  ChildEndMessage end;
  if (!in_child_ || !decode(bytes, end) || !is_fit({}, end.why))
    return over(Ending::protocol, "the worker ended a child that makes no sense");
  in_child_ = false;
  TRY(sink_.end_child(end.verified, end.why, nullptr));
  return false;
}

Result<Outcome> ParseRun::finish() {
  if (in_child_) {
    in_child_ = false;
    const Error error{outcome_.ending == Ending::limit ? ErrorCode::limit : ErrorCode::plugin,
                      "child", "incomplete: " + outcome_.detail};
    TRY(sink_.end_child(false, {}, &error));
  }
  if (outcome_.rejected > kRejectedShown)
    TRY(sink_.note(
        {kError,
         {},
         "rejected",
         std::to_string(outcome_.rejected - kRejectedShown) + " further records were rejected"}));
  for (const auto& [input, coverage] : coverage_) {
    Coverage::Sum sum = coverage.sum();
    if (sum.saturated)
      TRY(sink_.note({kError,
                      {0, 0, model::Codec::none, input},
                      "scattered",
                      "the records stand too scattered to keep account of every byte: some bytes "
                      "that were read are counted as unexplained"}));
    if (input == 0) {
      outcome_.covered = sum.covered;
      outcome_.skipped = sum.skipped;
      outcome_.unexplained_bytes = sum.unexplained;
    } else {
      outcome_.companions.push_back({input, sum.covered, sum.skipped, sum.unexplained});
    }
    outcome_.unexplained.insert(outcome_.unexplained.end(), sum.ranges.begin(), sum.ranges.end());
  }
  outcome_.stream = stream_.finish();
  return std::move(outcome_);
}

}  // namespace forensics::plugin
