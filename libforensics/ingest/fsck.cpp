#include "ingest/fsck.hpp"

#include <sys/stat.h>

#include <array>
#include <map>

#include "base/sha256.hpp"
#include "casefile/lock.hpp"
#include "casefile/shipped_files.hpp"
#include "ledger/ledger.hpp"

namespace forensics::ingest {
namespace {

using ledger::Severity;
using ledger::Verdict;

constexpr unsigned kWritable = 0222;
constexpr unsigned kOthers = 0077;
constexpr std::uint64_t kMaxScript = std::uint64_t{1} << 20;
constexpr std::string_view kTail = ".tail";

Result<Digest> digest_of(const std::string& path) {
  const Descriptor file = TRY(open_read(path));
  Sha256 hash;
  for (std::uint64_t offset = 0;;) {
    const std::string piece = TRY(read_at(file, offset, 1 << 20));
    if (piece.empty()) return hash.finish();
    hash.update(piece);
    offset += piece.size();
  }
}

std::string octal(unsigned mode) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04o", mode & 07777U);
  return text.data();
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  for (const std::string_view each : names)
    if (name == each) return true;
  return false;
}

class Folder {
 public:
  Folder(const std::string& root, Verdict& verdict)
      : root_(root), layout_(root), verdict_(verdict) {}

  void look() {
    busy_ = casefile::is_being_written({root_});
    if (busy_)
      find("WRITER", Severity::note, "lock", "another command is writing to the case right now");
    look_at_root();
    look_for_temporary("ledger");
    look_for_temporary("ledger/checkpoints");
    for (const char* folder : {"ledger/tokens", "ledger/cosignatures"})
      if (exists(root_ + "/" + folder)) look_for_temporary(folder);
    look_for_temporary("keys");
    look_at_recovery();
    look_at_keys();
    look_at_objects();
  }

 private:
  void find(std::string code, Severity severity, std::string where, std::string message) {
    verdict_.add({std::move(code), severity, std::move(where), std::move(message)});
  }

  // Names in a folder of the case; none where it cannot be listed, which is a finding.
  std::vector<std::string> names_in(const std::string& folder) {
    auto names = list_directory(folder.empty() ? root_ : root_ + "/" + folder);
    if (names) return std::move(*names);
    find("STRANGER", Severity::warning, folder, "it cannot be listed: " + names.error().message);
    return {};
  }

  void leftover(const std::string& path) {
    struct stat facts {};
    const bool known = ::lstat((root_ + "/" + path).c_str(), &facts) == 0;
    find("LEFTOVER", busy_ ? Severity::note : Severity::warning, path,
         "a temporary file" +
             (known ? " of " + std::to_string(facts.st_size) + " bytes" : std::string()) +
             (busy_ ? ", perhaps of the command that is writing" : " of a run that was stopped"));
  }

  void look_at_root() {
    for (const std::string& name : names_in("")) {
      if (is_one_of(name, {"case.json", "ledger", "keys", "objects", "records", "case.db",
                           "reports", "lock"}))
        continue;
      if (look_at_shipped(name)) continue;
      if (name.starts_with("case.db.before-"))
        find("KEPT", Severity::note, name, "the case database as it was before a rebuild");
      else if (name.starts_with("case.db") || name == "case.json.tmp")
        leftover(name);
      else
        find("STRANGER", Severity::warning, name, "nothing that this program made");
    }
  }

  // A changed verifier could say what it likes of a changed case.
  bool look_at_shipped(const std::string& name) {
    for (const casefile::ShippedFile& file : casefile::shipped_files()) {
      if (name != file.name) continue;
      const auto bytes = read_file(root_ + "/" + name, kMaxScript);
      if (!bytes || *bytes != file.bytes)
        find("STRANGER", Severity::warning, name,
             "not as this version writes it: compare its SHA-256 before it is run");
      return true;
    }
    return false;
  }

  void look_for_temporary(const std::string& folder) {
    for (const std::string& name : names_in(folder))
      if (name.ends_with(".tmp") || name == "log.key.next") leftover(folder + "/" + name);
  }

  // Which entry accounts for which file in ledger/recovery.
  std::map<std::string, std::uint64_t, std::less<>> accounted() const {
    std::map<std::string, std::uint64_t, std::less<>> files;
    auto reader = ledger::Reader::open(root_);
    while (reader) {
      const auto entry = reader->next();
      if (!entry || !*entry) break;
      if ((*entry)->type != ledger::entry_type::kRecovery) continue;
      if (const auto file = (*entry)->body.text("file"); !file.empty())
        files.emplace(file, (*entry)->seq);
    }
    return files;
  }

