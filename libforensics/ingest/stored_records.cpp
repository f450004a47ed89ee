#include "ingest/stored_records.hpp"

namespace forensics::ingest {

Result<StoredRecords> StoredRecords::of(const casefile::Database& database, std::int64_t run,
                                        std::int64_t first_message) {
  StoredRecords records;
  records.run_ = run;
  records.messages_ = TRY(
      database.prepare("SELECT run, position, data, text FROM message WHERE id >= ? ORDER BY id"));
  records.messages_.bind(1, first_message);
  records.others_ =
      TRY(database.prepare("SELECT position, data FROM record WHERE run = ? ORDER BY position"));
  records.others_.bind(1, run);
  TRY(records.next_message());
  records.has_other_ = TRY(records.others_.step());
  return records;
}

Result<bool> StoredRecords::next(model::Record& record) {
  if (!has_message_ && !has_other_) return false;
  const bool message = has_message_ && (!has_other_ || messages_.integer(1) < others_.integer(0));
  const std::int64_t position = message ? messages_.integer(1) : others_.integer(0);
  const std::string where = "record " + std::to_string(position_);
  if (position != position_)
    return fail(ErrorCode::integrity, where, "it is not where it was stored");
  if (!model::decode(message ? messages_.blob(2) : others_.blob(1), record))
    return fail(ErrorCode::integrity, where, "its stored form cannot be read");
  ++position_;
  if (!message) {
    has_other_ = TRY(others_.step());
    return true;
  }
  for (model::Field& field : record.fields)
    if (field.key == model::Key::text) field.text = messages_.text(3);
  TRY(next_message());
  return true;
}

// The messages of a run have consecutive ids: the first of another run ends them.
Status StoredRecords::next_message() {
  has_message_ = TRY(messages_.step()) && messages_.integer(0) == run_;
  return {};
}

}  // namespace forensics::ingest
