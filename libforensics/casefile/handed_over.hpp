#pragma once
// A case folder may come from somebody who wants to harm whoever opens it. What has to hold before
// SQLite opens the database of a case, before one of its tables is read, and before anything in the
// folder is written.

#include "casefile/case.hpp"
#include "casefile/database.hpp"

namespace forensics::casefile {

// The database and the files that belong to it are plain files (a pipe would be waited for), and
// its journal names no other file: SQLite deletes the one that a journal names as soon as it has
// rolled the journal back. ErrorCode::corrupt, and nothing has been opened. A database that is not
// there is plain.
Status require_plain_database(const std::string& path);

// The tables are those that this program makes and nothing stands in for one: a view in the place
// of a table computes whatever its author likes, for as long as he likes. ErrorCode::corrupt.
Status require_own_schema(const Database& database);

// No folder of the case is a link: what is written or cleared away would be somewhere else.
// ErrorCode::integrity.
Status require_own_folders(const CasePaths& paths);

}  // namespace forensics::casefile
