#pragma once
// Stores the children of one plugin run: artifacts that it makes out of its input. Objects are
// written while the run goes on; that they are artifacts is entered in the transaction of the run,
// before its own entry, so that neither is there without the other.

#include <optional>
#include <string>
#include <vector>

#include "ingest/acquisition.hpp"
#include "ingest/pipeline.hpp"

namespace forensics::ingest {

class ChildIntake {
 public:
  // Both are borrowed.
  ChildIntake(Pipeline& pipeline, const casefile::Artifact& parent)
      : pipeline_(pipeline), parent_(parent) {}

  Status begin(const plugin::Child& child);
  Status data(ByteView bytes);
  Status end(bool verified, const std::string& why, const Error* broken_off);

  // Takes back a child that was under way when the run failed.
  Status drop_unfinished();

  // Enters them all; returns what the run's own entry says of them, null where there are none.
  Result<Json> enter();

 private:
  struct Made {
    Acquisition acquisition;
    std::string name, why;
    Made(Acquisition acquired, std::string file, std::string words)
        : acquisition(std::move(acquired)), name(std::move(file)), why(std::move(words)) {}
  };
  Result<std::optional<std::int64_t>> known(const Acquisition& acquisition) const;

  Pipeline& pipeline_;
  const casefile::Artifact& parent_;
  plugin::Child child_;
  std::optional<casefile::Incoming> incoming_;
  std::optional<Error> limit_;  // why the rest of the open child is not kept
  std::string head_;
  std::uint64_t left_ = 0;  // bytes that may still be kept
  std::uint64_t made_bytes_ = 0;
  std::vector<Made> made_;
};

// Passes records on to one sink and children to the intake.
class WithChildren : public plugin::Sink {
 public:
  WithChildren(plugin::Sink& records, ChildIntake& children)
      : records_(records), children_(children) {}

  Status record(const model::Record& record) override { return records_.record(record); }
  Status skip(const plugin::Skip& skip) override { return records_.skip(skip); }
  Status note(const plugin::Note& note) override { return records_.note(note); }
  Status begin_child(const plugin::Child& child) override { return children_.begin(child); }
  Status child_data(ByteView bytes) override { return children_.data(bytes); }
  Status end_child(bool verified, const std::string& why, const Error* broken_off) override {
    return children_.end(verified, why, broken_off);
  }

 private:
  plugin::Sink& records_;
  ChildIntake& children_;
};

}  // namespace forensics::ingest
