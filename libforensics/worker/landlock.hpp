#pragma once
// Landlock by raw system calls: Debian 12's headers know ABI 2 only, the kernel at run time may
// know more. Every right that the kernel knows is given up.

namespace forensics::worker {

enum class Enforcement { none, partly, fully };

struct Landlock {
  int abi = 0;  // that was used; 0: the kernel has none
  Enforcement enforcement = Enforcement::none;
};

// What is granted back.
enum class Except {
  nothing,
  system_libraries,  // reading what stands below /usr/lib and its like, for the dynamic loader
};

// `most` caps the ABI that is used; -1: no cap. Precondition: PR_SET_NO_NEW_PRIVS is set. Called
// twice, the second time can only take away.
Landlock deny_by_landlock(int most, Except except);

}  // namespace forensics::worker
