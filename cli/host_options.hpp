#pragma once
// The options of every command that starts workers.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "plugin/host.hpp"

namespace forensics::cli {

struct HostOptions {
  std::string isolation = "L2";
  std::vector<std::string> plugins;
  std::string worker;
  std::uint64_t memory_mebibytes = 512;
  std::uint64_t timeout_seconds = 4 * 3600;
  plugin::Simulation simulate;

  Result<plugin::Host::Options> host() const;
  plugin::Limits limits() const;
};

// `with_limits`: also --mem-limit and --timeout.
void add_host_options(CLI::App& command, HostOptions& options, bool with_limits);

}  // namespace forensics::cli
