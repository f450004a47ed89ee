#include "worker/landlock.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "base/files.hpp"

namespace forensics::worker {
namespace {

constexpr long kCreateRuleset = 444;
constexpr long kAddRule = 445;
constexpr long kRestrictSelf = 446;
constexpr std::uint32_t kAskVersion = 1;

// struct landlock_ruleset_attr as of ABI 6. A kernel that knows less accepts the zeros at its end.
struct Ruleset {
  std::uint64_t filesystem;
  std::uint64_t network;
  std::uint64_t scope;
};

// The ABI from which on everything is covered that a worker could reach: files, TCP, device
// controls, abstract sockets, signals.
constexpr int kComplete = 6;

constexpr std::uint64_t bits(unsigned count) {
  return (std::uint64_t{1} << count) - 1;
}

Ruleset rights_of(int abi) {
  Ruleset rights{};
  // ABI 1: execute, write, read, list, remove and make of seven kinds; 2: refer; 3: truncate;
  // 5: device ioctl.
  rights.filesystem = abi >= 5 ? bits(16) : abi >= 3 ? bits(15) : abi >= 2 ? bits(14) : bits(13);
  if (abi >= 4) rights.network = bits(2);  // bind and connect over TCP
  if (abi >= 6) rights.scope = bits(2);    // abstract Unix sockets, signals
  return rights;
}

// struct landlock_path_beneath_attr.
struct [[gnu::packed]] PathRule {
  std::uint64_t allowed;
  std::int32_t folder;
};
constexpr int kPathBeneath = 1;
constexpr std::uint64_t kExecute = 1U << 0;
constexpr std::uint64_t kReadFile = 1U << 2;

// Where the dynamic loader of Linux distributions looks. What is missing needs no grant.
constexpr const char* kLibraries[] = {"/lib", "/lib64", "/usr/lib", "/usr/lib64",
                                      "/etc/ld.so.cache"};

bool grant_libraries(const Descriptor& ruleset) {
  for (const char* path : kLibraries) {
    const Descriptor folder(::open(path, O_PATH | O_CLOEXEC));
    if (!folder) continue;
    const PathRule rule{kExecute | kReadFile, folder.get()};
    if (::syscall(kAddRule, ruleset.get(), kPathBeneath, &rule, 0) != 0) return false;
  }
  return true;
}

}  // namespace

Landlock deny_by_landlock(int most, Except except) {
  const long known = ::syscall(kCreateRuleset, nullptr, 0, kAskVersion);
  Landlock result;
  if (known <= 0) return result;
  const int abi = most >= 0 ? std::min(static_cast<int>(known), most) : static_cast<int>(known);
  if (abi == 0) return result;

  const Ruleset rights = rights_of(abi);
  const Descriptor ruleset(static_cast<int>(::syscall(kCreateRuleset, &rights, sizeof rights, 0)));
  if (!ruleset) return result;
  if (except == Except::system_libraries && !grant_libraries(ruleset)) return result;
  if (::syscall(kRestrictSelf, ruleset.get(), 0) != 0) return result;
  result.abi = abi;
  result.enforcement = abi >= kComplete ? Enforcement::fully : Enforcement::partly;
  return result;
}

}  // namespace forensics::worker
