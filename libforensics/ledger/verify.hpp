#pragma once
// The verifier: what a ledger, its checkpoints and the objects that it names prove, and what they
// do not. It needs nothing of the program that made the case but this folder and OpenSSL, reads
// through a small interface so that a copy on any medium can be verified, and never writes.
//
//   FolderSource source("/media/copy/case");
//   Verdict verdict = TRY(verify(source, {.key_fingerprint = from_paper, .anchors = {anchor}}));
//   for (const Finding& finding : verdict.findings) print(finding);
//
// docs/ledger.md section 9 gives the algorithm and the meaning of each code.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "ledger/cosignature.hpp"
#include "ledger/entry.hpp"
#include "ledger/record_tree.hpp"
#include "ledger/timestamp.hpp"
#include "ledger/verdict.hpp"

namespace forensics::ledger {

// Where a case to verify comes from. Nothing that it yields is trusted.
class Source {
 public:
  virtual ~Source() = default;
  // Up to `length` bytes of entries.jsonl at `offset`; fewer only at its end.
  virtual Result<std::string> read_ledger(std::uint64_t offset, std::uint64_t length) = 0;
  // Names in a folder, sorted; none where there is no such folder, but for the checkpoints.
  enum class Folder { ledger, checkpoints, tokens, cosignatures, recovery, keys, records };
  virtual Result<std::vector<std::string>> names(Folder folder) = 0;
  // A whole file of at most `limit` bytes, or any file in pieces, in order.
  virtual Result<std::string> read(Folder folder, const std::string& name, std::uint64_t limit) = 0;
  virtual Status read_pieces(Folder folder, const std::string& name,
                             const std::function<void(ByteView)>& piece) = 0;
  // Hands over an object's bytes in order. Any error means that the object is not there.
  virtual Status read_object(const Digest& digest, const std::function<void(ByteView)>& piece) = 0;
  // Calls `name` with each stored object's digest in hex, or with the name of whatever else is
  // there.
  virtual Status each_object(const std::function<void(std::string_view)>& name) = 0;
};

// A size and root that left the control of whoever holds the key: from paper, a witness, an e-mail.
struct Anchor {
  std::uint64_t size = 0;
  Digest root{};
};

struct VerifyOptions {
  std::optional<std::string> key_fingerprint = {};  // as given on paper; see same_fingerprint()
  std::vector<Anchor> anchors = {};
  std::optional<Authorities> authorities = {};  // absent: time-stamp tokens are not opened
  std::vector<Witness> witnesses = {};          // cosignatures of others are passed over
  bool objects = true;                          // false: read no object, list none
  // Sees every well-formed entry, in order, before anything else is asked about it.
  std::function<void(const Entry&)> entry = {};
  // Reads the stored records of one `derive` entry again; nullopt: they are not there to be
  // checked. Absent: record trees are not checked.
  std::function<Result<std::optional<RecordSummary>>(const Entry& derive)> records = {};
};

// What a verification without failure cannot show, for this verdict; whole sentences.
std::vector<std::string> limits_of(const Verdict& verdict, const VerifyOptions& options);

// An Error only where the check could not be done: the ledger or the list of checkpoints cannot be
// read, or is of a newer version. Everything else is a finding.
Result<Verdict> verify(Source& source, const VerifyOptions& options);

}  // namespace forensics::ledger
