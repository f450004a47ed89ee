#pragma once
// Where tests find what is not code: the repository itself, and the real files that are not part
// of it.

#include <filesystem>
#include <optional>
#include <string>

namespace forensics::test {

std::filesystem::path repository();

// The folder of real exports: $FORENSICS_FIXTURES, or shared/fixtures beside the repository.
// nullopt where it is absent: then the test skips.
std::optional<std::filesystem::path> fixtures();

// All bytes of a file; throws where it cannot be read, which fails the test.
std::string slurp(const std::filesystem::path& file);

}  // namespace forensics::test
