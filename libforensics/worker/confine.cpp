#include "worker/confine.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <string>

#include "worker/landlock.hpp"
#include "worker/system_calls.hpp"

namespace forensics::worker {
namespace {

// Enough for the channel, the plugins' descriptors and one input.
constexpr rlim_t kDescriptors = 64;

void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
  const rlimit value{soft, hard};
  ::setrlimit(resource, &value);
}

void limit_resources(const Confinement& wanted) {
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_FSIZE, 0, 0);
  limit(RLIMIT_NPROC, 0, 0);
  limit(RLIMIT_NOFILE, kDescriptors, kDescriptors);
  // One second between the signal that names the limit and the one that cannot be caught.
  limit(RLIMIT_CPU, wanted.cpu_seconds, wanted.cpu_seconds + 1);
#ifndef FORENSICS_SANITIZED
  // Sanitizers reserve terabytes of address space for their shadow.
  limit(RLIMIT_AS, wanted.memory, wanted.memory);
#endif
}

std::string sentence(const plugin::Isolation& isolation, Enforcement landlock) {
  std::string out = "Evidence was read in separate processes with limits on memory and time, ";
  out += isolation.seccomp ? "a list of allowed system calls, "
                           : "without a list of allowed system calls (this kernel refuses "
                             "seccomp filters), ";
  const std::string abi = "Landlock (ABI " + std::to_string(isolation.landlock_abi) + ")";
  switch (landlock) {
    case Enforcement::none: return out + "and without Landlock (this kernel has none enabled).";
    case Enforcement::partly: return out + "and " + abi + ", which this kernel enforces in part.";
    case Enforcement::fully: return out + "and " + abi + ", fully enforced.";
  }
  return out;
}

// Before everything else: what a process can give up without naming system calls or files.
void give_up_privileges(const Confinement& wanted) {
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  // A host that is killed takes its workers along.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  limit_resources(wanted);
}

}  // namespace

plugin::Isolation confine(const Confinement& wanted) {
  give_up_privileges(wanted);
  plugin::Isolation isolation;
  const Landlock landlock = deny_by_landlock(wanted.simulate.landlock_abi, Except::nothing);
  isolation.landlock_abi = landlock.abi;
  isolation.seccomp = !wanted.simulate.without_seccomp && allow_only_reading();
  if (isolation.seccomp)
    isolation.level = landlock.enforcement == Enforcement::fully ? plugin::Level::confined
                                                                 : plugin::Level::filtered;
  isolation.explanation = sentence(isolation, landlock.enforcement);
  return isolation;
}

plugin::Isolation confine_for_loading(const Confinement& wanted) {
  give_up_privileges(wanted);
  plugin::Isolation isolation;
  const Landlock landlock =
      deny_by_landlock(wanted.simulate.landlock_abi, Except::system_libraries);
  isolation.landlock_abi = landlock.abi;
  isolation.seccomp = !wanted.simulate.without_seccomp && allow_only_loading();
  // Loading opens files. Without Landlock it could open any, and what a constructor has opened or
  // read by then it keeps: that is no filtered worker.
  if (isolation.seccomp && landlock.enforcement != Enforcement::none)
    isolation.level = landlock.enforcement == Enforcement::fully ? plugin::Level::confined
                                                                 : plugin::Level::filtered;
  isolation.explanation = sentence(isolation, landlock.enforcement) +
                          (landlock.enforcement == Enforcement::none
                               ? " A third-party plugin could read every file of this user while "
                                 "it was loaded."
                               : " A third-party plugin could read the libraries of this system "
                                 "while it was loaded.");
  return isolation;
}

bool confine_after_loading(const Confinement& wanted, const plugin::Isolation& achieved) {
  const Landlock landlock = deny_by_landlock(wanted.simulate.landlock_abi, Except::nothing);
  return landlock.abi >= achieved.landlock_abi && (!achieved.seccomp || allow_only_reading());
}

}  // namespace forensics::worker
