#include "ingest/verify.hpp"

#include <limits>
#include <memory>

#include "casefile/case.hpp"
#include "casefile/object_store.hpp"
#include "casefile/reader.hpp"
#include "ingest/leaf_pipe.hpp"
#include "ingest/siblings.hpp"
#include "ledger/folder_source.hpp"
#include "ledger/record_tree.hpp"
#include "model/record_line.hpp"
#include "plugin/span_check.hpp"

namespace forensics::ingest {
namespace {

using casefile::Statement;

// Walks the records of one run in the order of their positions: messages and the other kinds stand
// in two tables, and each is in order already.
class RunRecords {
 public:
  static Result<RunRecords> of(const casefile::Database& database, std::int64_t run) {
    Statement select =
        TRY(database.prepare("SELECT coalesce(first_message, 0), messages FROM run WHERE id = ?"));
    if (!TRY(select.bind(1, run).step()))
      return fail(ErrorCode::integrity, "run " + std::to_string(run),
                  "the case database does not have it");
    RunRecords records;
    records.messages_ = TRY(database.prepare(
        "SELECT position, data, text FROM message WHERE id >= ? AND id < ? AND run = ?"
        " ORDER BY id"));
    records.messages_.bind(1, select.integer(0))
        .bind(2, select.integer(0) + select.integer(1))
        .bind(3, run);
    records.others_ =
        TRY(database.prepare("SELECT position, data FROM record WHERE run = ? ORDER BY position"));
    records.others_.bind(1, run);
    records.has_message_ = TRY(records.messages_.step());
    records.has_other_ = TRY(records.others_.step());
    return records;
  }

  // false at the end.
  Result<bool> next(model::Record& record) {
    if (!has_message_ && !has_other_) return false;
    const bool message = has_message_ && (!has_other_ || messages_.integer(0) < others_.integer(0));
    Statement& row = message ? messages_ : others_;
    if (!model::decode(row.blob(1), record))
      return fail(ErrorCode::integrity, "record " + std::to_string(row.integer(0)),
                  "its stored form cannot be read");
    if (message) {
      for (model::Field& field : record.fields)
        if (field.key == model::Key::text) field.text = row.text(2);
    }
    (message ? has_message_ : has_other_) = TRY(row.step());
    return true;
  }

 private:
  Statement messages_, others_;
  bool has_message_ = false, has_other_ = false;
};

// The tree of the stored records of one `derive` entry, each checked against the bytes of its
// artifact on the way.
class StoredRecords {
 public:
  static Result<StoredRecords> open(const std::string& root) {
    casefile::OpenCase opened = TRY(casefile::open_case(root));
    ledger::SaltKey salts = TRY(ledger::SaltKey::load(ledger::Layout(root).salt_key()));
    return StoredRecords(std::move(opened), std::move(salts));
  }

  Result<ledger::RecordSummary> summary(const ledger::Entry& entry) {
    Statement select = TRY(case_.database.prepare(
        "SELECT run.id, artifact.sha256 FROM run JOIN artifact ON artifact.id = run.artifact"
        " WHERE run.seq = ?"));
    if (!TRY(select.bind(1, static_cast<std::int64_t>(entry.seq)).step()))
      return fail(ErrorCode::integrity, "ledger entry " + std::to_string(entry.seq),
                  "the case database does not have the records of this entry");
    const std::int64_t run = select.integer(0);
    const auto digest = digest_from_bytes(select.blob(1));
    if (!digest)
      return fail(ErrorCode::integrity, "run " + std::to_string(run), "its artifact has no digest");
    casefile::ObjectStore objects(Files::system(), case_.paths);
    const Descriptor object = TRY(objects.open(*digest));
    plugin::RecordCheck check(object.get(), TRY(size_of(object)),
                              std::numeric_limits<std::uint64_t>::max());

    RunRecords records = TRY(RunRecords::of(case_.database, run));
    ledger::RecordTree tree;
    model::Record record;
    std::string line;
    while (TRY(records.next(record))) {
      if (const auto wrong = check.reject(record))
        return fail(ErrorCode::integrity, "record " + std::to_string(tree.count()),
                    "it does not say what its bytes say: " + *wrong);
      const ledger::Salt salt = salts_.salt(view(*digest), tree.count());
      line.clear();
      model::append_record_line(
          record, to_hex({reinterpret_cast<const char*>(salt.data()), salt.size()}), line);
      tree.add(line);
    }
    return tree.summary();
  }

