#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "plugin/host.hpp"
#include "plugin/worker_process.hpp"

namespace forensics::plugin {
namespace {

// Refused, as opposed to failed for some other reason.
bool is_refusal(int error) {
  return error == EACCES || error == EPERM || error == ENOSYS;
}

SelfTest::Denial judge(Attempt attempt, WorkerProcess& worker) {
  SelfTest::Denial denial{std::string(name_of(attempt)), false, ""};
  worker.begin_waiting();
  Message message;
  const WorkerProcess::Event event = worker.next(message);
  AttemptMessage answer;
  if (event == WorkerProcess::Event::message && message.type == FrameType::attempt &&
      decode(message.payload, answer)) {
    denial.denied = is_refusal(answer.error);
    const char* name = ::strerrorname_np(answer.error);
    denial.how = answer.error == 0 ? "it worked" : name != nullptr ? name : "unknown error";
  } else if (event == WorkerProcess::Event::closed) {
    const WorkerProcess::Verdict verdict = worker.verdict();
    denial.denied = verdict.ending == Ending::violation;
    // A worker that became another program leaves in peace and without an answer.
    denial.how = denial.denied                        ? "SIGSYS"
                 : verdict.ending == Ending::complete ? "it worked"
                                                      : verdict.detail;
  } else {
    denial.how = describe(event);
  }
  return denial;
}

}  // namespace

Result<SelfTest> self_test(const Host::Options& options) {
  Host::Options lenient = options;
  lenient.required = Level::process;
  const WorkerSetup setup = TRY(make_setup(lenient));

  SelfTest result;
  for (const Attempt attempt : kAttempts) {
    const auto worker = TRY(WorkerProcess::start(setup, nullptr, options.probe_limits));
    result.isolation = TRY(worker->hello());
    // The worker cannot make a socket; to see whether it could use one it is given one.
    const Descriptor socket(
        attempt == Attempt::connect_out ? ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1);
    TaskMessage task;
    task.mode = Mode::attempt;
    task.attempt = attempt;
    const int handed = socket.get();
    TRY(worker->send(task, {&handed, socket ? std::size_t{1} : std::size_t{0}}));
    result.denials.push_back(judge(attempt, *worker));
  }
  return result;
}

}  // namespace forensics::plugin
