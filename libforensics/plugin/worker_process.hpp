#pragma once
// One worker process, from its start to its verdict. Knows nothing of what is said; see
// parse_run.hpp and host.cpp for that.

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "plugin/executable_image.hpp"
#include "plugin/host.hpp"
#include "plugin/messages.hpp"
#include "plugin/wire.hpp"

namespace forensics::plugin {

// What the workers of a host are made of.
struct WorkerSetup {
  ExecutableImage program;
  std::vector<ExecutableImage> objects;  // third-party plugins; a worker loads one or none
  Simulation simulate;
  const std::atomic<bool>* stop = nullptr;  // as Host::Options::stop
};

// Reads the worker program and the shared objects that `options` name.
Result<WorkerSetup> make_setup(const Host::Options& options);

class WorkerProcess {
 public:
  // Starts a worker with limits on memory and processor time and waits for nothing: hello() does.
  // With `object` it holds the plugin of that shared object and no other, without the built-in
  // ones.
  static Result<std::unique_ptr<WorkerProcess>> start(const WorkerSetup& setup,
                                                      const ExecutableImage* object,
                                                      const Limits& limits);
  ~WorkerProcess();  // kills and reaps
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  // What the worker says of its confinement, before it loads third-party code: none of that can
  // say it instead. Waits for it on the first call. ErrorCode::cancelled: see Event::stopped.
  Result<Isolation> hello();

  // True where the worker sent something beyond what was taken so far. One that does so before it
  // is asked cannot be trusted with a question.
  bool has_more() const;

  // Sends a task and descriptors beside it, at most model::kMostInputs.
  Status send(const TaskMessage& task, std::span<const int> inputs);

  enum class Event {
    message,
    closed,     // the worker closed its end or died: verdict() says how
    idle,       // waited idle_seconds for nothing
    overtime,   // wall_seconds have passed since begin_waiting()
    malformed,  // bytes that are no frame
    oversized,  // a message longer than what one field may hold
    stopped,    // WorkerSetup::stop was set
  };
  void begin_waiting();
  Event next(Message& message);

  struct Verdict {
    Ending ending = Ending::complete;
    std::string detail;
    std::uint64_t cpu_milliseconds = 0;
  };
  // After Event::closed: how the worker ended by itself. One that closed its end and runs on is
  // killed. Ending::complete: it left in peace.
  Verdict verdict();
  // Whether WorkerSetup::stop is set; a verdict made by then says nothing about the worker.
  bool is_stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

  // After anything else: ends the worker. Returns the processor time it took, in milliseconds.
  std::uint64_t stop();

  // Peak of the resident memory so far; 0 where it cannot be told (the worker has ended).
  std::uint64_t peak_memory() const;

 private:
  WorkerProcess(pid_t pid, Descriptor socket, Descriptor errors, const Limits& limits,
                const std::atomic<bool>* stop);
  using Clock = std::chrono::steady_clock;

  bool collect_errors();
  bool has_ended(int milliseconds) const;
  bool is_overtime() const { return Clock::now() - started_ >= wall_; }
  // How long to sleep at a time: a request to stop must not wait for the worker.
  int slice(int milliseconds) const;
  int milliseconds_left(Clock::time_point waiting_since) const;
  // Waits for the end; nullopt where the system does not tell (SIGCHLD is ignored).
  std::optional<int> reap(std::uint64_t& cpu_milliseconds);

  pid_t pid_;
  bool reaped_ = false;
  Descriptor process_;  // pidfd
  Descriptor socket_;
  Descriptor errors_;  // the worker's stderr
  std::string said_;   // what came from it, capped
  std::chrono::seconds idle_;
  std::chrono::seconds wall_;
  const std::atomic<bool>* stop_;
  FrameDecoder decoder_;
  Clock::time_point started_ = Clock::now();
  bool greeted_ = false;
  Isolation isolation_;
};

// In words, for Outcome::detail.
std::string_view describe(WorkerProcess::Event event);

// The error of whatever Event::stopped ended.
tl::unexpected<Error> stopped_on_request();

}  // namespace forensics::plugin
