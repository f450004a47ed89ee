#pragma once
// The report of a case: a folder of static HTML that opens from disk, with no script and no access
// to any network. docs/report.md says what each page holds and how the report can be checked.
//
//   ReportSummary made = TRY(write_report("/cases/0417", "/media/usb/report", {}));
//
// The same case gives the same bytes on every machine. Memory does not grow with the number of
// messages. Threads: any number of reports at once, into different folders.

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/files.hpp"

namespace forensics::report {

struct ReportOptions {
  // Pages are cut when they reach this size; 20,000 to 800,000.
  std::size_t page_bytes = 400'000;
  Files* files = nullptr;  // nullptr: Files::system()
  // The database is compared with ledger and objects first, and a case that does not verify gets no
  // report. Without, the cover says that nobody looked.
  bool check = true;
};

struct ReportSummary {
  std::string folder;
  std::int64_t pages = 0;
  std::int64_t files = 0;  // all of them, pages and media; without the manifest
  std::int64_t bytes = 0;
  std::int64_t conversations = 0, messages = 0;
  // Objects that could not be read, or that are not what the case says they are: named in the
  // report where they would have stood, and on its cover.
  std::int64_t unreadable_objects = 0, altered_objects = 0;
  Digest manifest{};  // SHA-256 of manifest-sha256.txt, for the ledger
};

// Writes to `out`, which must be absent, an empty folder or an earlier report (which is replaced
// once the new one is complete). ErrorCode::output: anything else stands there, or writing failed;
// ErrorCode::usage: an option is out of range; ::integrity: the case does not verify; all others: the case cannot be read. Nothing is left
// behind on failure.
Result<ReportSummary> write_report(const std::string& case_root, const std::string& out,
                                   const ReportOptions& options);

}  // namespace forensics::report
