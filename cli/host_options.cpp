#include "host_options.hpp"

namespace forensics::cli {

Result<plugin::Host::Options> HostOptions::host() const {
  plugin::Host::Options out;
  out.worker = worker;
  out.plugins = plugins;
  out.simulate = simulate;
  for (const plugin::Level level :
       {plugin::Level::process, plugin::Level::filtered, plugin::Level::confined}) {
    if (plugin::name_of(level) != isolation) continue;
    out.required = level;
    return out;
  }
  return fail(ErrorCode::usage, isolation, "an isolation level is L1, L2 or L3");
}

plugin::Limits HostOptions::limits() const {
  plugin::Limits out;
  out.memory = memory_mebibytes << 20;
  out.wall_seconds = timeout_seconds;
  return out;
}

void add_host_options(CLI::App& command, HostOptions& options, bool with_limits) {
  command.add_option("--isolation", options.isolation,
                     "Refuse to read evidence below this level: L3, L2 or L1 (docs/plugin-abi.md)");
  command.add_option("--plugin", options.plugins, "Also load this plugin; may be given again");
  command.add_option("--worker", options.worker, "The worker program, where it is not beside this");
  // They can only take away, and what is left is measured, reported and refused like the real
  // thing.
  command
      .add_option("--simulate-landlock", options.simulate.landlock_abi,
                  "Do as on a machine with this Landlock ABI at most; 0: without Landlock")
      ->check(CLI::Range(0, 99))
      ->group("Testing");
  command
      .add_flag("--simulate-no-seccomp", options.simulate.without_seccomp,
                "Do as on a machine that refuses system-call filters")
      ->group("Testing");
  if (!with_limits) return;
  command.add_option("--mem-limit", options.memory_mebibytes, "MiB of memory for each worker")
      ->check(CLI::Range(std::uint64_t{64}, std::uint64_t{1} << 20));
  command.add_option("--timeout", options.timeout_seconds, "Seconds for each file at most")
      ->check(CLI::PositiveNumber);
}

}  // namespace forensics::cli
