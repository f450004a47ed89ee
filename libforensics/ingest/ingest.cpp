#include "ingest/ingest.hpp"

#include <cstdlib>
#include <memory>

#include "evidence/media_type.hpp"
#include "ingest/pipeline.hpp"

namespace forensics::ingest {
namespace {

// A batch is what one sync of the file system and one write of the ledger make durable.
constexpr std::uint64_t kBatchBytes = std::uint64_t{256} << 20;
constexpr std::uint64_t kBatchCount = 1000;
constexpr std::size_t kMaxErrors = 100;

// Absolute, links resolved: "../phone" from two folders is two sources. Empty: not there.
std::string resolved(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         &std::free);
  return real ? std::string(real.get()) : std::string();
}

// True where `inner` is `outer` or lies below it, links resolved.
bool holds(const std::string& outer, const std::string& inner) {
  return (inner + "/").starts_with(outer == "/" ? outer : outer + "/");
}

struct Known {
  std::int64_t id = 0;
  bool closed = false;
};

Result<std::optional<Known>> find_exhibit(const casefile::Database& database,
                                          const std::string& source, const std::string& reference) {
  casefile::Statement select = TRY(database.prepare(
      "SELECT id, closed, source, reference FROM exhibit WHERE source = ?1 OR reference = ?2"));
  select.bind_blob(1, source).bind_text(2, reference);
  while (TRY(select.step())) {
    const bool same_source = select.blob(2) == source;
    const bool same_reference = reference.empty() || select.text(3) == reference;
    if (same_source && same_reference) return Known{select.integer(0), select.integer(1) != 0};
    if (!same_source)
      return fail(ErrorCode::usage, reference,
                  "this reference names another exhibit already (" + legible(select.blob(2)) +
                      "): choose another with --exhibit");
  }
  return std::optional<Known>();
}

// The first of EX001, EX002, ... from the exhibit's own number on that no exhibit has.
Result<std::string> free_reference(const casefile::Database& database, std::int64_t number) {
  casefile::Statement taken = TRY(database.prepare("SELECT 1 FROM exhibit WHERE reference = ?"));
  for (;; ++number) {
    const std::string digits = std::to_string(number);
    const std::string reference =
        "EX" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
    if (!TRY(taken.bind_text(1, reference).step())) return reference;
    taken.reset();
  }
}

// A source that was taken in to its end is known again by its files: their paths, sizes and times.
Result<bool> is_unchanged(const casefile::Database& database, std::int64_t exhibit,
                          evidence::Walk& walk) {
  casefile::Statement find =
      TRY(database.prepare("SELECT size, modified, sha256 IS NULL FROM artifact"
                           " WHERE exhibit = ? AND path = ? AND member = 0"));
  casefile::Statement count =
      TRY(database.prepare("SELECT count(*) FROM artifact WHERE exhibit = ? AND parent IS NULL"));
  TRY(count.bind(1, exhibit).step());
  std::int64_t left = count.integer(0);
  while (const auto entry = walk.next()) {
    if (!TRY(find.bind(1, exhibit).bind_blob(2, entry->path).step())) return false;
    const bool has_bytes = find.integer(2) == 0;
    const bool same = !has_bytes || (find.integer(0) == static_cast<std::int64_t>(entry->size) &&
                                     find.integer(1) == entry->modified);
    find.reset();
    if (!same) return false;
    --left;
  }
  return left == 0;
}

struct Target {
  std::int64_t exhibit = 0;
  evidence::Walk walk;
};

// The exhibit that a path stands for and its walk; nullopt where all of it was taken in before.
Result<std::optional<Target>> open_exhibit(Session& session, const std::string& source,
                                           const std::string& reference,
                                           const IngestOptions& options, IngestSummary& summary,
                                           std::vector<std::int64_t>& touched) {
  evidence::Walk walk = TRY(evidence::Walk::open(source));
  if (const auto known = TRY(find_exhibit(session.database(), source, reference))) {
    touched.push_back(known->id);
    if (!known->closed) return Target{known->id, std::move(walk)};
    if (!TRY(is_unchanged(session.database(), known->id, walk)))
      return fail(ErrorCode::usage, source,
                  "a source of this path is in the case already, and the files here are others: "
                  "name this one with --exhibit");
    summary.known.push_back(source);
    return std::optional<Target>();
  }
  casefile::Statement last =
      TRY(session.database().prepare("SELECT coalesce(max(id), 0) + 1 FROM exhibit"));
  TRY(last.step());
  const std::int64_t id = last.integer(0);
  last.reset();
  Json body = Json::object();
  body["exhibit"] = id;
  body["reference"] = reference.empty() ? TRY(free_reference(session.database(), id)) : reference;
  put_evidence_bytes(body, "source", source);
  body["custodian"] = options.custodian;
  body["note"] = options.note;
  TRY(session.enter(ledger::entry_type::kExhibit, std::move(body)));
  TRY(session.flush());
  ++summary.exhibits;
  touched.push_back(id);
  return Target{id, std::move(walk)};
}

Status close_exhibit(Session& session, std::int64_t exhibit) {
  casefile::Statement select = TRY(session.database().prepare(
      "SELECT count(*), coalesce(sum(size), 0), count(error_code) FROM artifact"
      " WHERE exhibit = ?"));
  TRY(select.bind(1, exhibit).step());
  Json body = Json::object();
  body["exhibit"] = exhibit;
  body["artifacts"] = select.integer(0);
  body["bytes"] = select.integer(1);
  body["errors"] = select.integer(2);
  select.reset();
  TRY(session.enter(ledger::entry_type::kExhibitClose, std::move(body)));
  return session.flush();
}

// Exhibits that were begun and not ended.
Result<std::vector<std::pair<std::string, std::string>>> open_sources(
    const casefile::Database& database) {
  casefile::Statement select =
      TRY(database.prepare("SELECT source, reference FROM exhibit WHERE closed = 0 ORDER BY id"));
  std::vector<std::pair<std::string, std::string>> sources;
  while (TRY(select.step())) sources.emplace_back(select.blob(0), select.text(1));
  return sources;
}

Json session_facts(const IngestSummary& summary) {
  Json facts = Json::object();
  facts["artifacts"] = summary.artifacts;
  facts["bytes"] = summary.bytes;
  facts["messages"] = summary.messages;
  facts["rejected"] = summary.rejected;
  facts["unexplained_bytes"] = summary.unexplained_bytes;
  return facts;
}

// A reference for several paths at once is numbered: EX-A becomes EX-A.1, EX-A.2.
std::string reference_for(const IngestOptions& options, std::size_t index, std::size_t count) {
  if (options.reference.empty() || count == 1) return options.reference;
  return options.reference + "." + std::to_string(index + 1);
}

}  // namespace

