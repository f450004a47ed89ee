#pragma once
// What came back from outside and stands beside the checkpoints: time-stamp tokens and
// cosignatures. A part of the verifier; docs/ledger.md sections 6.3, 6.4 and 9.1 (7 and 8) are
// normative.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/checkpoint.hpp"
#include "ledger/entry.hpp"
#include "ledger/verify.hpp"

namespace forensics::ledger {

// The kinds of outside evidence, each with a folder below ledger/.
struct EvidenceKind {
  std::string_view name;       // in `anchor_in`
  std::string_view folder;     // below ledger/
  std::string_view extension;  // of its files
  std::string_view code;       // of findings
  std::string_view missing;    // code of a warning
  Source::Folder place;
};
inline constexpr EvidenceKind kTokens{"rfc3161", "tokens",     ".tsr",
                                      "TS",      "TS-MISSING", Source::Folder::tokens};
inline constexpr EvidenceKind kCosignatures{"cosignature",     "cosignatures",
                                            ".note",           "WITNESS",
                                            "WITNESS-MISSING", Source::Folder::cosignatures};

// "000000000008-1.tsr", and the size back: nullopt where a name is not of this form.
std::string evidence_file_name(const EvidenceKind& kind, std::uint64_t size, std::uint64_t number);
std::optional<std::uint64_t> evidence_size_of(const EvidenceKind& kind, std::string_view name);

class OutsideEvidence {
 public:
  OutsideEvidence(Source& source, const VerifyOptions& options, Verdict& verdict)
      : source_(source), options_(options), verdict_(verdict) {}

  // Lists the folders and opens the cosignatures of known witnesses. Returns their statements, to
  // be compared with the ledger: `name` is the file's.
  struct Statement {
    std::string name;
    std::uint64_t size = 0;
    Digest root{};
  };
  std::vector<Statement> begin(std::string_view origin);

  // An `anchor_in` entry, at the place `seq`, which its own number need not be.
  void take(std::uint64_t seq, const Entry& entry);

  // Reports on all files. `checkpoints`: sizes that files are named after, and which of them are
  // wholly valid.
  void finish(const std::map<std::uint64_t, bool>& checkpoints, bool tokens_wanted);

 private:
  struct Recorded {
    std::uint64_t seq = 0;
    Digest sha256{};
  };
  using Files = std::map<std::string, std::vector<Recorded>>;  // by name: what entries say of it

  Files& recorded(const EvidenceKind& kind) { return &kind == &kTokens ? tokens_ : cosignatures_; }
  void find(std::string_view code, Severity severity, std::string where, std::string message);
  void list(const EvidenceKind& kind, std::set<std::string>& names);
  void open_cosignature(const std::string& name, std::string_view origin,
                        std::vector<Statement>& statements);
  void check_folder(const EvidenceKind& kind, const std::set<std::string>& there,
                    const std::map<std::uint64_t, bool>& checkpoints);
  std::optional<std::uint64_t> compare(const EvidenceKind& kind, const std::string& where,
                                       ByteView bytes, const std::vector<Recorded>& recorded);
  void check_token(const std::string& where, ByteView bytes, std::uint64_t size,
                   std::optional<std::uint64_t> recorded, bool valid_checkpoint);

  Source& source_;
  const VerifyOptions& options_;
  Verdict& verdict_;
  std::set<std::string> token_names_, cosignature_names_;
  std::set<std::string> cosigners_;  // names of known witnesses with a good cosignature
  std::set<std::string> opened_;     // files with a line of a known witness
  Files tokens_, cosignatures_;
};

}  // namespace forensics::ledger
