#include <deque>

#include "base/sha256.hpp"
#include "evidence/media_type.hpp"
#include "ingest/child_intake.hpp"
#include "ingest/derivation.hpp"
#include "ingest/passing_sinks.hpp"
#include "ingest/pipeline.hpp"
#include "ingest/run_rows.hpp"
#include "ingest/run_writer.hpp"
#include "ingest/siblings.hpp"

namespace forensics::ingest {
namespace {

using casefile::ArtifactStatus;

std::string place_of(const casefile::Artifact& artifact) {
  return casefile::artifact_id(artifact.id) + " (" + artifact.path + ")";
}

ArtifactStatus status_of(const plugin::Outcome& outcome) {
  if (outcome.ending == plugin::Ending::complete) return ArtifactStatus::parsed;
  return outcome.records > 0 ? ArtifactStatus::partial : ArtifactStatus::failed;
}

// Endings that depend on the machine and the moment: the records before them are a prefix of what
// another run gives.
bool depends_on_the_moment(std::string_view ending) {
  using plugin::Ending;
  for (const Ending each : {Ending::crashed, Ending::violation, Ending::protocol, Ending::limit})
    if (ending == plugin::name_of(each)) return true;
  return false;
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
  std::vector<plugin::Score> scores;           // best first
  std::size_t next = 0;                        // the score whose plugin is asked next
  const plugin::PluginInfo* plugin = nullptr;  // the one asked now; nullptr: nobody is left
  std::vector<FoundCompanion> companions;      // that it reads besides
  std::optional<Json> stated;  // the entry that is followed, where a run is repeated
  std::unique_ptr<plugin::Job> run;
  std::vector<std::string> trouble;  // plugins that failed while probing, or declined
  std::string options = "{}";
  std::optional<std::uint64_t> only;  // take this many records and no more
  plugin::Limits limits;
};

Result<Pipeline::Job> Pipeline::probe(const casefile::Artifact& artifact) {
  Job job;
  job.artifact = artifact;
  job.limits = options_.limits;
  job.object = TRY(session_.objects().open(*artifact.sha256));
  job.scores = TRY(host_.probe(job.object, file_name(artifact.path), job.trouble));
  return job;
}

// Starts the plugin of the next score, if there is one.
Status Pipeline::start_next(Job& job) {
  job.run.reset();
  job.plugin = nullptr;
  if (job.next >= job.scores.size()) return {};
  const std::string& wanted = job.scores[job.next++].plugin;
  for (const plugin::PluginInfo& info : host_.plugins())
    if (info.id == wanted) job.plugin = &info;
  if (job.plugin == nullptr)
    return fail(ErrorCode::plugin, casefile::artifact_id(job.artifact.id),
                "the plugin '" + wanted + "' is not here");
  job.companions =
      job.stated ? TRY(stated_companions(session_.database(), session_.objects(), *job.stated))
                 : TRY(find_companions(session_.database(), session_.objects(), job.artifact,
                                       job.plugin->companions));
  plugin::Task task;
  task.plugin = wanted;
  task.input = job.object.get();
  task.name = file_name(job.artifact.path);
  task.options = job.options;
  task.siblings = TRY(siblings_of(session_.database(), job.artifact));
  task.companions = handed_over(job.companions);
  task.keys = options_.keys;
  task.takes_children = job.stated.has_value() || job.artifact.depth < options_.max_depth;
  task.limits = job.limits;
  job.run = TRY(host_.parse(std::move(task)));
  return {};
}

Status Pipeline::write_unclaimed(const Job& job) {
  Derivation derivation;
  derivation.ending = "unclaimed";
  derivation.probes = job.scores;
  derivation.trouble = job.trouble;
  if (!job.trouble.empty()) {
    derivation.status = ArtifactStatus::failed;
    derivation.error =
        Error{ErrorCode::plugin, place_of(job.artifact), "not read: " + job.trouble.front()};
    remember(*derivation.error);
  }
  TRY(session_.begin(0));
  TRY(apply_derivation(session_.database(), job.artifact.id, derivation));
  return session_.derived(derivation.body(job.artifact));
}

Json Pipeline::key_digests() const {
  Json list = Json::array();
  for (const std::string& key : options_.keys) list.push_back(to_hex(view(Sha256::of(key))));
  return list;
}

// True where the run of an entry was shown a key that is not at hand now.
bool Pipeline::lacks_keys_of(const Json& body) const {
  const Json* stated = body.find("keys");
  return stated != nullptr && *stated != Json::array() && *stated != key_digests();
}

// Drains the run into the open transaction. The body of the `derive` entry, or null where the
// plugin found that the artifact is not of its format after all.
Result<Json> Pipeline::write_run(Job& job, std::optional<std::uint64_t> seq) {
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
  Only only(watched, job.only);
  ChildIntake children(*this, job.artifact);
  WithChildren with_children(only, children);
  // A run that is repeated has its children already.
  auto drained = job.run->drain(job.stated ? static_cast<plugin::Sink&>(only) : with_children);
  TRY(children.drop_unfinished());
  plugin::Outcome outcome = TRY(std::move(drained));
  if (outcome.ending == plugin::Ending::cancelled)
    return fail(ErrorCode::cancelled, place_of(job.artifact), "stopped");
  if (outcome.ending == plugin::Ending::not_mine) return Json();
  TRY(writer->finish(outcome));

  Derivation derivation;
  derivation.status = status_of(outcome);
  derivation.ending = plugin::name_of(outcome.ending);
  derivation.detail = outcome.detail;
  derivation.plugin_id = job.plugin->id;
  derivation.records = outcome.records;
  derivation.covered = outcome.covered;
  derivation.skipped = outcome.skipped;
  derivation.unexplained = outcome.unexplained_bytes;
  derivation.probes = job.scores;
  derivation.trouble = job.trouble;
  for (const std::string& each : job.trouble)
    TRY(writer->note({2, {}, "plugin-trouble", legible(each)}));
  if (outcome.ending != plugin::Ending::complete)
    derivation.error = error_of(outcome, place_of(job.artifact));
  Derivation::Run& ran = derivation.run.emplace();
  ran.plugin = *job.plugin;
  ran.options = job.options;
  ran.limits = job.limits;
  ran.records = writer->summary();
  ran.companions = companions_json(job.companions, outcome);
  if (outcome.asked_for_keys) ran.keys = key_digests();
  ran.children = TRY(children.enter());
  TRY(writer->link_attachments());
  outcome.stream = session_.salts().keyed(outcome.stream);
  ran.outcome = std::move(outcome);
  TRY(insert_run(database, run, job.artifact.id, derivation, *writer,
                 seq ? *seq : session_.ledger().size()));
  TRY(apply_derivation(database, job.artifact.id, derivation));
  TRY(apply_assertions(database, job.artifact.exhibit));

  const plugin::Outcome& ended = derivation.run->outcome;
  summary.messages += static_cast<std::uint64_t>(writer->messages());
  summary.conversations += writer->conversations();
  summary.records += ended.records;
  if (derivation.error) remember(*derivation.error);
  progress_.messages = messages_before + static_cast<std::uint64_t>(writer->messages());
  Json body = derivation.body(job.artifact);
  TRY(insert_companions(database, run, body));
  return body;
}

// Writes what the first plugin finds that does not decline the artifact.
Status Pipeline::finish(Job job, Turn turn) {
  while (job.run) {
    TRY(session_.begin(static_cast<std::uint64_t>(job.artifact.size)));
    auto body = write_run(job, std::nullopt);
    if (body && !body->is_null()) return session_.derived(std::move(*body));
    if (!body) return tl::unexpected(std::move(body.error()));  // and the session is over
    TRY(session_.abandon());
    TRY(start_next(job));
  }
  if (turn == Turn::named) return {};
  return write_unclaimed(job);
}

// A file that the run of another one read gets its entry from there. False: none read it.
Result<bool> Pipeline::write_companion(const casefile::Artifact& artifact) {
  casefile::Statement select = TRY(session_.database().prepare(
      "SELECT run.artifact, companion.covered, companion.skipped, companion.unexplained"
      " FROM companion JOIN run ON run.id = companion.run WHERE companion.artifact = ?"
      " ORDER BY companion.run, companion.input LIMIT 1"));
  if (!TRY(select.bind(1, artifact.id).step())) return false;
  Derivation derivation;
  derivation.status = ArtifactStatus::companion;
  derivation.ending = "companion";
  derivation.read_with = select.integer(0);
  derivation.detail = "read together with " + casefile::artifact_id(derivation.read_with);
  derivation.covered = static_cast<std::uint64_t>(select.integer(1));
  derivation.skipped = static_cast<std::uint64_t>(select.integer(2));
  derivation.unexplained = static_cast<std::uint64_t>(select.integer(3));
  select.reset();
  TRY(session_.begin(0));
  TRY(apply_derivation(session_.database(), artifact.id, derivation));
  TRY(session_.derived(derivation.body(artifact)));
  return true;
}

// Reads the open artifacts up to `last_artifact` whose turn it is, in order of their numbers. What
// nobody claims in the turn of the named ones stays open: a later file may still ask for it.
Status Pipeline::parse_turn(Turn turn, std::int64_t last_artifact) {
  casefile::Reader reader(session_.database());
  casefile::Statement next = TRY(session_.database().prepare(
      "SELECT id FROM artifact WHERE status <= 1 AND id > ? AND id <= ? ORDER BY id LIMIT 1"));
  const std::size_t ahead = static_cast<std::size_t>(std::max(1, options_.jobs));
  std::deque<Job> jobs;
  std::int64_t last = 0;
  bool more = true;
  while (more || !jobs.empty()) {
    TRY(check_stop());
    while (more && jobs.size() < ahead) {
      more = TRY(next.bind(1, last).bind(2, last_artifact).step());
      if (!more) break;
      last = next.integer(0);
      next.reset();
      const auto artifact = TRY(reader.artifact(last));
      if (!artifact || !artifact->sha256) continue;
      // The last turn takes whatever is left.
      if (turn != Turn::suffixed && turn_of(file_name(artifact->path), host_.plugins()) != turn)
        continue;
      if (turn == Turn::suffixed && TRY(write_companion(*artifact))) continue;
      jobs.push_back(TRY(probe(*artifact)));
      TRY(start_next(jobs.back()));
    }
    if (jobs.empty()) break;
    Job job = std::move(jobs.front());
    jobs.pop_front();
    const auto size = static_cast<std::uint64_t>(job.artifact.size);
    const std::uint64_t before = progress_.done;
    TRY(finish(std::move(job), turn));
    report("parsing", before + size - progress_.done);
  }
  return {};
}

// What is made while others are read is read in a round of its own, whatever the number of workers.
Status Pipeline::parse_all() {
  TRY(session_.flush());
  casefile::Statement open = TRY(session_.database().prepare(
      "SELECT max(id) FROM artifact WHERE status <= 1 AND sha256 IS NOT NULL"));
  for (;;) {
    report("parsing", 0);
    progress_.total = progress_.done + TRY(bytes_to_parse(session_.database()));
    TRY(open.step());
    const std::optional<std::int64_t> last_artifact = open.maybe_integer(0);
    open.reset();
    if (!last_artifact) return {};
    for (const Turn turn : {Turn::plain, Turn::named, Turn::suffixed})
      TRY(parse_turn(turn, *last_artifact));
    TRY(unpack_all());
  }
}

Status Pipeline::rederive(const ledger::Entry& entry) {
  const casefile::Reader reader(session_.database());
  const std::string where = "ledger entry " + std::to_string(entry.seq);
  const auto citation = casefile::parse_citation(entry.body.text("artifact"));
  const auto artifact = citation ? TRY(reader.artifact(citation->id)) : std::nullopt;
  if (!artifact)
    return fail(ErrorCode::integrity, where, "it derives from an artifact that was never taken in");
  if (artifact->status > ArtifactStatus::unpacking || !artifact->sha256)
    return fail(
        ErrorCode::integrity, where,
        "it derives from " + place_of(*artifact) + ", which was read before or has no bytes");
  const Json* plugin = entry.body.find("plugin");
  const Json* recorded = entry.body.find("records");
  Derivation stated = TRY(Derivation::from(entry.body));
  if (plugin == nullptr || recorded == nullptr)
    return apply_derivation(session_.database(), artifact->id, stated);

  Job job;
  job.artifact = *artifact;
  job.limits = stated_limits(entry.body);
  job.object = TRY(session_.objects().open(*artifact->sha256));
  job.scores = {{std::string(plugin->text("id")), 0}};
  job.options = entry.body.text("options", "{}");
  job.stated = entry.body;
  const bool keyless = lacks_keys_of(entry.body);
  const bool momentary = depends_on_the_moment(stated.ending) || keyless;
  if (momentary) job.only = static_cast<std::uint64_t>(recorded->integer("count"));
  TRY(session_.database().execute("SAVEPOINT rederive"));
  TRY(start_next(job));
  const Json body = TRY(write_run(job, entry.seq));
  const Json* records = body.find("records");
  if (records != nullptr && *records == *recorded) {
    // The entry, not this second run, says how the first one ended and what read the artifact.
    TRY(restore_error(session_.database(), *artifact));
    TRY(apply_derivation(session_.database(), artifact->id, stated));
    TRY(restate_run(session_.database(), entry));
    return session_.database().execute("RELEASE rederive");
  }
  if (!momentary)
    return fail(ErrorCode::integrity, where,
                "reading " + place_of(*artifact) +
                    " again gives other records than the ledger states (plugin version then " +
                    std::string(plugin->text("version")) + ", now " + job.plugin->version + ")");
  TRY(session_.database().execute("ROLLBACK TO rederive; RELEASE rederive"));
  stated.status = ArtifactStatus::failed;
  stated.error =
      keyless ? Error{ErrorCode::encrypted, place_of(*artifact),
                      "it was read with a key that was not given now: its records are left out, "
                      "and 'forensics rebuild CASE --key FILE' brings them back"}
              : Error{ErrorCode::plugin, place_of(*artifact),
                      "the first run was stopped (" + stated.ending +
                          ") and a second one does not give the same records: they are left out"};
  return apply_derivation(session_.database(), artifact->id, stated);
}

}  // namespace forensics::ingest
