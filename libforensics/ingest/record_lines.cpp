#include "ingest/record_lines.hpp"

#include <charconv>
#include <functional>
#include <map>
#include <set>

#include "base/files.hpp"
#include "casefile/case.hpp"
#include "casefile/reader.hpp"
#include "ingest/stored_records.hpp"
#include "ledger/ledger.hpp"
#include "ledger/proof_path.hpp"
#include "ledger/record_files.hpp"
#include "ledger/record_tree.hpp"
#include "model/record_line.hpp"

namespace forensics::ingest {
namespace {

using casefile::Citation;

constexpr std::size_t kWriteAt = std::size_t{1} << 20;

using EachLine = std::function<Status(std::uint64_t index, ByteView line)>;

// The lines of one run, which have to give the tree that its entry states.
Status for_lines(const casefile::OpenCase& open, ledger::SaltKey& salts, const casefile::Run& run,
                 const EachLine& each) {
  const casefile::Reader reader(open.database);
  const auto artifact = TRY(reader.artifact(run.artifact));
  const std::string where = "records of ledger entry " + std::to_string(run.seq);
  if (!artifact || !artifact->sha256)
    return fail(ErrorCode::integrity, where, "the artifact that was read has no bytes");
  StoredRecords records =
      TRY(StoredRecords::of(open.database, run.id, run.first_message.value_or(INT64_MAX)));
  ledger::RecordTree tree;
  model::Record record;
  std::string line;
  while (TRY(records.next(record))) {
    const ledger::Salt salt = salts.salt(view(*artifact->sha256), tree.count());
    line.clear();
    model::append_record_line(
        record, to_hex({reinterpret_cast<const char*>(salt.data()), salt.size()}), line);
    TRY(each(tree.count(), line));
    tree.add(line);
  }
  if (tree.root() == run.root && tree.count() == static_cast<std::uint64_t>(run.records)) return {};
  return fail(ErrorCode::integrity, where,
              "what is stored is not what was read: run `forensics verify`");
}

tl::unexpected<Error> not_there(std::string_view what) {
  return fail(ErrorCode::usage, std::string(what), "there is no such thing in this case");
}

// Positions of the records to redact, by run.
class Redactions {
 public:
  static Result<Redactions> of(const casefile::Reader& reader,
                               const std::vector<std::string>& texts) {
    Redactions out;
    for (const std::string& text : texts) {
      const auto citation = casefile::parse_citation(text);
      if (!citation || citation->what == Citation::What::artifact)
        return fail(ErrorCode::usage, text,
                    "messages (C0003-M000124) and conversations (C0003) can be redacted");
      casefile::MessageFilter filter;
      filter.conversation = citation->id;
      const bool all = citation->what == Citation::What::conversation;
      bool any = false;
      TRY(reader.messages(filter, [&](const casefile::Message& message) -> Result<bool> {
        if (!all && message.number != citation->number) return true;
        any = true;
        out.positions_[message.run].insert(message.position);
        return all;
      }));
      if (!any) return not_there(text);
    }
    return out;
  }

  bool has(std::int64_t run, std::uint64_t position) const {
    const auto found = positions_.find(run);
    return found != positions_.end() && found->second.contains(static_cast<std::int64_t>(position));
  }

 private:
  std::map<std::int64_t, std::set<std::int64_t>> positions_;
};

Result<std::vector<casefile::Run>> all_runs(const casefile::OpenCase& open) {
  std::vector<casefile::Run> runs;
  const casefile::Reader reader(open.database);
  casefile::Statement select = TRY(open.database.prepare("SELECT id FROM run ORDER BY seq"));
  while (TRY(select.step()))
    if (auto run = TRY(reader.run(select.integer(0)))) runs.push_back(std::move(*run));
  return runs;
}

class RecordFile {
 public:
  static Result<RecordFile> create(std::string path) {
    RecordFile file;
    file.descriptor_ = TRY(Files::system().create(path, 0644));
    file.path_ = std::move(path);
    return file;
  }

  Status add(ByteView line) {
    pending_.append(line).append("\n");
    return pending_.size() < kWriteAt ? Status() : flush();
  }

  Status close() {
    TRY(flush());
    return Files::system().sync(descriptor_, path_);
  }

 private:
  Status flush() {
    TRY(Files::system().write(descriptor_, pending_, path_));
    pending_.clear();
    return {};
  }

