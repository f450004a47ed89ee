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

// Before third-party code is loaded: its constructors run at once, and cannot be run confined,
// because loading maps code. Takes away the network, other processes, and writing files.
void confine_loading(const plugin::Simulation& simulate);

// Before the first byte of evidence: everything but memory, and reading and writing the descriptors
// that are open or will be sent. Returns what the kernel really did.
plugin::Isolation confine(const Confinement& wanted);

}  // namespace forensics::worker
