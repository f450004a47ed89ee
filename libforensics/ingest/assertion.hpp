#pragma once
// What an examiner states about an exhibit: its time zone, or which of two readings of its dates is
// the right one. A statement is an entry of the ledger, never a change of a record; the timeline
// follows from it again.

#include <optional>
#include <string>

#include "base/error.hpp"

namespace forensics::ingest {

struct Assertion {
  std::string exhibit;                    // reference
  std::optional<std::string> zone;        // IANA name, e.g. "Europe/Athens"
  std::optional<std::string> date_order;  // "day-month" or "month-day"
  std::string examiner;                   // empty: the case's examiner
  std::string reason;
};

// ErrorCode::usage: an unknown exhibit, zone or order, or nothing stated.
Status assert_about(const std::string& case_folder, const Assertion& assertion);

}  // namespace forensics::ingest
