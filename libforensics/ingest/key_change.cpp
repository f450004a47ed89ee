#include "ingest/key_change.hpp"

#include "ingest/session.hpp"

namespace forensics::ingest {

Result<KeyChange> change_key(const std::string& case_folder, std::string_view reason) {
  Session::Options options;
  options.purpose = "key rotate";
  const std::unique_ptr<Session> session = TRY(Session::open(case_folder, std::move(options)));
  KeyChange change;
  change.old_fingerprint = session->ledger().signing_key().fingerprint();
  TRY(session->ledger().change_key(reason));
  change.new_fingerprint = session->ledger().signing_key().fingerprint();
  TRY(session->close(Json::object()));
  return change;
}

}  // namespace forensics::ingest