  void look_at_recovery() {
    const auto entries = accounted();
    for (const std::string& name : names_in("ledger/recovery")) {
      const std::string where = "ledger/recovery/" + name;
      if (name.ends_with(".tmp")) {
        leftover(where);
        continue;
      }
      const auto digest = digest_of(root_ + "/" + where);
      const bool intact =
          digest && name.ends_with("-" + to_hex(view(*digest)) + std::string(kTail));
      const auto entry = entries.find(name);
      if (!intact)
        find("RECOVERED", Severity::warning, where,
             "it does not hold the bytes whose SHA-256 its name states");
      else if (entry == entries.end())
        find("RECOVERED", Severity::warning, where,
             "bytes that a crash left behind the valid entries; the ledger does not speak of them");
      else
        find("RECOVERED", Severity::note, where,
             "bytes that a crash left behind the valid entries; entry " +
                 std::to_string(entry->second) + " of the ledger accounts for them");
    }
  }

  void look_at_keys() {
    for (const std::string& path : {layout_.signing_key(), layout_.salt_key()}) {
      struct stat facts {};
      if (::lstat(path.c_str(), &facts) != 0) continue;  // a copy for a third party has none
      if ((facts.st_mode & kOthers) != 0)
        find("MODE", Severity::warning, path.substr(root_.size() + 1),
             "the key can be read by others: mode " + octal(facts.st_mode) + ", not 0600");
    }
  }

  // Contents and names are the verifier's affair; here it is about how they lie there.
  void look_at_objects() {
    for (const std::string& shard : names_in("objects")) {
      if (shard == "tmp") continue;
      for (const std::string& name : names_in("objects/" + shard)) {
        const std::string where = "objects/" + shard + "/" + name;
        struct stat facts {};
        if (::lstat((root_ + "/" + where).c_str(), &facts) != 0 || !S_ISREG(facts.st_mode))
          continue;
        if ((facts.st_mode & kWritable) != 0)
          find("MODE", Severity::warning, where,
               "a stored object can be written to: mode " + octal(facts.st_mode) + ", not 0400");
      }
    }
  }

  const std::string& root_;
  const ledger::Layout layout_;
  Verdict& verdict_;
  bool busy_ = false;
};

}  // namespace

Result<Verdict> check_folder(const std::string& case_folder, const CaseVerifyOptions& options) {
  Verdict verdict = TRY(verify_case(case_folder, options));
  Folder(case_folder, verdict).look();
  return verdict;
}

std::string_view remedy_of(const ledger::Finding& finding) {
  const std::string_view code = finding.code;
  constexpr std::string_view kRestore =
      "Change nothing; compare with a copy of the case made earlier, and restore from it.";
  if (is_one_of(code, {"CANON", "ENTRY", "SEQ", "CHAIN", "ROOT", "TRUNC", "SIG", "KEY", "ORIGIN",
                       "NAME", "PARENT", "ANCHOR", "CASE"}))
    return kRestore;
  if (code == "RECOVERY-LOST") return "Restore the file from a copy of the case made earlier.";
  if (code == "UNSIGNED")
    return "Look at these entries, and compare them with an older copy, a report or a witness; "
           "note so if they are what the run of that time wrote.";
  if (code == "OBJ-MISSING" || code == "OBJ-HASH")
    return "Restore the object from a copy of the case, or move it aside and ingest the same "
           "evidence again: the bytes are stored anew.";
  if (is_one_of(code, {"RECORDS", "INDEX", "DATABASE"}))
    return "The ledger and the objects decide: 'forensics rebuild CASE' makes the database anew "
           "and keeps this one.";
  if (code == "BEHIND" || code == "TORN")
    return "'forensics ingest CASE' goes on where the interrupted run stopped.";
  if (code == "TAIL")
    return "'forensics ingest CASE' signs them; if no run was interrupted, look at these entries.";
  if (code == "NOT-REPRODUCIBLE")
    return "Ingest the file again as an exhibit of its own, with a larger limit or a newer plugin.";
  if (code == "CLOCK") return "Nothing can be done; note why the clock of the machine was changed.";
  if (code == "RECOVERY" || code == "RECOVERED")
    return finding.severity == Severity::warning
               ? "'forensics ingest CASE' enters it into the ledger; keep it as it is."
               : "Nothing is to be done; keep it as it is.";
  if (code == "EXTRA")
    return finding.message.starts_with("no object: tmp/")
               ? "Left by an interrupted run: 'forensics ingest CASE' removes it."
               : "Harmless if a run was interrupted: the next ingest of the same evidence makes "
                 "use "
                 "of it. Otherwise find out who put it there.";
  if (code == "LEFTOVER")
    return "The command that was interrupted takes care of it when it is run again; otherwise it "
           "may be removed while no command runs.";
  if (code == "KEPT") return "Remove it once nobody needs it for comparison.";
  if (code == "MODE") return "Take the permission away (chmod 0400 for objects, 0600 for keys).";
  if (code == "STRANGER") return "Find out who put it there, and take it out of the case folder.";
  if (code == "WRITER") return "Run this command again when it is done: what it adds is in flux.";
  return "Look at it with 'forensics verify'.";
}

}  // namespace forensics::ingest
