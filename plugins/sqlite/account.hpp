#pragma once
// Every byte of a seized database that is no row: skipped with a reason, so that a reader sees what
// was looked at and what is neither record nor structure stays unexplained.

#include <forensics/plugin.hpp>

#include <functional>
#include <string_view>

#include "database.hpp"
#include "gaps.hpp"
#include "seized_files.hpp"

namespace sqlite {

// `is_read` says of a table whether the caller answers for its rows, each by a record or a skip of
// its own: their cells are left out here. All else is skipped in runs: other tables as
// "sqlite-table:NAME", then indexes, free space, the freelist, images that no longer count, heads.
// To be called once, after the rows; what records cover counts as covered all the same. Returns
// which row ids the tables that are read do not use.
TableGaps account_for_rest(const fx::Host& host, Database& db, const SeizedFiles& files,
                           const std::function<bool(const Table&)>& is_read);

// Hands the defects that the reader met to the host as notes.
void report_defects(const fx::Host& host, Database& db, const SeizedFiles& files);

}  // namespace sqlite
