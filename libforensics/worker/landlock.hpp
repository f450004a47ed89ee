#pragma once
// Landlock by raw system calls: Debian 12's headers know ABI 2 only, the kernel at run time may
// know more. Every right that the kernel knows is given up; none is granted back.

namespace forensics::worker {

enum class Enforcement { none, partly, fully };

struct Landlock {
  int abi = 0;  // that was used; 0: the kernel has none
  Enforcement enforcement = Enforcement::none;
};

// `most` caps the ABI that is used; -1: no cap. Precondition: PR_SET_NO_NEW_PRIVS is set.
Landlock deny_by_landlock(int most);

}  // namespace forensics::worker
