#pragma once
// What the ledger says of a crash that was cleared up, and what is left of it. docs/ledger.md
// section 7 is normative.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "ledger/entry.hpp"
#include "ledger/verify.hpp"

namespace forensics::ledger {

inline constexpr std::string_view kTailUnsigned = "tail_unsigned";
inline constexpr std::string_view kTailMoved = "tail_moved";

// "4711-<SHA-256>.tail", the name of bytes that were moved aside, and back: nullopt where a name is
// not of this form.
std::string recovery_file_name(std::uint64_t offset, const Digest& sha256);
std::optional<Digest> recovery_digest_of(std::string_view name);

// The `recovery` entries of a ledger that is verified, and the folder `ledger/recovery/`.
class Recoveries {
 public:
  Recoveries(Source& source, Verdict& verdict) : source_(source), verdict_(verdict) {}

  void take(std::uint64_t seq, const Entry& entry);
  // After the last entry: the bytes that were moved aside are still there, and nothing else is.
  void finish();

 private:
  struct Moved {
    std::uint64_t seq = 0;
    std::uint64_t size = 0;
  };

  void find(std::string code, Severity severity, std::string where, std::string message);
  void take_unsigned(std::uint64_t seq, const Entry& entry);
  // False where the entry is malformed, which is reported.
  bool take_moved(std::uint64_t seq, const Entry& entry);
  // What is wrong with a file that was moved aside; empty: nothing.
  std::string trouble_with(const std::string& name, std::uint64_t size) const;

  Source& source_;
  Verdict& verdict_;
  std::multimap<std::string, Moved> moved_;  // by name
};

}  // namespace forensics::ledger
