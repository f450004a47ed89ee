#include "exit_code.hpp"

namespace forensics::cli {

Exit exit_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage: return Exit::usage;
    case ErrorCode::not_found:
    case ErrorCode::unreadable:
    case ErrorCode::unknown:
    case ErrorCode::truncated:
    case ErrorCode::corrupt:
    case ErrorCode::encrypted:
    case ErrorCode::newer: return Exit::input;
    case ErrorCode::integrity: return Exit::integrity;
    case ErrorCode::plugin:
    case ErrorCode::isolation: return Exit::plugin;
    case ErrorCode::busy:
    case ErrorCode::output: return Exit::output;
    case ErrorCode::limit: return Exit::limit;
    case ErrorCode::cancelled: return Exit::interrupted;
    case ErrorCode::internal: return Exit::internal;
  }
  return Exit::internal;
}

Exit exit_for(const ingest::IngestSummary& summary) {
  if (summary.stopped > 0 || summary.limited > 0) return Exit::plugin;
  if (summary.unreadable > 0 || summary.nothing_read) return Exit::input;
  if (summary.unexplained_bytes > 0 || summary.rejected > 0 || summary.partial > 0 ||
      summary.unrecognised > 0)
    return Exit::attention;
  return Exit::complete;
}

Exit exit_for(const ledger::Verdict& verdict) {
  if (verdict.failures > 0) return Exit::integrity;
  return verdict.warnings > 0 ? Exit::attention : Exit::complete;
}

}  // namespace forensics::cli
