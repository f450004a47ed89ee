#include "ingest/logbook.hpp"

#include "ingest/session.hpp"

namespace forensics::ingest {

Status enter_event(const std::string& case_folder, std::string_view purpose, std::string_view type,
                   Json body) {
  Session::Options options;
  options.purpose = purpose;
  const std::unique_ptr<Session> session = TRY(Session::open(case_folder, std::move(options)));
  TRY(session->enter(type, std::move(body)));
  return session->close(Json::object());
}

}  // namespace forensics::ingest
