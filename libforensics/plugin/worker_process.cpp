#include "plugin/worker_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

namespace forensics::plugin {
namespace {

// Descriptors that are being handed over stand above those they become in the worker.
constexpr int kAside = 64;
constexpr int kSocketInWorker = 3;
constexpr int kProgramInWorker = 4;
constexpr int kObjectInWorker = 5;

constexpr std::size_t kErrorsKept = std::size_t{64} << 10;
constexpr std::size_t kErrorsShown = 200;
// Room for a record around its largest field.
constexpr std::uint64_t kMessageOverhead = kMaxPayload;
constexpr std::uint64_t kLargestField = std::uint64_t{1} << 40;
constexpr std::uint64_t kLongestWait = 1'000'000;  // seconds; keeps the arithmetic in range
constexpr int kMillisecondsToEnd = 2000;
constexpr int kStopSlice = 200;  // milliseconds
constexpr int kEndSlice = 10;    // where the kernel does not say when a process ends

tl::unexpected<Error> start_error(const char* what, int error) {
  return fail(ErrorCode::isolation, "worker",
              std::string("cannot ") + what + ": " + system_message(error));
}

Result<Descriptor> aside(int descriptor) {
  Descriptor copy(::fcntl(descriptor, F_DUPFD_CLOEXEC, kAside));
  if (!copy) return start_error("hand over a descriptor", errno);
  return copy;
}

void set_nonblocking(int descriptor) {
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

class SpawnActions {
 public:
  SpawnActions() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    // The worker starts with no signal blocked or ignored, whatever this process does with them.
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    // A group of its own: Ctrl-C reaches this program, which decides what becomes of the worker.
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnActions() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  void null(int descriptor, int flags) {
    ::posix_spawn_file_actions_addopen(&actions_, descriptor, "/dev/null", flags, 0);
  }
  void place(const Descriptor& from, int to) {
    ::posix_spawn_file_actions_adddup2(&actions_, from.get(), to);
  }
  void close_from(int descriptor) {
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, descriptor);
  }
  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

Result<std::string> find_worker(const std::string& chosen) {
  if (!chosen.empty()) return chosen;
  char buffer[PATH_MAX];
  const ssize_t length = ::readlink("/proc/self/exe", buffer, sizeof buffer);
  if (length <= 0 || static_cast<std::size_t>(length) >= sizeof buffer)
    return fail(ErrorCode::isolation, "worker", "cannot tell where this program stands");
  const std::string program(buffer, static_cast<std::size_t>(length));
  const std::string folder = program.substr(0, program.find_last_of('/'));
  for (const std::string& path :
       {folder + "/forensics-worker", folder + "/../libexec/forensics/forensics-worker"})
    if (exists(path)) return path;
  return fail(ErrorCode::isolation, folder + "/forensics-worker",
              "the worker program is missing; install it beside this program or in "
              "../libexec/forensics");
}

std::string signal_name(int number) {
  const char* name = ::sigabbrev_np(number);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(number);
}

// The worker's own words, made safe for a terminal and a ledger line.
std::string shown(ByteView said) {
  std::string out;
  for (const char c : said.substr(0, kErrorsShown))
    out += static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F ? c : ' ';
  return out;
}

}  // namespace

Result<WorkerSetup> make_setup(const Host::Options& options) {
  WorkerSetup setup;
  const std::string worker = TRY(find_worker(options.worker));
  setup.program = TRY(ExecutableImage::read(worker));
  for (const std::string& path : options.plugins)
    setup.objects.push_back(TRY(ExecutableImage::read(path)));
  setup.simulate = options.simulate;
  setup.stop = options.stop;
  return setup;
}

std::string_view describe(WorkerProcess::Event event) {
  using Event = WorkerProcess::Event;
  switch (event) {
    case Event::message: return "a message";
    case Event::closed: return "the worker ended";
    case Event::idle: return "the worker was silent for too long";
    case Event::overtime: return "the run took longer than allowed";
    case Event::malformed: return "the worker sent bytes that are no frame";
    case Event::oversized: return "the worker sent a value longer than allowed";
    case Event::stopped: return "stopped on request";
  }
  return "";
}

tl::unexpected<Error> stopped_on_request() {
  return fail(ErrorCode::cancelled, "worker", std::string(describe(WorkerProcess::Event::stopped)));
}

WorkerProcess::WorkerProcess(pid_t pid, Descriptor socket, Descriptor errors, const Limits& limits,
                             const std::atomic<bool>* stop)
    : pid_(pid),
      process_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))),
      socket_(std::move(socket)),
      errors_(std::move(errors)),
      idle_(std::min(limits.idle_seconds, kLongestWait)),
      wall_(std::min(limits.wall_seconds, kLongestWait)),
      stop_(stop),
      decoder_(std::min(limits.field_bytes, kLargestField) + kMessageOverhead) {}

