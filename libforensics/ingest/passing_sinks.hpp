#pragma once
// Sinks that stand between a run and its writer.

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "plugin/host.hpp"

namespace forensics::ingest {

// Lets the first `count` records through, and no more.
class Only : public plugin::Sink {
 public:
  Only(plugin::Sink& sink, std::optional<std::uint64_t> count) : sink_(sink), left_(count) {}

  Status record(const model::Record& record) override {
    if (left_ && *left_ == 0) return {};
    if (left_) --*left_;
    return sink_.record(record);
  }
  Status skip(const plugin::Skip& skip) override { return sink_.skip(skip); }
  Status note(const plugin::Note& note) override { return sink_.note(note); }

 private:
  plugin::Sink& sink_;
  std::optional<std::uint64_t> left_;
};

// Passes records on and, every so often, says how far the run is and asks whether to stop.
class Watched : public plugin::Sink {
 public:
  Watched(plugin::Sink& sink, std::function<Status(std::uint64_t bytes)> tick)
      : sink_(sink), tick_(std::move(tick)) {}

  Status record(const model::Record& record) override {
    if ((++count_ & 0xFFF) == 0) TRY(tick_(record.extent.end()));
    return sink_.record(record);
  }
  Status skip(const plugin::Skip& skip) override { return sink_.skip(skip); }
  Status note(const plugin::Note& note) override { return sink_.note(note); }

 private:
  plugin::Sink& sink_;
  std::function<Status(std::uint64_t)> tick_;
  std::uint64_t count_ = 0;
};

}  // namespace forensics::ingest
