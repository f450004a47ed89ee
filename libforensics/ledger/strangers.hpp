#pragma once
// What lies in the folders of a ledger and has no name that belongs there: EXTRA, as docs/ledger.md
// section 9.1 has it. The folders below `ledger/` are looked through by those who know their files.

#include "ledger/verify.hpp"

namespace forensics::ledger {

void find_strangers(Source& source, Verdict& verdict);

}  // namespace forensics::ledger
