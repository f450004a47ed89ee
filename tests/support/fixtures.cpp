#include "support/fixtures.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace forensics::test {

std::filesystem::path repository() {
  return FORENSICS_SOURCE_DIR;
}

std::optional<std::filesystem::path> fixtures() {
  const char* stated = std::getenv("FORENSICS_FIXTURES");
  const std::filesystem::path folder = stated != nullptr
                                           ? std::filesystem::path(stated)
                                           : repository().parent_path() / "shared" / "fixtures";
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  return folder;
}

std::string slurp(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace forensics::test
