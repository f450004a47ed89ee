#pragma once
// The narrow place through which every member of an archive passes to the sink: it counts, applies
// the limits and says where something went wrong. Used by the readers of archive.cpp only.

#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "evidence/archive.hpp"

namespace forensics::evidence {

class Delivery {
 public:
  Delivery(const ArchiveLimits& limits, std::uint64_t packed_bytes, ArchiveSink& sink)
      : limits_(limits), packed_(packed_bytes), sink_(sink) {}

  // Each returns an error only where the reading of the whole archive must stop.
  Status begin(ArchiveMember member);  // sets the member's index
  Status data(ByteView bytes);
  Status zeros(std::uint64_t count);  // the hole of a sparse file
  Status end();
  Status end(ErrorCode code, std::string message);

  // After a limit of this one member was reached: data() takes nothing more, end() reports it.
  bool member_is_over() const { return over_; }
  std::uint64_t member_bytes() const { return member_bytes_; }
  std::uint64_t members() const { return members_; }
  std::uint64_t failed() const { return failed_; }  // members that ended with an error

  // "member 3 "photos/a.jpg" at byte 4711"
  std::string where() const;

  // The error that stands for the whole archive when all went through.
  Status finish() const;

 private:
  Status stop(ErrorCode code, std::string message);

  const ArchiveLimits& limits_;
  std::uint64_t packed_;
  ArchiveSink& sink_;
  std::uint64_t members_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t total_bytes_ = 0;
  std::uint64_t encrypted_ = 0;  // files that only their key opens
  std::uint64_t opened_ = 0;     // files of which the content could be read
  ArchiveMember member_;
  std::uint64_t member_bytes_ = 0;
  bool over_ = false;
};

// `name` for a message: valid UTF-8 on one line, other bytes as \xNN, cut at about 200 bytes.
std::string printable_name(ByteView name);

}  // namespace forensics::evidence
