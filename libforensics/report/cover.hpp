#pragma once
// The two pages that are written last, from what the others learned.

#include "report/checkpoint.hpp"
#include "report/context.hpp"

namespace forensics::report {

Status write_method(Context& context, const LedgerState& ledger);
Status write_cover(Context& context, const LedgerState& ledger);

}  // namespace forensics::report