WorkerProcess::~WorkerProcess() {
  if (reaped_) return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
}

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const WorkerSetup& setup,
                                                            const ExecutableImage* object,
                                                            const Limits& limits) {
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    return start_error("make a socket pair", errno);
  Descriptor socket(pair[0]);
  const Descriptor worker_socket(pair[1]);
  if (::pipe2(pair, O_CLOEXEC) != 0) return start_error("make a pipe", errno);
  Descriptor errors(pair[0]);
  const Descriptor worker_errors(pair[1]);
  set_nonblocking(socket.get());
  set_nonblocking(errors.get());

  std::vector<Descriptor> handed;
  SpawnActions actions;
  const auto hand_over = [&](const Descriptor& from, int to) -> Status {
    handed.push_back(TRY(aside(from.get())));
    actions.place(handed.back(), to);
    return {};
  };
  actions.null(STDIN_FILENO, O_RDONLY);
  actions.null(STDOUT_FILENO, O_WRONLY);
  TRY(hand_over(worker_errors, STDERR_FILENO));
  TRY(hand_over(worker_socket, kSocketInWorker));
  TRY(hand_over(setup.program.memory, kProgramInWorker));
  if (object != nullptr) TRY(hand_over(object->memory, kObjectInWorker));
  actions.close_from(object != nullptr ? kObjectInWorker + 1 : kObjectInWorker);

  // Everything the worker needs to confine itself before it hears anything.
  std::vector<std::string> words = {
      "forensics-worker",
      std::to_string(limits.memory),
      std::to_string(limits.cpu_seconds),
      object != nullptr ? "1" : "0",
      std::to_string(setup.simulate.landlock_abi),
      setup.simulate.without_seccomp ? "1" : "0",
  };
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  // Fixed, so that nothing of this machine's settings can change a result.
  std::array<std::string, 3> settings = {"LANG=C", "TZ=UTC", "OMP_THREAD_LIMIT=1"};
  std::array<char*, 4> environment = {settings[0].data(), settings[1].data(), settings[2].data(),
                                      nullptr};

  const std::string program = "/proc/self/fd/" + std::to_string(kProgramInWorker);
  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, program.c_str(), actions.actions(), actions.attributes(),
                                  arguments.data(), environment.data());
  if (error != 0) return start_error(("start " + setup.program.path).c_str(), error);
  return std::unique_ptr<WorkerProcess>(
      new WorkerProcess(pid, std::move(socket), std::move(errors), limits, setup.stop));
}

Result<Isolation> WorkerProcess::hello() {
  if (greeted_) return isolation_;
  begin_waiting();
  Message message;
  const Event event = next(message);
  HelloMessage greeting;
  if (event == Event::message && message.type == FrameType::hello &&
      decode(message.payload, greeting) && greeting.version == kWireVersion) {
    greeted_ = true;
    isolation_ = greeting.isolation;
    return isolation_;
  }
  if (event == Event::stopped) return stopped_on_request();
  const Verdict how = verdict();
  return fail(ErrorCode::isolation, "worker",
              "the worker did not come up: " +
                  (event == Event::closed ? how.detail : std::string(describe(event))));
}

