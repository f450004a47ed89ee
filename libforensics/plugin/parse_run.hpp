#pragma once
// What one run of a plugin says, message by message, and what the host makes of it: checks, counts,
// sums up and passes on what stands. Knows nothing of processes, so that the fuzzer and the
// in-process runner judge by the same lines as the host.

#include <optional>

#include "base/sha256.hpp"
#include "plugin/coverage.hpp"
#include "plugin/host.hpp"
#include "plugin/inputs.hpp"
#include "plugin/span_check.hpp"
#include "plugin/wire.hpp"

namespace forensics::plugin {

class ParseRun {
 public:
  // The first rejected records are notes of their own; the rest are counted in one.
  static constexpr std::uint64_t kRejectedShown = 1000;

  // The descriptors and `sink` are borrowed. `name` is the artifact's, where it has one. Children
  // are refused unless `takes_children`.
  ParseRun(const Inputs& inputs, const Limits& limits, Sink& sink, std::string name = {},
           bool takes_children = false);

  // Takes the next message. True once the run is over; the outcome then has its ending. An error is
  // the sink's.
  Result<bool> take(const Message& message);

  // For endings that are not said by the worker but seen by the host.
  void end(Ending ending, std::string detail);

  // The outcome with its sums. Call once, last.
  Result<Outcome> finish();

 private:
  Result<bool> take_record(ByteView bytes);
  Result<bool> take_refused(ByteView bytes);
  Result<bool> take_skip(ByteView bytes);
  Result<bool> take_note(ByteView bytes);
  Result<bool> take_child(ByteView bytes);
  Result<bool> take_child_data(ByteView bytes);
  Result<bool> take_child_end(ByteView bytes);
  Result<bool> reject(const model::Span& place, std::string reason);
  bool over(Ending ending, std::string detail);

  Limits limits_;
  Sink& sink_;
  RecordCheck check_;
  std::vector<std::pair<std::uint8_t, Coverage>> coverage_;  // by input, those that are there
  Coverage& coverage_of(const model::Span& span);
  Sha256 stream_;
  model::Record record_;  // reused: a run has millions
  std::uint64_t messages_ = 0;
  std::uint64_t output_left_;
  bool takes_children_;
  bool in_child_ = false;
  std::uint64_t child_bytes_ = 0;     // of the open one
  std::uint64_t children_bytes_ = 0;  // of all
  std::uint64_t input_bytes_ = 0;     // of all inputs
  Outcome outcome_;
};

}  // namespace forensics::plugin
