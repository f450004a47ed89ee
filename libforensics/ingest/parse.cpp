#include <deque>

#include "evidence/media_type.hpp"
#include "ingest/derivation.hpp"
#include "ingest/pipeline.hpp"
#include "ingest/run_writer.hpp"
#include "ingest/siblings.hpp"

namespace forensics::ingest {
namespace {

using casefile::ArtifactStatus;

// Passes records on and, every so often, says how far the run is and asks whether to stop.
class Watched : public plugin::Sink {
 public:
  Watched(plugin::Sink& sink, std::function<Status(std::uint64_t bytes)> tick)
      : sink_(sink), tick_(std::move(tick)) {}

  Status record(const model::Record& record) override {
    if ((++count_ & 0xFFF) == 0) TRY(tick_(record.extent.end()));
    return sink_.record(record);
  }
  Status skip(const plugin::Skip& skip) override { return sink_.skip(skip); }
  Status note(const plugin::Note& note) override { return sink_.note(note); }

 private:
  plugin::Sink& sink_;
  std::function<Status(std::uint64_t)> tick_;
  std::uint64_t count_ = 0;
};

ArtifactStatus status_of(const plugin::Outcome& outcome) {
  if (outcome.ending == plugin::Ending::complete) return ArtifactStatus::parsed;
  return outcome.records > 0 ? ArtifactStatus::partial : ArtifactStatus::failed;
}

bool was_stopped(plugin::Ending ending) {
  using plugin::Ending;
  return ending == Ending::crashed || ending == Ending::violation || ending == Ending::protocol ||
         ending == Ending::bug || ending == Ending::limit;
}

Status insert_run(const casefile::Database& database, std::int64_t id, std::int64_t artifact,
                  const Derivation& derivation, const RunWriter& writer, std::uint64_t seq) {
  const Derivation::Run& run = *derivation.run;
  casefile::Statement insert = TRY(database.prepare(
      "INSERT INTO run (id, artifact, plugin, version, plugin_sha256, options, level, ending,"
      " detail, records, rejected, root, stream, first_message, messages, seq)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  return insert.bind(1, id)
      .bind(2, artifact)
      .bind_text(3, run.plugin.id)
      .bind_text(4, run.plugin.version)
      .bind_blob(5, view(run.plugin.sha256))
      .bind_text(6, run.options)
      .bind_text(7, plugin::name_of(run.outcome.isolation.level))
      .bind_text(8, derivation.ending)
      .bind_text(9, run.outcome.detail)
      .bind(10, static_cast<std::int64_t>(run.outcome.records))
      .bind(11, static_cast<std::int64_t>(run.outcome.rejected))
      .bind_blob(12, view(run.records.root))
      .bind_blob(13, view(run.outcome.stream))
      .bind(14, writer.first_message())
      .bind(15, writer.messages())
      .bind(16, static_cast<std::int64_t>(seq))
      .run();
}

// An assertion that was made before this artifact was read holds for it too.
Status apply_assertions(const casefile::Database& database, std::int64_t exhibit) {
  casefile::Statement select = TRY(database.prepare(
      "SELECT 1 FROM exhibit WHERE id = ? AND (zone IS NOT NULL OR date_order IS NOT NULL)"));
  if (!TRY(select.bind(1, exhibit).step())) return {};
  select.reset();
  return timeline::rebuild_events(database, exhibit);
}

Result<std::uint64_t> bytes_to_parse(const casefile::Database& database) {
  casefile::Statement select =
      TRY(database.prepare("SELECT coalesce(sum(size), 0) FROM artifact WHERE status <= 1"));
  TRY(select.step());
  return static_cast<std::uint64_t>(select.integer(0));
}

}  // namespace

// One artifact on its way through a plugin. The worker already runs; its results wait in the
// socket.
struct Pipeline::Job {
  casefile::Artifact artifact;
  Descriptor object;
  std::vector<plugin::Score> scores;
  const plugin::PluginInfo* plugin =
      nullptr;  // the chosen one; nullptr: nobody claims the artifact
  std::unique_ptr<plugin::Job> run;
  std::vector<std::string> trouble;  // plugins that failed while probing
  std::string options = "{}";
};

Result<Pipeline::Job> Pipeline::start(const casefile::Artifact& artifact) {
  Job job;
  job.artifact = artifact;
  job.object = TRY(session_.objects().open(*artifact.sha256));
  const std::string name = file_name(artifact.path);
  job.scores = TRY(host_.probe(job.object, name, job.trouble));
  if (job.scores.empty()) return job;
  for (const plugin::PluginInfo& info : host_.plugins())
    if (info.id == job.scores.front().plugin) job.plugin = &info;
  plugin::Task task;
  task.plugin = job.scores.front().plugin;
  task.input = job.object.get();
  task.name = name;
  task.options = job.options;
  task.siblings = TRY(siblings_of(session_.database(), artifact));
  task.limits = options_.limits;
  job.run = TRY(host_.parse(std::move(task)));
  return job;
}

Status Pipeline::write_unclaimed(const Job& job) {
  Derivation derivation;
  derivation.ending = "unclaimed";
  derivation.probes = job.scores;
  if (!job.trouble.empty()) {
    derivation.status = ArtifactStatus::failed;
    derivation.error = Error{ErrorCode::plugin, casefile::artifact_id(job.artifact.id),
                             "while probing: " + job.trouble.front()};
    remember(*derivation.error);
    ++summary.stopped;
  } else if (!evidence::is_media(job.artifact.type)) {
    ++summary.unrecognised;
  }
  TRY(session_.begin());
  TRY(apply_derivation(session_.database(), job.artifact.id, derivation));
  return session_.derived(derivation.body(job.artifact));
}

// Drains the run into the open transaction. `seq` is the number of its ledger entry. The body of
// the `derive` entry, or null where the plugin found that the artifact is not of its format after
// all.
Result<Json> Pipeline::write_run(Job& job, std::uint64_t seq) {
  casefile::Database& database = session_.database();
  casefile::Statement last = TRY(database.prepare("SELECT coalesce(max(id), 0) FROM run"));
  TRY(last.step());
  const std::int64_t run = last.integer(0) + 1;
  last.reset();

  const auto writer = TRY(RunWriter::begin(database, session_.salts(), {run, job.artifact}));
  const std::uint64_t messages_before = progress_.messages;
  const std::uint64_t bytes_before = progress_.done;
  Watched watched(*writer, [&](std::uint64_t bytes) -> Status {
    progress_.messages = messages_before + static_cast<std::uint64_t>(writer->messages());
    progress_.done = bytes_before + bytes;
    report("parsing", 0);
    return check_stop();
  });
  plugin::Outcome outcome = TRY(job.run->drain(watched));
  if (outcome.ending == plugin::Ending::cancelled)
    return fail(ErrorCode::cancelled, casefile::artifact_id(job.artifact.id), "stopped");
  if (outcome.ending == plugin::Ending::not_mine) return Json();
  TRY(writer->finish(outcome));

  Derivation derivation;
  derivation.status = status_of(outcome);
  derivation.ending = plugin::name_of(outcome.ending);
  derivation.probes = job.scores;
  if (outcome.ending != plugin::Ending::complete)
    derivation.error =
        error_of(outcome, casefile::artifact_id(job.artifact.id) + " (" + job.artifact.path + ")");
  derivation.run = Derivation::Run{*job.plugin, job.options, options_.limits, std::move(outcome),
                                   writer->summary()};
  TRY(insert_run(database, run, job.artifact.id, derivation, *writer, seq));
  TRY(apply_derivation(database, job.artifact.id, derivation));
  TRY(apply_assertions(database, job.artifact.exhibit));

  const plugin::Outcome& ended = derivation.run->outcome;
  summary.messages += static_cast<std::uint64_t>(writer->messages());
  summary.conversations += writer->conversations();
  summary.records += ended.records;
  summary.rejected += ended.rejected;
  summary.unexplained_bytes += ended.unexplained_bytes;
  if (derivation.error) {
    remember(*derivation.error);
    ++(was_stopped(ended.ending) ? summary.stopped : summary.partial);
  }
  progress_.messages = messages_before + static_cast<std::uint64_t>(writer->messages());
  return derivation.body(job.artifact);
}

Status Pipeline::finish(Job job) {
  if (!job.run) return write_unclaimed(job);
  TRY(session_.begin());
  auto body = write_run(job, session_.ledger().size());
  if (!body || body->is_null()) {
    TRY(session_.abandon());
    if (!body) return tl::unexpected(std::move(body.error()));
    return write_unclaimed(job);
  }
  return session_.derived(std::move(*body));
}

Status Pipeline::parse_all() {
  casefile::Reader reader(session_.database());
  casefile::Statement next = TRY(session_.database().prepare(
      "SELECT id FROM artifact WHERE status <= 1 AND id > ? ORDER BY id LIMIT 1"));
  const std::size_t ahead = static_cast<std::size_t>(std::max(1, options_.jobs));
  std::deque<Job> jobs;
  std::int64_t last = 0;
  bool more = true;
  TRY(session_.flush());
  report("parsing", 0);
  progress_.total = TRY(bytes_to_parse(session_.database()));
  while (more || !jobs.empty()) {
    TRY(check_stop());
    while (more && jobs.size() < ahead) {
      more = TRY(next.bind(1, last).step());
      if (!more) break;
      last = next.integer(0);
      next.reset();
      const auto artifact = TRY(reader.artifact(last));
      if (artifact && artifact->sha256) jobs.push_back(TRY(start(*artifact)));
    }
    if (jobs.empty()) break;
    Job job = std::move(jobs.front());
    jobs.pop_front();
    const auto size = static_cast<std::uint64_t>(job.artifact.size);
    const std::uint64_t before = progress_.done;
    TRY(finish(std::move(job)));
    report("parsing", before + size - progress_.done);
  }
  return {};
}

Status Pipeline::rederive(const ledger::Entry& entry) {
  casefile::Reader reader(session_.database());
  const std::string where = "ledger entry " + std::to_string(entry.seq);
  const auto citation = casefile::parse_citation(entry.body.text("artifact"));
  const auto artifact = citation ? TRY(reader.artifact(citation->id)) : std::nullopt;
  if (!artifact)
    return fail(ErrorCode::integrity, where, "it derives from an artifact that was never taken in");
  if (entry.body.find("plugin") == nullptr)
    return apply_derivation(session_.database(), artifact->id, TRY(Derivation::from(entry.body)));

  Job job = TRY(start(*artifact));
  const std::string wanted(entry.body.find("plugin")->text("id"));
  if (!job.run || job.plugin->id != wanted)
    return fail(ErrorCode::plugin, where,
                "the plugin '" + wanted + "' that made this entry is not here or does not claim " +
                    "the artifact any more");
  const Json body = TRY(write_run(job, entry.seq));
  const Json* records = body.find("records");
  const Json* recorded = entry.body.find("records");
  if (records == nullptr || recorded == nullptr || !(*records == *recorded))
    return fail(ErrorCode::integrity, where,
                "reading artifact " + casefile::artifact_id(artifact->id) +
                    " again gives other records than the ledger states (plugin version then " +
                    std::string(entry.body.find("plugin")->text("version")) + ", now " +
                    job.plugin->version + ")");
  return {};
}

}  // namespace forensics::ingest
