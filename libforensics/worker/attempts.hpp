#pragma once
// What a worker must not be able to do, tried: the proof behind `forensics doctor`.

#include "plugin/messages.hpp"

namespace forensics::worker {

// Tries it. Returns 0 where it worked, errno where it was refused, and does not return where the
// kernel ends the process for it. `socket` is an unconnected TCP socket (Attempt::connect_out).
int attempt(plugin::Attempt what, int socket);

}  // namespace forensics::worker