Status Pipeline::check_stop() const {
  if (options_.stop == nullptr || !options_.stop->load(std::memory_order_relaxed)) return {};
  return fail(ErrorCode::cancelled, session_.paths().root,
              "stopped on request; run the same command again to go on");
}

void Pipeline::report(std::string_view stage, std::uint64_t more_bytes) {
  if (progress_.stage != stage) {
    progress_.stage = stage;
    progress_.done = 0;
    progress_.total = 0;
  }
  progress_.done += more_bytes;
  progress_.artifacts = summary.artifacts;
  if (options_.progress) options_.progress(progress_);
}

void Pipeline::remember(const Error& error) {
  if (summary.errors.size() < kMaxErrors) summary.errors.push_back(error);
}

Result<std::int64_t> Pipeline::new_artifact() {
  if (next_artifact_ == 0) {
    casefile::Statement select =
        TRY(session_.database().prepare("SELECT coalesce(max(id), 0) FROM artifact"));
    TRY(select.step());
    next_artifact_ = select.integer(0) + 1;
  }
  return next_artifact_++;
}

Result<bool> Pipeline::is_known(std::int64_t exhibit, const std::string& path,
                                std::int64_t member) {
  // Nothing of a new exhibit can be in the database unless an earlier run put it there.
  casefile::Statement select = TRY(session_.database().prepare(
      "SELECT 1 FROM artifact WHERE exhibit = ? AND path = ? AND member = ?"));
  return select.bind(1, exhibit).bind_blob(2, path).bind(3, member).step();
}

Status Pipeline::acquire(Acquisition acquisition) {
  ++summary.artifacts;
  if (acquisition.object) {
    if (acquisition.depth == 0) summary.bytes += acquisition.object->size;
    unflushed_bytes_ += acquisition.object->size;
  }
  if (acquisition.error) {
    remember(*acquisition.error);
  }
  TRY(session_.enter(ledger::entry_type::kAcquire, acquisition.body()));
  if (++unflushed_count_ < kBatchCount && unflushed_bytes_ < kBatchBytes) return {};
  unflushed_bytes_ = 0;
  unflushed_count_ = 0;
  return session_.flush();
}

