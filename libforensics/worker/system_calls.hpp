#pragma once
// The seccomp filters of a worker: lists of what is allowed. Everything else ends the process,
// except calls that libraries make in passing and can do without: those fail. Precondition of both:
// PR_SET_NO_NEW_PRIVS is set. False where the kernel has no seccomp filters.

namespace forensics::worker {

// What loading a shared object takes, and loading the second filter.
bool allow_only_loading();

// Only what computing on open descriptors takes.
bool allow_only_reading();

}  // namespace forensics::worker
