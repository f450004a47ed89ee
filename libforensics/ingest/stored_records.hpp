#pragma once
// The stored records of one run, in the order in which its plugin gave them.

#include <cstdint>

#include "casefile/database.hpp"
#include "model/record.hpp"

namespace forensics::ingest {

// Messages and the other kinds stand in two tables, and each is in order already.
class StoredRecords {
 public:
  // `first_message`: the messages of the run are numbered from here on.
  static Result<StoredRecords> of(const casefile::Database& database, std::int64_t run,
                                  std::int64_t first_message);

  // false at the end. ErrorCode::integrity: a record cannot be read, or is not in its place.
  Result<bool> next(model::Record& record);

 private:
  Status next_message();

  casefile::Statement messages_, others_;
  std::int64_t run_ = 0;
  std::int64_t position_ = 0;
  bool has_message_ = false, has_other_ = false;
};

}  // namespace forensics::ingest