bool WorkerProcess::has_more() const {
  char byte = 0;
  return !decoder_.at_boundary() || ::recv(socket_.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

Status WorkerProcess::send(const TaskMessage& task, std::span<const int> inputs) {
  std::string bytes;
  append_encoded(bytes, FrameType::task, task);
  ByteView rest = bytes;
  bool with_inputs = !inputs.empty();
  begin_waiting();
  while (!rest.empty()) {
    iovec part{const_cast<char*>(rest.data()), rest.size()};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * model::kMostInputs)] = {};
    if (with_inputs) {
      header.msg_control = control;
      header.msg_controllen = CMSG_SPACE(inputs.size_bytes());
      cmsghdr* attached = CMSG_FIRSTHDR(&header);
      attached->cmsg_level = SOL_SOCKET;
      attached->cmsg_type = SCM_RIGHTS;
      attached->cmsg_len = CMSG_LEN(inputs.size_bytes());
      std::memcpy(CMSG_DATA(attached), inputs.data(), inputs.size_bytes());
    }
    const ssize_t sent = ::sendmsg(socket_.get(), &header, MSG_NOSIGNAL);
    if (sent > 0) {
      rest.remove_prefix(static_cast<std::size_t>(sent));
      with_inputs = false;
      continue;
    }
    // A worker that is gone, or that does not listen: reading will tell which.
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno != EAGAIN) return {};
    if (is_stopped()) return stopped_on_request();
    const int left = milliseconds_left(started_);
    if (left == 0) return fail(ErrorCode::plugin, "worker", "the worker does not take its task");
    pollfd ready{socket_.get(), POLLOUT, 0};
    ::poll(&ready, 1, slice(left));
  }
  return {};
}

void WorkerProcess::begin_waiting() {
  started_ = Clock::now();
}

int WorkerProcess::milliseconds_left(Clock::time_point waiting_since) const {
  using std::chrono::milliseconds;
  const auto until = std::min(waiting_since + idle_, started_ + wall_);
  const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now()).count() + 1;
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

int WorkerProcess::slice(int milliseconds) const {
  return stop_ == nullptr ? milliseconds : std::min(milliseconds, kStopSlice);
}

// False at the end of the worker's stderr.
bool WorkerProcess::collect_errors() {
  char buffer[4096];
  while (true) {
    const ssize_t n = ::read(errors_.get(), buffer, sizeof buffer);
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    if (n == 0) return false;
    const std::size_t room = kErrorsKept - std::min(kErrorsKept, said_.size());
    said_.append(buffer, std::min(static_cast<std::size_t>(n), room));
    // One buffer at a time once nothing is kept any more: a flood must not hold up the frames.
    if (room == 0) return true;
  }
}

WorkerProcess::Event WorkerProcess::next(Message& message) {
  // Idle time is time spent waiting here, not time that the caller spent on the message before.
  std::optional<Clock::time_point> waiting_since;
  // Whether the process had ended before the socket was last found empty.
  bool ended = false;
  while (true) {
    if (is_stopped()) return Event::stopped;
    switch (decoder_.next(message)) {
      case FrameDecoder::Next::message: return Event::message;
      case FrameDecoder::Next::malformed: return Event::malformed;
      case FrameDecoder::Next::oversized: return Event::oversized;
      case FrameDecoder::Next::starved: break;
    }
    if (is_overtime()) return Event::overtime;
    std::size_t room = 0;
    char* space = decoder_.space(room);
    const ssize_t n = ::recv(socket_.get(), space, room, 0);
    if (n > 0) {
      decoder_.filled(static_cast<std::size_t>(n));
      waiting_since.reset();
      continue;
    }
    if (n == 0 || (errno != EAGAIN && errno != EINTR)) return Event::closed;
    if (ended) return Event::closed;

    if (!waiting_since) waiting_since = Clock::now();
    const int left = milliseconds_left(*waiting_since);
    if (left == 0) return is_overtime() ? Event::overtime : Event::idle;
    pollfd ready[3] = {
        {socket_.get(), POLLIN, 0}, {errors_.get(), POLLIN, 0}, {process_.get(), POLLIN, 0}};
    if (::poll(ready, 3, slice(left)) < 0) continue;  // interrupted
    if (ready[1].revents != 0 && !collect_errors()) errors_.reset();
    ended = ready[2].revents != 0;
  }
}

