#include "ingest/assertion.hpp"

#include "ingest/session.hpp"
#include "timeline/zone.hpp"

namespace forensics::ingest {

Status assert_about(const std::string& case_folder, const Assertion& assertion) {
  if (!assertion.zone && !assertion.date_order)
    return fail(ErrorCode::usage, assertion.exhibit,
                "nothing is stated: give a time zone or a date order");
  if (assertion.zone) TRY(timeline::Zone::find(*assertion.zone));
  if (assertion.date_order && *assertion.date_order != "day-month" &&
      *assertion.date_order != "month-day")
    return fail(ErrorCode::usage, *assertion.date_order,
                "a date order is 'day-month' or 'month-day'");

  Session::Options options;
  options.purpose = "assert";
  options.actor = assertion.examiner;
  const std::unique_ptr<Session> session = TRY(Session::open(case_folder, std::move(options)));
  casefile::Statement select =
      TRY(session->database().prepare("SELECT id FROM exhibit WHERE reference = ?"));
  if (!TRY(select.bind_text(1, assertion.exhibit).step()))
    return fail(ErrorCode::usage, assertion.exhibit,
                "there is no exhibit of this reference; 'forensics status' lists them");
  Json body = Json::object();
  body["exhibit"] = select.integer(0);
  select.reset();
  if (assertion.zone) body["zone"] = *assertion.zone;
  if (assertion.date_order) body["date_order"] = *assertion.date_order;
  body["reason"] = assertion.reason;
  TRY(session->enter(ledger::entry_type::kAssert, std::move(body)));
  TRY(session->flush());
  return session->close(Json::object());
}

}  // namespace forensics::ingest
