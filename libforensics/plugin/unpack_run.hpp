#pragma once
// The unpacking counterpart of ParseRun: members of an archive as a worker sends them, checked for
// order and against the limits before they reach the sink.

#include "plugin/host.hpp"
#include "plugin/wire.hpp"

namespace forensics::plugin {

class UnpackRun {
 public:
  // `length` is the archive's. `sink` is borrowed.
  UnpackRun(std::uint64_t length, const Limits& limits, MemberSink& sink)
      : length_(length), limits_(limits), sink_(sink) {}

  // As ParseRun. Unless the sink itself fails, every begin() is followed by one end().
  Result<bool> take(const Message& message);
  void end(Ending ending, std::string detail);
  Result<Outcome> finish();

 private:
  Result<bool> take_member(ByteView bytes);
  Result<bool> take_data(ByteView bytes);
  Result<bool> take_member_end(ByteView bytes);
  bool over(Ending ending, std::string detail);

  std::uint64_t length_;
  Limits limits_;
  MemberSink& sink_;
  bool inside_ = false;      // between begin() and end()
  bool takes_data_ = false;  // the member is a file
  std::uint64_t members_ = 0;
  std::uint64_t next_index_ = 0;
  std::uint64_t member_bytes_ = 0;
  std::uint64_t total_bytes_ = 0;
  Outcome outcome_;
};

}  // namespace forensics::plugin
