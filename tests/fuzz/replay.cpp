// Runs a fuzz target over its seeds, and over cuts and single-byte changes of each small one: a
// test that needs no fuzzer. A target fails by crashing; the input then stands in the file
// fuzz_finding in the current folder.
//
//   fuzz_archive SEED_FOLDER

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kSmall = 2048;     // bytes up to which a seed is cut and changed
constexpr std::size_t kInputs = 15'000;  // of all seeds together, about

const std::vector<std::uint8_t>* current = nullptr;

// In a signal handler: system calls only.
void keep_finding(int) {
  const int file = ::open("fuzz_finding", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (::write(file, current->data(), current->size()) < 0) ::_exit(1);
}

std::size_t feed(const std::string& bytes) {
  // A copy of exactly this length, so that a sanitizer sees the first byte read behind the end.
  const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
  current = &exact;
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
  return 1;
}

// Cuts the seed at, and changes, `places` of its bytes, spread over it: one change that text
// survives and one that it does not.
std::size_t feed_variants(const std::string& seed, std::size_t places) {
  std::size_t runs = feed(seed);
  if (seed.size() > kSmall) return runs;
  const std::size_t step = 1 + seed.size() / places;
  for (std::size_t at = 0; at < seed.size(); at += step) {
    runs += feed(seed.substr(0, at));
    for (const char change : {'\x01', '\xff'}) {
      std::string changed = seed;
      changed[at] = static_cast<char>(changed[at] ^ change);
      runs += feed(changed);
    }
  }
  return runs;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGABRT, &keep_finding);
  std::vector<std::filesystem::path> seeds;
  if (argc > 1 && std::filesystem::is_directory(argv[1])) {
    for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
      seeds.push_back(entry.path());
  }
  std::sort(seeds.begin(), seeds.end());

  const std::size_t places = kInputs / 3 / std::max<std::size_t>(seeds.size(), 1) + 1;
  std::size_t runs = feed({}) + feed(std::string(1, '\0')) + feed(std::string(4096, '\xff'));
  for (const auto& path : seeds) {
    std::ifstream file(path, std::ios::binary);
    runs += feed_variants({std::istreambuf_iterator<char>(file), {}}, places);
  }
  std::cout << runs << " inputs from " << seeds.size() << " seeds\n";
}
