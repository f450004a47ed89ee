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
                  "on the report, use --isolation " + std::string(name_of(achieved.level)) + ".");
}

Ending ending_of(WorkerProcess::Event event) {
  switch (event) {
    case WorkerProcess::Event::malformed: return Ending::protocol;
    case WorkerProcess::Event::stopped: return Ending::cancelled;
    default: return Ending::limit;
  }
}

// Feeds a worker's messages to a run (ParseRun or UnpackRun) until either ends.
template <typename Run>
Result<Outcome> drain_into(Run& run, WorkerProcess& worker, Level required) {
  using Event = WorkerProcess::Event;
  const Isolation isolation = TRY(worker.hello());
  TRY(require(isolation, required));
  worker.begin_waiting();
  std::uint64_t cpu_milliseconds = 0;
  std::uint64_t peak_memory = 0;
  Event event{};
  while (true) {
    Message message;
    event = worker.next(message);
    if (event == Event::message) {
      if (!TRY(run.take(message))) continue;
      peak_memory = worker.peak_memory();
      cpu_milliseconds = worker.stop();
      break;
    }
    if (event != Event::closed) {
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
  if (event == Event::stopped || (event == Event::closed && worker.is_stopped()))
    return stopped_on_request();
  outcome.isolation = isolation;
  outcome.cpu_milliseconds = cpu_milliseconds;
  outcome.peak_memory = peak_memory;
  return outcome;
}

// The inputs of a run, as descriptors of its own: the caller may close its before the job is drained.
class OwnInputs {
 public:
  Status add(std::uint8_t number, int descriptor) {
    const Input file = TRY(readable_input(descriptor));
    Descriptor own(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    if (!own) return fail(ErrorCode::unreadable, "input", system_message(errno));
    files_[number] = {own.get(), file.length, true};
    handed_.push_back(own.get());
    own_.push_back(std::move(own));
    return {};
  }
  const Inputs& files() const { return files_; }
  // In ascending order of their numbers.
  std::span<const int> descriptors() const { return handed_; }

 private:
  Inputs files_;
  std::vector<int> handed_;
  std::vector<Descriptor> own_;
};

class WorkerJob final : public Job {
 public:
  WorkerJob(std::unique_ptr<WorkerProcess> worker, OwnInputs inputs, std::string name,
            bool takes_children, const Limits& limits, Level required)
      : worker_(std::move(worker)),
        inputs_(std::move(inputs)),
        name_(std::move(name)),
        takes_children_(takes_children),
        limits_(limits),
        required_(required) {}

  Result<Outcome> drain(Sink& sink) override {
    if (!worker_) return fail(ErrorCode::usage, "job", "a job is drained once");
    const std::unique_ptr<WorkerProcess> worker = std::move(worker_);
    ParseRun run(inputs_.files(), limits_, sink, name_, takes_children_);
    return drain_into(run, *worker, required_);
  }

 private:
  std::unique_ptr<WorkerProcess> worker_;
  OwnInputs inputs_;
  std::string name_;
  bool takes_children_;
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
  // Plugins that live in one worker: the built-in ones, or the one of a shared object. Nothing that
  // a worker says is ever put down to the plugin of another unit.
  struct Unit {
    const ExecutableImage* object = nullptr;  // nullptr: built in
    std::size_t first = 0;                    // index of its first plugin in plugins_
    std::uint32_t count = 0;
    std::unique_ptr<WorkerProcess> prober;
    int probes_left = 0;
  };
  struct Answers {
    std::vector<Score> scores;
    std::vector<std::string>& trouble;
  };

  Status start_prober(Unit& unit);
  Status add_unit(const ExecutableImage* object);
  Status add_plugin(const Unit& unit, const PluginMessage& message);
  Status ask_for_scores(Unit& unit, const Input& input, const std::string& name,
                        std::uint32_t& next, Answers& answers);

  Options options_;
  WorkerSetup setup_;
  Isolation isolation_;
  std::vector<PluginInfo> plugins_;  // unit by unit, in the order of their workers
  std::vector<Unit> units_;
};

Status WorkerHost::start() {
  setup_ = TRY(make_setup(options_));
  TRY(add_unit(nullptr));
  for (const ExecutableImage& object : setup_.objects) TRY(add_unit(&object));
  return {};
}

Status WorkerHost::start_prober(Unit& unit) {
  unit.prober = TRY(WorkerProcess::start(setup_, unit.object, options_.probe_limits));
  unit.probes_left = kProbesPerWorker;
  const Isolation achieved = TRY(unit.prober->hello());
  if (units_.empty() || achieved.level < isolation_.level) isolation_ = achieved;
  return require(achieved, options_.required);
}

Status WorkerHost::add_unit(const ExecutableImage* object) {
  const std::string where = object != nullptr ? object->path : "worker";
  Unit unit;
  unit.object = object;
  unit.first = plugins_.size();
  TRY(start_prober(unit));
  TaskMessage task;
  task.mode = Mode::describe;
  TRY(unit.prober->send(task, {}));
  while (true) {
    using Event = WorkerProcess::Event;
    Message message;
    const Event event = unit.prober->next(message);
    if (event == Event::stopped) return stopped_on_request();
    if (event == Event::closed)
      return fail(ErrorCode::plugin, where,
                  "it cannot be loaded: " + unit.prober->verdict().detail);
    if (event != Event::message)
      return fail(ErrorCode::plugin, where, "it cannot be loaded: " + std::string(describe(event)));
    if (message.type == FrameType::done) break;
    PluginMessage plugin;
    if (message.type != FrameType::plugin || !decode(message.payload, plugin) ||
        (object != nullptr && unit.count > 0))
      return fail(ErrorCode::plugin, where, "it does not say which plugin it holds");
    TRY(add_plugin(unit, plugin));
    ++unit.count;
  }
  if (object != nullptr && unit.count == 0)
    return fail(ErrorCode::plugin, where, "it does not say which plugin it holds");
  units_.push_back(std::move(unit));
  return {};
}

Status WorkerHost::add_plugin(const Unit& unit, const PluginMessage& message) {
  const ExecutableImage& image = unit.object != nullptr ? *unit.object : setup_.program;
  PluginInfo info;
  auto manifest = read_manifest(message.manifest);
  if (!manifest) return fail(ErrorCode::plugin, image.path, manifest.error().text());
  info.manifest = std::move(*manifest);
  info.id = info.manifest.text("id");
  info.version = info.manifest.text("version");
  info.name = info.manifest.text("name");
  info.carrier = unit.object != nullptr ? "shared-object" : "built-in";
  info.sha256 = image.sha256;
  info.abi = message.abi;
  info.companions = companion_wishes(info.manifest);
  if (std::ranges::find(plugins_, info.id, &PluginInfo::id) != plugins_.end())
    return fail(ErrorCode::plugin, image.path, "a second plugin with the id " + info.id);
  plugins_.push_back(std::move(info));
  return {};
}

// Asks from plugin `next` of the unit on, as far as the worker gets. What ends it is put down to
// the plugin that was being asked, and `next` moves behind that one.
Status WorkerHost::ask_for_scores(Unit& unit, const Input& input, const std::string& name,
                                  std::uint32_t& next, Answers& answers) {
  using Event = WorkerProcess::Event;
  const auto id = [&] { return plugins_[unit.first + next].id; };
  if (unit.prober && unit.prober->has_more()) {
    answers.trouble.push_back(id() + ": its worker spoke before it was asked");
    unit.prober.reset();
  }
  if (!unit.prober || unit.probes_left-- <= 0) TRY(start_prober(unit));
  TaskMessage task;
  task.mode = Mode::probe;
  task.plugin = next;
  task.length = input.length;
  task.name = name;
  TRY(unit.prober->send(task, {&input.descriptor, 1}));
  unit.prober->begin_waiting();

  std::string trouble_now;
  bool is_suspect = false;
  while (trouble_now.empty()) {
    Message message;
    const Event event = unit.prober->next(message);
    if (event == Event::stopped) {
      unit.prober.reset();
      return stopped_on_request();
    }
    if (event == Event::closed) {
      const WorkerProcess::Verdict verdict = unit.prober->verdict();
      trouble_now = verdict.detail.empty() ? "the worker left" : verdict.detail;
    } else if (event != Event::message) {
      trouble_now = describe(event);
    } else if (message.type == FrameType::done && next == unit.count) {
      if (is_suspect) unit.prober.reset();
      return {};
    } else if (ScoreMessage score; message.type == FrameType::score &&
                                   decode(message.payload, score) && score.plugin == next &&
                                   next < unit.count) {
      if (score.failed)
        answers.trouble.push_back(id() + ": it threw an exception across the C boundary");
      else if (score.score < 0 || score.score > 100)
        answers.trouble.push_back(id() + ": its score " + std::to_string(score.score) +
                                  " is not between 0 and 100");
      else if (score.score > 0)
        answers.scores.push_back({id(), score.score});
      is_suspect |= score.failed || score.score < 0 || score.score > 100;
      ++next;
    } else {
      trouble_now = "it sent a message that makes no sense here";
    }
  }
  unit.prober.reset();
  if (next == unit.count) return {};
  answers.trouble.push_back(id() + ": " + trouble_now);
  ++next;
  return {};
}

Result<std::vector<Score>> WorkerHost::probe(const Descriptor& input, const std::string& name,
                                             std::vector<std::string>& trouble) {
  const Input file = TRY(readable_input(input.get()));
  Answers answers{{}, trouble};
  for (Unit& unit : units_)
    for (std::uint32_t next = 0; next < unit.count;)
      TRY(ask_for_scores(unit, file, name, next, answers));
  std::ranges::sort(answers.scores, [](const Score& a, const Score& b) {
    return a.score != b.score ? a.score > b.score : a.plugin < b.plugin;
  });
  return std::move(answers.scores);
}

Result<std::unique_ptr<Job>> WorkerHost::parse(Task task) {
  const auto plugin = std::ranges::find(plugins_, task.plugin, &PluginInfo::id);
  if (plugin == plugins_.end())
    return fail(ErrorCode::not_found, task.plugin, "there is no plugin of this id");
  const auto index = static_cast<std::size_t>(plugin - plugins_.begin());
  const auto unit = std::ranges::find_if(
      units_, [&](const Unit& one) { return index - one.first < one.count && index >= one.first; });
  OwnInputs inputs;
  TRY(inputs.add(0, task.input));

  TaskMessage message;
  message.mode = Mode::parse;
  message.plugin = static_cast<std::uint32_t>(index - unit->first);
  message.length = inputs.files()[0].length;
  message.name = std::move(task.name);
  message.options = std::move(task.options);
  message.siblings = std::move(task.siblings);
  message.keys = std::move(task.keys);
  message.takes_children = task.takes_children;
  message.limits = task.limits;
  std::uint8_t last = 0;
  for (Companion& each : task.companions) {
    if (each.input <= last || each.input >= model::kMostInputs)
      return fail(ErrorCode::internal, "input", "companions are numbered 1 to 7, in order");
    last = each.input;
    TRY(inputs.add(each.input, each.descriptor));
    message.companions.push_back(
        {each.input, std::move(each.name), inputs.files()[each.input].length});
  }
  auto worker = TRY(WorkerProcess::start(setup_, unit->object, task.limits));
  TRY(worker->send(message, inputs.descriptors()));
  return std::make_unique<WorkerJob>(std::move(worker), std::move(inputs), std::move(message.name),
                                     message.takes_children, task.limits, options_.required);
}

Result<Outcome> WorkerHost::unpack(const Descriptor& input, const std::string& name,
                                   const Limits& limits, MemberSink& sink) {
  const Input file = TRY(readable_input(input.get()));
  TaskMessage message;
  message.mode = Mode::unpack;
  message.length = file.length;
  message.name = name;
  message.limits = limits;
  auto worker = TRY(WorkerProcess::start(setup_, nullptr, limits));
  TRY(worker->send(message, {&file.descriptor, 1}));
  UnpackRun run(file.length, limits, sink);
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
