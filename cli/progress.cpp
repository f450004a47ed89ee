#include "progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace forensics::cli {
namespace {

constexpr auto kBetween = std::chrono::milliseconds(200);

}  // namespace

ProgressLine::ProgressLine(bool wanted) : active_(wanted && isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::show(const ingest::Progress& progress) {
  if (!active_) return;
  const Clock::time_point now = Clock::now();
  if (progress.stage != stage_) {
    stage_ = progress.stage;
    stage_began_ = now;
  } else if (drawn_ && now - last_ < kBetween) {
    return;
  }
  last_ = now;
  drawn_ = true;
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - stage_began_);
  std::fputs(("\r" + progress_text(progress, elapsed) + "\x1b[K").c_str(), stderr);
  std::fflush(stderr);
}

std::string progress_text(const ingest::Progress& progress, std::chrono::milliseconds elapsed) {
  std::string out(progress.stage);
  out += "  " + bytes_text(progress.done);
  if (progress.total > 0) {
    const auto percent = static_cast<int>(100.0 * static_cast<double>(progress.done) /
                                          static_cast<double>(progress.total));
    out += fmt::format(" of {} ({} %)", bytes_text(progress.total), percent);
  }
  if (elapsed >= std::chrono::seconds(1) && progress.done > 0) {
    const double rate =
        static_cast<double>(progress.done) * 1000.0 / static_cast<double>(elapsed.count());
    out += fmt::format("  {}/s", bytes_text(static_cast<std::uint64_t>(rate)));
    if (progress.total > progress.done) {
      const auto left =
          static_cast<std::int64_t>(static_cast<double>(progress.total - progress.done) / rate);
      out += fmt::format("  {}:{:02} left", left / 60, left % 60);
    }
  }
  if (progress.messages > 0)
    out += fmt::format("  {} messages", number_text(static_cast<std::int64_t>(progress.messages)));
  return out;
}

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 6> kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (value >= 999.95 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string number_text(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

}  // namespace forensics::cli
