#pragma once
// A report that left the case: a folder whose manifest-sha256.txt lists all of its files, and whose
// manifest's SHA-256 stands in a `report` entry. docs/ledger.md section 9.1, step 9.

#include <set>
#include <string>

#include "base/bytes.hpp"
#include "ledger/entry.hpp"
#include "ledger/verify.hpp"

namespace forensics::ledger {

class ReportFolders {
 public:
  void take(const Entry& entry);  // every entry, in order

  // Adds to `verdict` what is wrong with the report in `folder`. Links are not followed, and
  // nothing outside the folder is opened.
  void check(const std::string& folder, Verdict& verdict) const;

 private:
  std::set<Digest> manifests_;
};

}  // namespace forensics::ledger
