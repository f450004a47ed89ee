// forensics-worker: reads evidence for the forensics command, confined. Started by the host with
// its channel on descriptor 3, its own program on 4 and, for a third-party plugin, the shared
// object on 5; see plugin/worker_process.cpp for the other end.

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <string_view>
#include <vector>

#include "evidence/archive.hpp"
#include "worker/confine.hpp"
#include "worker/plugin_set.hpp"
#include "worker/server.hpp"

namespace {

constexpr int kChannel = 3;
constexpr int kProgram = 4;
constexpr int kObject = 5;

enum ExitCode {
  kServed = 0,
  kMisused = 64,
  kPluginUnusable = 65,
  kHostUnintelligible = 66,
  kNotConfined = 67,
};

template <typename Number>
bool read_number(std::string_view word, Number& number) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() && end == word.data() + word.size();
}

struct Arguments {
  forensics::worker::Confinement confinement;
  bool has_object = false;
};

bool read_arguments(int count, char** words, Arguments& arguments) {
  int has_object = 0;
  int without_seccomp = 0;
  if (count != 6 || !read_number(words[1], arguments.confinement.memory) ||
      !read_number(words[2], arguments.confinement.cpu_seconds) ||
      !read_number(words[3], has_object) ||
      !read_number(words[4], arguments.confinement.simulate.landlock_abi) ||
      !read_number(words[5], without_seccomp))
    return false;
  arguments.has_object = has_object != 0;
  arguments.confinement.simulate.without_seccomp = without_seccomp != 0;
  return true;
}

namespace worker = forensics::worker;
using Plugins = forensics::Result<std::vector<const fx_plugin*>>;

int serve(worker::Server& server, Plugins plugins) {
  if (plugins) return server.run(std::move(*plugins)) ? kServed : kHostUnintelligible;
  std::fprintf(stderr, "%s\n", plugins.error().text().c_str());
  return kPluginUnusable;
}

int serve_builtin_plugins(const worker::Confinement& confinement) {
  Plugins plugins = worker::load_builtin_plugins();
  forensics::evidence::warm_up();
  worker::Server server(kChannel, worker::confine(confinement));
  return serve(server, std::move(plugins));
}

// Third-party code runs from the moment it is loaded. By then the worker is confined as far as
// loading allows, and has told the host so.
int serve_shared_object(const worker::Confinement& confinement) {
  const forensics::plugin::Isolation isolation = worker::confine_for_loading(confinement);
  worker::Server server(kChannel, isolation);
  Plugins plugins = worker::load_shared_object(kObject);
  ::close(kObject);
  if (worker::confine_after_loading(confinement, isolation))
    return serve(server, std::move(plugins));
  std::fputs("the worker cannot be confined any further\n", stderr);
  return kNotConfined;
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

  return arguments.has_object ? serve_shared_object(arguments.confinement)
                              : serve_builtin_plugins(arguments.confinement);
}