 private:
  StoredRecords(casefile::OpenCase opened, ledger::SaltKey salts)
      : case_(std::move(opened)), salts_(std::move(salts)) {}

  casefile::OpenCase case_;
  ledger::SaltKey salts_;
};

// Only the tree of what a plugin says when it is asked again.
class TreeOnly : public plugin::Sink {
 public:
  TreeOnly(ledger::SaltKey& salts, const Digest& source)
      : leaves_(salts, std::string(view(source))) {}
  Status record(const model::Record& record) override {
    leaves_.add(record);
    return {};
  }
  Status skip(const plugin::Skip&) override { return {}; }
  Status note(const plugin::Note&) override { return {}; }
  ledger::RecordSummary summary() { return leaves_.finish(); }

 private:
  LeafPipe leaves_;
};

// Runs the plugin that an entry names on the stored bytes again.
Result<ledger::RecordSummary> derive_again(const std::string& case_folder, plugin::Host& host,
                                           const plugin::Limits& limits,
                                           const ledger::Entry& entry) {
  const casefile::OpenCase opened = TRY(casefile::open_case(case_folder));
  ledger::SaltKey salts = TRY(ledger::SaltKey::load(ledger::Layout(case_folder).salt_key()));
  const std::string where = "ledger entry " + std::to_string(entry.seq);
  const auto citation = casefile::parse_citation(entry.body.text("artifact"));
  const auto artifact =
      citation ? TRY(casefile::Reader(opened.database).artifact(citation->id)) : std::nullopt;
  const Json* plugin = entry.body.find("plugin");
  if (!artifact || !artifact->sha256 || plugin == nullptr)
    return fail(ErrorCode::integrity, where, "the artifact that it read is not in the database");
  const casefile::ObjectStore objects(Files::system(), opened.paths);
  const Descriptor object = TRY(objects.open(*artifact->sha256));
  plugin::Task task;
  task.plugin = plugin->text("id");
  task.input = object.get();
  task.name = file_name(artifact->path);
  task.options = entry.body.text("options", "{}");
  task.siblings = TRY(siblings_of(opened.database, *artifact));
  task.limits = limits;
  const auto job = TRY(host.parse(std::move(task)));
  TreeOnly tree(salts, *artifact->sha256);
  TRY(job->drain(tree));
  return tree.summary();
}

}  // namespace

Result<ledger::Verdict> verify_case(const std::string& case_folder,
                                    const CaseVerifyOptions& options) {
  TRY(casefile::read_facts({case_folder}));
  ledger::FolderSource source(case_folder);
  ledger::VerifyOptions verifying = options.ledger;
  auto stored = StoredRecords::open(case_folder);
  std::unique_ptr<plugin::Host> host;
  if (options.deep) host = TRY(plugin::Host::start(options.host));
  verifying.records = [&](const ledger::Entry& entry) -> Result<ledger::RecordSummary> {
    if (!stored) return tl::unexpected(stored.error());
    const ledger::RecordSummary summary = TRY(stored->summary(entry));
    if (!host) return summary;
    const auto again = TRY(derive_again(case_folder, *host, options.limits, entry));
    if (!(again == summary))
      return fail(ErrorCode::integrity, "ledger entry " + std::to_string(entry.seq),
                  "reading the artifact again gives other records than are stored");
    return summary;
  };
  return ledger::verify(source, verifying);
}

std::vector<std::string> limits_of(const ledger::Verdict& verdict,
                                   const CaseVerifyOptions& options) {
  // verify_case() always compares the records, whatever its caller put there.
  ledger::VerifyOptions done = options.ledger;
  done.records = [](const ledger::Entry&) { return Result<ledger::RecordSummary>(); };
  return ledger::limits_of(verdict, done);
}

}  // namespace forensics::ingest
