#include "plugin/host.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "plugin/manifest.hpp"
#include "plugin/parse_run.hpp"
#include "plugin/unpack_run.hpp"
#include "plugin/worker_process.hpp"

namespace forensics::plugin {
namespace {

// A worker that answers probes holds nothing between two of them; it is replaced now and then so
// that nothing can build up.
constexpr int kProbesPerWorker = 256;

struct Input {
  int descriptor;
  std::uint64_t length;
};

// Evidence leaves this process only as a descriptor that cannot write.
Result<Input> readable_input(int descriptor) {
  struct stat facts {};
  const int flags = ::fcntl(descriptor, F_GETFL);
  if (flags < 0 || ::fstat(descriptor, &facts) != 0)
    return fail(ErrorCode::unreadable, "input", "cannot read: " + system_message(errno));
  if ((flags & O_ACCMODE) != O_RDONLY || !S_ISREG(facts.st_mode))
    return fail(ErrorCode::internal, "input", "a worker is handed regular files, read-only");
  return Input{descriptor, static_cast<std::uint64_t>(facts.st_size)};
}

Status require(const Isolation& achieved, Level required) {
  if (achieved.level >= required) return {};
  return fail(ErrorCode::isolation, "worker",
              "this machine confines workers at " + std::string(name_of(achieved.level)) +
                  " only, " + std::string(name_of(required)) + " is required: " +
                  achieved.explanation + " To go on all the same, with a mark in the ledger and " +
                  "on the report, use --isolation=allow-degraded.");
}

Ending ending_of(WorkerProcess::Event event) {
  return event == WorkerProcess::Event::malformed ? Ending::protocol : Ending::limit;
}

// Feeds a worker's messages to a run (ParseRun or UnpackRun) until either ends.
template <typename Run>
Result<Outcome> drain_into(Run& run, WorkerProcess& worker, Level required) {
  const Isolation isolation = TRY(worker.hello());
  TRY(require(isolation, required));
  worker.begin_waiting();
  std::uint64_t cpu_milliseconds = 0;
  std::uint64_t peak_memory = 0;
  while (true) {
    Message message;
    const WorkerProcess::Event event = worker.next(message);
    if (event == WorkerProcess::Event::message) {
      if (!TRY(run.take(message))) continue;
      peak_memory = worker.peak_memory();
      cpu_milliseconds = worker.stop();
      break;
    }
    if (event != WorkerProcess::Event::closed) {
      peak_memory = worker.peak_memory();
      cpu_milliseconds = worker.stop();
      run.end(ending_of(event), std::string(describe(event)));
      break;
    }
    WorkerProcess::Verdict verdict = worker.verdict();
    cpu_milliseconds = verdict.cpu_milliseconds;
    if (verdict.ending == Ending::complete)
      run.end(Ending::crashed, "the worker left before the run was over");
    else
      run.end(verdict.ending, std::move(verdict.detail));
    break;
  }
  Outcome outcome = TRY(run.finish());
  outcome.isolation = isolation;
  outcome.cpu_milliseconds = cpu_milliseconds;
  outcome.peak_memory = peak_memory;
  return outcome;
}

class WorkerJob final : public Job {
 public:
  WorkerJob(std::unique_ptr<WorkerProcess> worker, Descriptor input, std::uint64_t length,
            const Limits& limits, Level required)
      : worker_(std::move(worker)),
        input_(std::move(input)),
        length_(length),
        limits_(limits),
        required_(required) {}

  Result<Outcome> drain(Sink& sink) override {
    if (!worker_) return fail(ErrorCode::usage, "job", "a job is drained once");
    const std::unique_ptr<WorkerProcess> worker = std::move(worker_);
    ParseRun run(input_.get(), length_, limits_, sink);
    return drain_into(run, *worker, required_);
  }

 private:
  std::unique_ptr<WorkerProcess> worker_;
  Descriptor input_;
  std::uint64_t length_;
  Limits limits_;
  Level required_;
};

class WorkerHost final : public Host {
 public:
  explicit WorkerHost(const Options& options) : options_(options) {}

  Status start();

