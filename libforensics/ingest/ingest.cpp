#include "ingest/ingest.hpp"

#include <cstdlib>
#include <memory>

#include "ingest/pipeline.hpp"

namespace forensics::ingest {
namespace {

// A batch is what one sync of the file system and one write of the ledger make durable.
constexpr std::uint64_t kBatchBytes = std::uint64_t{256} << 20;
constexpr std::uint64_t kBatchCount = 1000;
constexpr std::size_t kMaxErrors = 100;

std::string without_trailing_slashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

// True where `inner` is `outer` or lies below it, links resolved.
bool holds(const std::string& outer, const std::string& inner) {
  const auto resolved = [](const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                           &std::free);
    return real ? std::string(real.get()) : std::string();
  };
  const std::string below = resolved(inner) + "/";
  const std::string above = resolved(outer);
  return !above.empty() && below.starts_with(above == "/" ? above : above + "/");
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
                  "this reference names another exhibit already (" + std::string(select.blob(2)) +
                      "): choose another with --exhibit");
  }
  return std::optional<Known>();
}

Result<std::int64_t> next_exhibit(const casefile::Database& database) {
  casefile::Statement select =
      TRY(database.prepare("SELECT coalesce(max(id), 0) + 1 FROM exhibit"));
  TRY(select.step());
  return select.integer(0);
}

std::string automatic_reference(std::int64_t id) {
  const std::string number = std::to_string(id);
  return "EX" + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
}

// The exhibit's number, or nullopt where all of it was taken in before.
Result<std::optional<std::int64_t>> open_exhibit(Session& session, const std::string& source,
                                                 const std::string& reference,
                                                 const IngestOptions& options,
                                                 IngestSummary& summary) {
  if (const auto known = TRY(find_exhibit(session.database(), source, reference))) {
    if (!known->closed) return std::optional(known->id);
    summary.known.push_back(source);
    return std::optional<std::int64_t>();
  }
  const std::int64_t id = TRY(next_exhibit(session.database()));
  Json body = Json::object();
  body["exhibit"] = id;
  body["reference"] = reference.empty() ? automatic_reference(id) : reference;
  put_evidence_bytes(body, "source", source);
  body["custodian"] = options.custodian;
  body["note"] = options.note;
  TRY(session.enter(ledger::entry_type::kExhibit, std::move(body)));
  TRY(session.flush());
  ++summary.exhibits;
  return std::optional(id);
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
    if (acquisition.status == "unreadable") ++summary.unreadable;
  }
  TRY(session_.enter(ledger::entry_type::kAcquire, acquisition.body()));
  if (++unflushed_count_ < kBatchCount && unflushed_bytes_ < kBatchBytes) return {};
  unflushed_bytes_ = 0;
  unflushed_count_ = 0;
  return session_.flush();
}

Result<IngestSummary> ingest(const std::string& case_folder, const std::vector<std::string>& paths,
                             const IngestOptions& options) {
  // Before anything is written: a machine that cannot confine workers takes nothing in.
  TRY(casefile::read_facts({case_folder}));
  const std::unique_ptr<plugin::Host> host = TRY(plugin::Host::start(options.host));

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

  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::string source = without_trailing_slashes(paths[i]);
    if (holds(source, case_folder))
      return fail(ErrorCode::usage, source,
                  "the case folder lies inside this path: the case would take in itself");
    auto walk = evidence::Walk::open(source);
    if (!walk) {
      ++summary.unreadable;
      summary.errors.push_back(walk.error());
      continue;
    }
    const auto exhibit = TRY(
        open_exhibit(*session, source, reference_for(options, i, paths.size()), options, summary));
    if (exhibit) TRY(pipeline.take_in(*exhibit, *walk));
    // Exhibit by exhibit, so that the numbers of an exhibit's artifacts stand together.
    TRY(pipeline.unpack_all());
  }
  TRY(pipeline.unpack_all());
  TRY(pipeline.parse_all());

  casefile::Statement open = TRY(
      session->database().prepare("SELECT id FROM exhibit WHERE closed = 0 ORDER BY id LIMIT 1"));
  while (TRY(open.step())) {
    const std::int64_t exhibit = open.integer(0);
    open.reset();
    TRY(close_exhibit(*session, exhibit));
  }
  summary.nothing_read = summary.artifacts > 0 && summary.records == 0;
  TRY(session->close(session_facts(summary)));
  return std::move(summary);
}

}  // namespace forensics::ingest