  Descriptor descriptor_;
  std::string path_;
  std::string pending_;
};

// The database says where things stand in the ledger. What it says is believed only where the proof
// that follows from it holds.
Result<ledger::Proof> checked(ledger::Proof proof, std::string_view type,
                              std::string_view artifact) {
  const ledger::ProofCheck check = ledger::check_proof(proof.encode(), {});
  if (check.fits() && check.entry->type == type &&
      check.entry->body.text("artifact") == artifact)
    return proof;
  return fail(ErrorCode::integrity, "ledger entry " + std::to_string(proof.index),
              "it is not what the case database takes it for: run `forensics verify`");
}

Result<ledger::Proof> prove_message(const casefile::OpenCase& open,
                                    const casefile::Message& message) {
  const casefile::Reader reader(open.database);
  const auto run = TRY(reader.run(message.run));
  if (!run)
    return fail(ErrorCode::integrity, open.paths.database(), "a message belongs to no plugin run");
  const auto index = static_cast<std::uint64_t>(message.position);
  const auto count = static_cast<std::uint64_t>(run->records);
  if (index >= count)
    return fail(ErrorCode::integrity, open.paths.database(), "a message has an impossible place");
  ledger::Proof proof =
      TRY(ledger::prove_entry(open.paths.root, static_cast<std::uint64_t>(run->seq)));
  proof.record = ledger::Proof::Record{};
  proof.record->index = index;
  ledger::PathCollector path = ledger::PathCollector::inclusion(index, count);
  ledger::SaltKey salts = TRY(ledger::SaltKey::load(ledger::Layout(open.paths.root).salt_key()));
  TRY(for_lines(open, salts, *run, [&](std::uint64_t at, ByteView line) -> Status {
    if (at == index) proof.record->line = line;
    path.append(ledger::leaf_hash(line));
    return {};
  }));
  proof.record->path = path.hashes();
  return checked(std::move(proof), ledger::entry_type::kDerive,
                 casefile::artifact_id(run->artifact));
}

}  // namespace

Result<RecordExport> write_record_files(const std::string& case_folder, const std::string& folder,
                                        const std::vector<std::string>& redact) {
  const casefile::OpenCase open = TRY(casefile::open_case(case_folder));
  const Redactions redactions = TRY(Redactions::of(casefile::Reader(open.database), redact));
  ledger::SaltKey salts = TRY(ledger::SaltKey::load(ledger::Layout(case_folder).salt_key()));
  TRY(Files::system().make_directory(folder));
  RecordExport out;
  for (const casefile::Run& run : TRY(all_runs(open))) {
    const std::string path =
        folder + '/' + ledger::record_file_name(static_cast<std::uint64_t>(run.seq));
    if (exists(path)) return fail(ErrorCode::usage, path, "there is such a file already");
    RecordFile file = TRY(RecordFile::create(path));
    TRY(for_lines(open, salts, run, [&](std::uint64_t index, ByteView line) -> Status {
      ++out.lines;
      if (!redactions.has(run.id, index)) return file.add(line);
      ++out.redacted;
      return file.add(ledger::redacted_form(line));
    }));
    TRY(file.close());
    ++out.files;
  }
  TRY(Files::system().sync_directory(folder));
  return out;
}

Result<ledger::Proof> prove(const std::string& case_folder, std::string_view what) {
  std::uint64_t seq = 0;
  const char* const end = what.data() + what.size();
  if (const auto read = std::from_chars(what.data(), end, seq);
      read.ec == std::errc{} && read.ptr == end)
    return ledger::prove_entry(case_folder, seq);

  const auto citation = casefile::parse_citation(what);
  if (!citation || citation->what == Citation::What::conversation)
    return fail(ErrorCode::usage, std::string(what),
                "what can be proven is a file (A000017), a message (C0003-M000124), or an entry of "
                "the ledger by its number");
  const casefile::OpenCase open = TRY(casefile::open_case(case_folder));
  const casefile::Reader reader(open.database);
  if (citation->what == Citation::What::artifact) {
    const auto artifact = TRY(reader.artifact(citation->id));
    if (!artifact) return not_there(what);
    return checked(TRY(ledger::prove_entry(case_folder, static_cast<std::uint64_t>(artifact->seq))),
                   ledger::entry_type::kAcquire, casefile::artifact_id(artifact->id));
  }
  const auto message = TRY(reader.message(citation->id, citation->number));
  if (!message) return not_there(what);
  return prove_message(open, *message);
}

}  // namespace forensics::ingest
