#pragma once
// How far an ingest is, as one line on standard error that is drawn over: only on a terminal, at
// most five times a second.

#include <chrono>

#include "ingest/ingest.hpp"

namespace forensics::cli {

class ProgressLine {
 public:
  explicit ProgressLine(bool wanted);
  ~ProgressLine();  // removes the line
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const ingest::Progress& progress);

 private:
  using Clock = std::chrono::steady_clock;
  bool active_ = false;
  bool drawn_ = false;
  Clock::time_point last_{};
  Clock::time_point stage_began_ = Clock::now();
  std::string stage_;
};

// "parsing  12.3 MB of 40.1 MB (31 %)  8.2 MB/s  0:03 left  12,345 messages": what show() draws.
std::string progress_text(const ingest::Progress& progress, std::chrono::milliseconds elapsed);

// "512 B", "12.3 kB", "4.0 GB": powers of 1000.
std::string bytes_text(std::uint64_t bytes);
// "12,345"
std::string number_text(std::int64_t number);

}  // namespace forensics::cli
