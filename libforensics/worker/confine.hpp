#pragma once
// How a worker gives up its rights, for good. docs/plugin-abi.md section "Isolation" says what is
// left of them and why.

#include <cstdint>

#include "plugin/host.hpp"

namespace forensics::worker {

struct Confinement {
  std::uint64_t memory = 0;  // bytes of address space
  std::uint64_t cpu_seconds = 0;
  plugin::Simulation simulate;
};

// Before the first byte of evidence: everything but memory, and reading and writing the descriptors
// that are open or will be sent. Returns what the kernel really did.
plugin::Isolation confine(const Confinement& wanted);

// The same for a worker that will load third-party code, whose constructors run at once. Leaves
// what loading takes: opening files to read, which Landlock narrows down to the system's libraries,
// and mapping code. Whatever that code does, and if it never returns, the worker keeps this level.
plugin::Isolation confine_for_loading(const Confinement& wanted);

// And when it is loaded: takes that away too. False where the kernel refuses now what it granted in
// confine_for_loading(), which returned `achieved`.
bool confine_after_loading(const Confinement& wanted, const plugin::Isolation& achieved);

}  // namespace forensics::worker
