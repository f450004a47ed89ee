// forensics-worker: reads evidence for the forensics command, confined. Started by the host with
// its channel on descriptor 3, its own program on 4 and third-party plugins from 5 on; see
// plugin/worker_process.cpp for the other end.

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <string_view>

#include "evidence/archive.hpp"
#include "worker/confine.hpp"
#include "worker/plugin_set.hpp"
#include "worker/server.hpp"

namespace {

constexpr int kChannel = 3;
constexpr int kProgram = 4;
constexpr int kFirstObject = 5;
constexpr int kMostObjects = 32;

enum ExitCode { kServed = 0, kMisused = 64, kPluginUnusable = 65, kHostUnintelligible = 66 };

template <typename Number>
bool read_number(std::string_view word, Number& number) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() && end == word.data() + word.size();
}

struct Arguments {
  forensics::worker::Confinement confinement;
  int objects = 0;
};

bool read_arguments(int count, char** words, Arguments& arguments) {
  int without_seccomp = 0;
  if (count != 6 || !read_number(words[1], arguments.confinement.memory) ||
      !read_number(words[2], arguments.confinement.cpu_seconds) ||
      !read_number(words[3], arguments.objects) ||
      !read_number(words[4], arguments.confinement.simulate.landlock_abi) ||
      !read_number(words[5], without_seccomp))
    return false;
  arguments.confinement.simulate.without_seccomp = without_seccomp != 0;
  return arguments.objects >= 0 && arguments.objects <= kMostObjects;
}

}  // namespace

#ifdef FORENSICS_SANITIZED
// Leak detection stops all threads with ptrace, which a worker must not have.
extern "C" const char* __asan_default_options() {
  return "detect_leaks=0";
}
#endif

int main(int count, char** words) {
  Arguments arguments;
  if (!read_arguments(count, words, arguments) || ::fcntl(kChannel, F_GETFD) < 0) {
    std::fputs("forensics-worker is started by the forensics command\n", stderr);
    return kMisused;
  }
  ::prctl(PR_SET_NAME, "forensics-work", 0, 0, 0);
  ::close(kProgram);

  namespace worker = forensics::worker;
  if (arguments.objects > 0) worker::confine_loading(arguments.confinement.simulate);
  auto plugins = worker::load_plugins(kFirstObject, arguments.objects);
  if (!plugins) {
    std::fprintf(stderr, "%s\n", plugins.error().text().c_str());
    return kPluginUnusable;
  }
  for (int i = 0; i < arguments.objects; ++i) ::close(kFirstObject + i);
  forensics::evidence::warm_up();
  const forensics::plugin::Isolation isolation = worker::confine(arguments.confinement);
  worker::Server server(kChannel, std::move(*plugins), isolation);
  return server.run() ? kServed : kHostUnintelligible;
}
