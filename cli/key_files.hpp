#pragma once
// The keys that protected evidence is opened with: read once from files or descriptors, never from
// the command line itself, which every user of the machine can see.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace forensics::cli {

void add_key_option(CLI::App& command, std::vector<std::string>& sources);

// The bytes behind each source: a file, or "fd:N" for an open descriptor.
Result<std::vector<std::string>> read_keys(const std::vector<std::string>& sources);

}  // namespace forensics::cli
