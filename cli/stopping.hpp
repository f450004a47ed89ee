#pragma once
// Ctrl-C and SIGTERM end a command that writes at the next point where it can go on later.

#include <atomic>

namespace forensics::cli {

// From now on these signals set what is returned, and do nothing else.
const std::atomic<bool>* stop_on_signals();

}  // namespace forensics::cli
