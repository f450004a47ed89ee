#pragma once
// Record lines as a copy that is handed over holds them, one file an entry: docs/ledger.md section
// 8.2 is normative. Lines are hashed as they stream by, so that memory does not depend on them.

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "base/sha256.hpp"
#include "ledger/record_tree.hpp"
#include "ledger/verify.hpp"

namespace forensics::ledger {

inline constexpr std::uint64_t kMaxRecordLine = std::uint64_t{1} << 28;

// "000000000005.jsonl", and back: nullopt where a name is not of this form.
std::string record_file_name(std::uint64_t seq);
std::optional<std::uint64_t> record_file_seq(std::string_view name);

// Leaf hashes of lines that come in pieces.
class RecordLines {
 public:
  // ErrorCode::corrupt: a false redaction or an overlong line; add no more.
  Status add(ByteView piece);
  // ErrorCode::corrupt: the last line has no end.
  Result<RecordSummary> finish() const;

 private:
  Status end_line();

  Sha256 hash_;
  std::string head_;  // of the line: enough to tell a redacted one
  std::uint64_t length_ = 0;
  bool begun_ = false;  // a line, which may be empty
  RecordTree tree_;
};

// The folder `records/` of a case or copy, while its entries are verified.
class RecordFiles {
 public:
  explicit RecordFiles(Source& source) : source_(source) {}

  // What cannot be the file of any entry comes back; call once, first.
  std::vector<std::string> list();
  // What the file of an entry gives; nullopt: there is none. Each entry once.
  Result<std::optional<RecordSummary>> summary(std::uint64_t seq);
  // Files that no entry was asked about.
  const std::set<std::uint64_t>& rest() const { return left_; }

 private:
  Source& source_;
  std::set<std::uint64_t> left_;
};

}  // namespace forensics::ledger
