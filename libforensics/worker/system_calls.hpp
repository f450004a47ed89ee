#pragma once
// The seccomp filters of a worker.

namespace forensics::worker {

// Network, processes, writing files and kernel interfaces are gone; loading code still works.
// False where the kernel has no seccomp filters.
bool forbid_while_loading();

// Only what computing on open descriptors takes. Everything else ends the process, except the calls
// that libraries make in passing and can do without: those fail.
bool allow_only_reading();

}  // namespace forensics::worker
