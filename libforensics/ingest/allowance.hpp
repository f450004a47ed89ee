#pragma once
// What may still be unpacked out of one file of an exhibit. The limits of plugin::Limits hold for
// an archive by itself and, here, for all that comes out of the outermost archive at any depth:
// sixteen small archives in each of sixteen archives in ... are each within the limits, and
// together a bomb.

#include <cstdint>
#include <string>
#include <unordered_map>

#include "casefile/reader.hpp"
#include "plugin/host.hpp"

namespace forensics::ingest {

class Allowance {
 public:
  // The database holds everything that was unpacked before; it is borrowed.
  Allowance(const casefile::Database& database, const plugin::Limits& limits)
      : database_(database), limits_(limits) {}

  struct Share {
    plugin::Limits limits;  // for this archive
    bool is_whole = true;   // nothing else was unpacked out of the outermost archive
    bool is_used_up = false;
    std::string outermost;  // its path
  };
  // Every member that was taken in before must be in the database. What an interrupted run took out
  // of this very archive is no part of what is left for it: it will be met again.
  Result<Share> share_of(const casefile::Artifact& archive);

  // One new member of the archive whose share was asked for last.
  void take(std::uint64_t bytes);

 private:
  struct Unpacked {
    std::uint64_t bytes = 0;
    std::uint64_t members = 0;
  };
  Result<Unpacked> count(const char* query, std::int64_t artifact) const;

  const casefile::Database& database_;
  plugin::Limits limits_;
  std::unordered_map<std::int64_t, Unpacked> by_outermost_;
  Unpacked* current_ = nullptr;
};

}  // namespace forensics::ingest