bool WorkerProcess::has_ended(int milliseconds) const {
  const auto until = Clock::now() + std::chrono::milliseconds(milliseconds);
  do {
    siginfo_t info{};
    const auto id = static_cast<id_t>(pid_);
    // Leaves the process to be reaped. An error: nobody will ever tell, so it is as good as ended.
    if (::waitid(P_PID, id, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0)
      return true;
    if (is_stopped()) return false;
    // Without a pidfd this only sleeps.
    pollfd ready{process_.get(), POLLIN, 0};
    ::poll(&ready, 1, process_ ? slice(milliseconds) : kEndSlice);
  } while (Clock::now() < until);
  return false;
}

std::uint64_t WorkerProcess::peak_memory() const {
  const auto status = open_read("/proc/" + std::to_string(pid_) + "/status");
  if (!status) return 0;
  const auto text = read_at(*status, 0, 8192);
  const std::string_view label = "VmHWM:";
  const std::size_t at = text ? text->find(label) : std::string::npos;
  if (at == std::string::npos) return 0;
  return std::strtoull(text->c_str() + at + label.size(), nullptr, 10) << 10;
}

std::optional<int> WorkerProcess::reap(std::uint64_t& cpu_milliseconds) {
  rusage usage{};
  int status = 0;
  pid_t got = -1;
  do {
    got = ::wait4(pid_, &status, 0, &usage);
  } while (got < 0 && errno == EINTR);
  reaped_ = true;
  if (got < 0) return std::nullopt;
  const auto milliseconds = [](const timeval& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1000 +
           static_cast<std::uint64_t>(time.tv_usec) / 1000;
  };
  cpu_milliseconds = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
  return status;
}

std::uint64_t WorkerProcess::stop() {
  std::uint64_t cpu_milliseconds = 0;
  if (reaped_) return cpu_milliseconds;
  ::kill(pid_, SIGKILL);
  reap(cpu_milliseconds);
  return cpu_milliseconds;
}

WorkerProcess::Verdict WorkerProcess::verdict() {
  Verdict verdict;
  if (!has_ended(kMillisecondsToEnd)) {
    verdict.cpu_milliseconds = stop();
    verdict.ending = Ending::protocol;
    verdict.detail = "the worker closed its channel and ran on";
    return verdict;
  }
  const std::optional<int> status = reap(verdict.cpu_milliseconds);
  if (errors_) collect_errors();
  if (!status) {
    verdict.ending = Ending::crashed;
    verdict.detail = "the worker ended; the system does not tell how";
  } else if (WIFSIGNALED(*status) && WTERMSIG(*status) == SIGSYS) {
    verdict.ending = Ending::violation;
    verdict.detail = "forbidden system call (SIGSYS)";
  } else if (WIFSIGNALED(*status) && WTERMSIG(*status) == SIGXCPU) {
    verdict.ending = Ending::limit;
    verdict.detail = "processor time used up";
  } else if (WIFSIGNALED(*status)) {
    verdict.ending = Ending::crashed;
    verdict.detail = "stopped by " + signal_name(WTERMSIG(*status));
  } else if (WEXITSTATUS(*status) != 0) {
    verdict.ending = Ending::crashed;
    verdict.detail = "exited with code " + std::to_string(WEXITSTATUS(*status));
  }
  if (verdict.ending != Ending::complete && !said_.empty())
    verdict.detail += "; it said: " + shown(said_);
  return verdict;
}

}  // namespace forensics::plugin
