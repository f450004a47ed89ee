#include "stopping.hpp"

#include <csignal>

namespace forensics::cli {
namespace {

std::atomic<bool> stop_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free, "it is set in a signal handler");

void request_stop(int) {
  stop_requested.store(true);
}

}  // namespace

const std::atomic<bool>* stop_on_signals() {
  std::signal(SIGINT, &request_stop);
  std::signal(SIGTERM, &request_stop);
  return &stop_requested;
}

}  // namespace forensics::cli