  const std::vector<PluginInfo>& plugins() const override { return plugins_; }
  const Isolation& isolation() const override { return isolation_; }
  Result<std::vector<Score>> probe(const Descriptor& input, const std::string& name,
                                   std::vector<std::string>& trouble) override;
  Result<std::unique_ptr<Job>> parse(Task task) override;
  Result<Outcome> unpack(const Descriptor& input, const std::string& name, const Limits& limits,
                         MemberSink& sink) override;

 private:
  Status add_plugin(const PluginMessage& message);
  Status ask_for_scores(const Input& input, const std::string& name, std::uint32_t& next,
                        std::vector<Score>& scores, std::vector<std::string>& trouble);

  Options options_;
  WorkerSetup setup_;
  Isolation isolation_;
  std::vector<PluginInfo> plugins_;  // in the worker's order
  std::unique_ptr<WorkerProcess> prober_;
  int probes_left_ = 0;
};

Status WorkerHost::add_plugin(const PluginMessage& message) {
  PluginInfo info;
  const auto object = static_cast<std::size_t>(message.object);
  if (message.object >= 0 && object >= setup_.objects.size())
    return fail(ErrorCode::internal, "worker", "it names a shared object that it was not given");
  const ExecutableImage& image = message.object < 0 ? setup_.program : setup_.objects[object];
  auto manifest = read_manifest(message.manifest);
  if (!manifest) return fail(ErrorCode::plugin, image.path, manifest.error().text());
  info.manifest = std::move(*manifest);
  info.id = info.manifest.text("id");
  info.version = info.manifest.text("version");
  info.name = info.manifest.text("name");
  info.carrier = message.object < 0 ? "built-in" : "shared-object";
  info.sha256 = image.sha256;
  info.abi = message.abi;
  if (std::ranges::find(plugins_, info.id, &PluginInfo::id) != plugins_.end())
    return fail(ErrorCode::plugin, image.path, "a second plugin with the id " + info.id);
  plugins_.push_back(std::move(info));
  return {};
}

Status WorkerHost::start() {
  setup_ = TRY(make_setup(options_));
  prober_ = TRY(WorkerProcess::start(setup_, options_.probe_limits));
  probes_left_ = kProbesPerWorker;
  isolation_ = TRY(prober_->hello());
  TRY(require(isolation_, options_.required));
  TaskMessage task;
  task.mode = Mode::describe;
  TRY(prober_->send(task, -1));
  while (true) {
    Message message;
    const WorkerProcess::Event event = prober_->next(message);
    PluginMessage plugin;
    if (event == WorkerProcess::Event::message && message.type == FrameType::done) return {};
    if (event != WorkerProcess::Event::message || message.type != FrameType::plugin ||
        !decode(message.payload, plugin))
      return fail(ErrorCode::plugin, "worker", "it does not say which plugins it holds");
    TRY(add_plugin(plugin));
  }
}

// Asks from plugin `next` on, as far as the worker gets. What ends it is put down to the plugin
// that was being asked, and `next` moves behind that one.
Status WorkerHost::ask_for_scores(const Input& input, const std::string& name, std::uint32_t& next,
                                  std::vector<Score>& scores, std::vector<std::string>& trouble) {
  using Event = WorkerProcess::Event;
  if (!prober_ || probes_left_-- <= 0) {
    prober_ = TRY(WorkerProcess::start(setup_, options_.probe_limits));
    probes_left_ = kProbesPerWorker;
    const Isolation achieved = TRY(prober_->hello());
    TRY(require(achieved, options_.required));
  }
  TaskMessage task;
  task.mode = Mode::probe;
  task.plugin = next;
  task.length = input.length;
  task.name = name;
  TRY(prober_->send(task, input.descriptor));
  prober_->begin_waiting();

  std::string trouble_now;
  while (trouble_now.empty()) {
    Message message;
    const Event event = prober_->next(message);
    if (event == Event::closed) {
      const WorkerProcess::Verdict verdict = prober_->verdict();
      trouble_now = verdict.detail.empty() ? "the worker left" : verdict.detail;
    } else if (event != Event::message) {
      trouble_now = describe(event);
    } else if (message.type == FrameType::done && next == plugins_.size()) {
      return {};
    } else if (ScoreMessage score; message.type == FrameType::score &&
                                   decode(message.payload, score) && score.plugin == next &&
                                   next < plugins_.size()) {
      if (score.score < 0 || score.score > 100)
        trouble.push_back(plugins_[next].id + ": its score " + std::to_string(score.score) +
                          " is not between 0 and 100");
      else if (score.score > 0)
        scores.push_back({plugins_[next].id, score.score});
      ++next;
    } else {
      trouble_now = "it sent a message that makes no sense here";
    }
  }
  prober_.reset();
  if (next < plugins_.size()) trouble.push_back(plugins_[next++].id + ": " + trouble_now);
  return {};
}

Result<std::vector<Score>> WorkerHost::probe(const Descriptor& input, const std::string& name,
                                             std::vector<std::string>& trouble) {
  const Input file = TRY(readable_input(input.get()));
  std::vector<Score> scores;
  std::uint32_t next = 0;
  while (next < plugins_.size()) TRY(ask_for_scores(file, name, next, scores, trouble));
  std::ranges::sort(scores, [](const Score& a, const Score& b) {
    return a.score != b.score ? a.score > b.score : a.plugin < b.plugin;
  });
  return scores;
}

Result<std::unique_ptr<Job>> WorkerHost::parse(Task task) {
  const auto plugin = std::ranges::find(plugins_, task.plugin, &PluginInfo::id);
  if (plugin == plugins_.end())
    return fail(ErrorCode::not_found, task.plugin, "there is no plugin of this id");
  const Input input = TRY(readable_input(task.input));
  // The caller may close its descriptor before the job is drained.
  Descriptor own(::fcntl(task.input, F_DUPFD_CLOEXEC, 0));
  if (!own) return fail(ErrorCode::unreadable, "input", system_message(errno));

  TaskMessage message;
  message.mode = Mode::parse;
  message.plugin = static_cast<std::uint32_t>(plugin - plugins_.begin());
  message.length = input.length;
  message.name = std::move(task.name);
  message.options = std::move(task.options);
  message.siblings = std::move(task.siblings);
  message.limits = task.limits;
  auto worker = TRY(WorkerProcess::start(setup_, task.limits));
  TRY(worker->send(message, own.get()));
  return std::make_unique<WorkerJob>(std::move(worker), std::move(own), input.length, task.limits,
                                     options_.required);
}

Result<Outcome> WorkerHost::unpack(const Descriptor& input, const std::string& name,
                                   const Limits& limits, MemberSink& sink) {
  const Input file = TRY(readable_input(input.get()));
  TaskMessage message;
  message.mode = Mode::unpack;
  message.length = file.length;
  message.name = name;
  message.limits = limits;
  auto worker = TRY(WorkerProcess::start(setup_, limits));
  TRY(worker->send(message, file.descriptor));
  UnpackRun run(limits, sink);
  return drain_into(run, *worker, options_.required);
}

}  // namespace

std::string_view name_of(Level level) {
  switch (level) {
    case Level::in_process: return "L0";
    case Level::process: return "L1";
    case Level::filtered: return "L2";
    case Level::confined: return "L3";
  }
  return "";
}

std::string_view name_of(Ending ending) {
  switch (ending) {
    case Ending::complete: return "complete";
    case Ending::not_mine: return "not-mine";
    case Ending::truncated: return "truncated";
    case Ending::corrupt: return "corrupt";
    case Ending::encrypted: return "encrypted";
    case Ending::limit: return "limit";
    case Ending::cancelled: return "cancelled";
    case Ending::crashed: return "crashed";
    case Ending::violation: return "violation";
    case Ending::protocol: return "protocol";
    case Ending::bug: return "bug";
  }
  return "";
}

Result<std::unique_ptr<Host>> Host::start(const Options& options) {
  auto host = std::make_unique<WorkerHost>(options);
  TRY(host->start());
  return host;
}

}  // namespace forensics::plugin