Status Pipeline::count_attention(const std::vector<std::int64_t>& exhibits) {
  casefile::Statement count = TRY(session_.database().prepare(
      "SELECT status, coalesce(error_code, ''), type, count(*), sum(unexplained), sum(records)"
      " FROM artifact WHERE exhibit = ? GROUP BY 1, 2, 3"));
  casefile::Statement rejected = TRY(session_.database().prepare(
      "SELECT coalesce(sum(run.rejected), 0) FROM run JOIN artifact ON artifact.id = run.artifact"
      " WHERE artifact.exhibit = ?"));
  std::uint64_t read = 0;
  for (const std::int64_t exhibit : exhibits) {
    while (TRY(count.bind(1, exhibit).step())) {
      const auto status = static_cast<casefile::ArtifactStatus>(count.integer(0));
      const std::string_view error = count.text(1);
      const auto number = static_cast<std::uint64_t>(count.integer(3));
      summary.unexplained_bytes += static_cast<std::uint64_t>(count.integer(4));
      read += static_cast<std::uint64_t>(count.integer(5));
      if (status == casefile::ArtifactStatus::unreadable) {
        summary.unreadable += number;
      } else if (status == casefile::ArtifactStatus::special) {
        continue;
      } else if (error == name_of(ErrorCode::limit)) {
        summary.limited += number;
      } else if (error == name_of(ErrorCode::plugin)) {
        summary.stopped += number;
      } else if (!error.empty()) {
        summary.partial += number;
      }
      if (status == casefile::ArtifactStatus::unrecognised && !evidence::is_media(count.text(2)))
        summary.unrecognised += number;
    }
    TRY(rejected.bind(1, exhibit).step());
    summary.rejected += static_cast<std::uint64_t>(rejected.integer(0));
    rejected.reset();
  }
  summary.nothing_read = read == 0 && summary.unrecognised > 0;
  return {};
}

namespace {

Result<IngestSummary> ingest_once(const std::string& case_folder,
                                  const std::vector<std::string>& paths,
                                  const IngestOptions& options) {
  // Before anything is written: a machine that cannot confine workers takes nothing in.
  TRY(casefile::read_facts({case_folder}));
  plugin::Host::Options hosting = options.host;
  hosting.stop = options.stop;
  const std::unique_ptr<plugin::Host> host = TRY(plugin::Host::start(hosting));

  Session::Options opening;
  opening.purpose = "ingest";
  opening.files = options.files;
  opening.clock = options.clock;
  opening.rederive = [&](Session& session, const ledger::Entry& entry) {
    return Pipeline(session, *host, options).rederive(entry);
  };
  const std::unique_ptr<Session> session = TRY(Session::open(case_folder, std::move(opening)));
  Pipeline pipeline(*session, *host, options);
  IngestSummary& summary = pipeline.summary;

  std::vector<std::int64_t> touched;  // exhibits that this call is about
  std::vector<std::int64_t> whole;    // those of which everything is taken in now
  std::uint64_t unreachable = 0;
  const std::string own = resolved(case_folder);
  const auto take_in = [&](const std::string& source, const std::string& reference) -> Status {
    if (holds(source, own) || holds(own, source))
      return fail(ErrorCode::usage, source,
                  "the case folder lies inside this path, or this path inside the case folder: the "
                  "case would take in itself");
    auto target = open_exhibit(*session, source, reference, options, summary, touched);
    if (!target) {
      if (target.error().code != ErrorCode::not_found &&
          target.error().code != ErrorCode::unreadable)
        return tl::unexpected(std::move(target.error()));
      ++unreachable;
      summary.errors.push_back(std::move(target.error()));
      return {};
    }
    if (!*target) return {};
    TRY(pipeline.take_in((*target)->exhibit, (*target)->walk));
    // Exhibit by exhibit, so that the numbers of an exhibit's artifacts stand together.
    TRY(pipeline.unpack_all());
    whole.push_back((*target)->exhibit);
    return {};
  };
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::string source = resolved(paths[i]);
    if (source.empty()) {
      ++unreachable;
      summary.errors.push_back({ErrorCode::not_found, paths[i], "there is no such file or folder"});
      continue;
    }
    TRY(take_in(source, reference_for(options, i, paths.size())));
  }
  // Without a path: whatever an earlier call left unfinished.
  if (paths.empty()) {
    for (const auto& [source, reference] : TRY(open_sources(session->database())))
      TRY(take_in(source, reference));
  }
  TRY(pipeline.unpack_all());
  TRY(pipeline.parse_all());
  for (const std::int64_t exhibit : whole) TRY(close_exhibit(*session, exhibit));
  TRY(pipeline.count_attention(touched));
  summary.unreadable += unreachable;
  TRY(session->close(session_facts(summary)));
  return std::move(summary);
}

}  // namespace

Result<IngestSummary> ingest(const std::string& case_folder, const std::vector<std::string>& paths,
                             const IngestOptions& options) {
  auto done = ingest_once(case_folder, paths, options);
  if (!done && done.error().code == ErrorCode::output)
    done.error().message +=
        "; what was taken in is safe: see to the disk, then run the same command again (it goes on "
        "where it stopped)";
  return done;
}

}  // namespace forensics::ingest
