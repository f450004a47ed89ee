#include "timeline/events.hpp"

namespace forensics::timeline {
namespace {

bool is_day_first(std::string_view order) {
  return order.find("day") < order.find("month");
}

std::optional<EventRow> event_of(const MessageTimes& times, int reading,
                                 const Assertions& assertions) {
  const Stated stated{reading == 0 ? times.wall : times.wall_other, times.zone_offset,
                      times.precision, times.basis};
  const auto at = place(stated, assertions.zone ? &*assertions.zone : nullptr).axis();
  if (!at) return std::nullopt;
  return EventRow{*at, reading};
}

struct RunRange {
  std::int64_t id = 0, first = 0, messages = 0;
};

Result<std::vector<RunRange>> runs_of(const casefile::Database& database, std::int64_t exhibit) {
  auto rows = TRY(database.prepare(
      "SELECT r.id, r.first_message, r.messages FROM run r JOIN artifact a ON a.id = r.artifact"
      " WHERE a.exhibit = ?1 AND r.first_message IS NOT NULL ORDER BY r.id"));
  rows.bind(1, exhibit);
  std::vector<RunRange> out;
  while (TRY(rows.step())) out.push_back({rows.integer(0), rows.integer(1), rows.integer(2)});
  return out;
}

Status insert_events(const casefile::Database& database, const RunRange& run,
                     const Assertions& assertions) {
  auto rows =
      TRY(database.prepare("SELECT id, wall, wall_other, zone_offset, precision, basis FROM message"
                           " WHERE id >= ?1 AND id < ?2 AND run = ?3"));
  auto insert =
      TRY(database.prepare("INSERT INTO event (at, message, reading) VALUES (?1, ?2, ?3)"));
  rows.bind(1, run.first).bind(2, run.first + run.messages).bind(3, run.id);
  while (TRY(rows.step())) {
    MessageTimes times;
    times.wall = rows.maybe_integer(1);
    times.wall_other = rows.maybe_integer(2);
    if (const auto offset = rows.maybe_integer(3))
      times.zone_offset = static_cast<std::int32_t>(*offset);
    times.precision = static_cast<model::Precision>(rows.integer(4));
    times.basis = static_cast<model::TimeBasis>(rows.integer(5));
    for (const EventRow& event : events_of(times, assertions)) {
      insert.bind(1, event.at).bind(2, rows.integer(0)).bind(3, std::int64_t{event.reading});
      TRY(insert.run());
    }
  }
  return {};
}

Status derive_again(const casefile::Database& database, std::int64_t exhibit) {
  auto facts = TRY(database.prepare("SELECT zone, date_order FROM exhibit WHERE id = ?1"));
  facts.bind(1, exhibit);
  if (!TRY(facts.step()))
    return fail(ErrorCode::not_found, "exhibit " + std::to_string(exhibit), "no such exhibit");
  const auto text = [&](int column) {
    return facts.is_null(column) ? std::nullopt
                                 : std::optional<std::string>(std::string(facts.text(column)));
  };
  const std::optional<std::string> zone = text(0);
  const std::optional<std::string> date_order = text(1);
  facts.reset();

  auto clear = TRY(database.prepare(
      "DELETE FROM event WHERE (SELECT m.run FROM message m WHERE m.id = event.message) IN"
      " (SELECT r.id FROM run r JOIN artifact a ON a.id = r.artifact WHERE a.exhibit = ?1)"));
  clear.bind(1, exhibit);
  TRY(clear.run());
  const casefile::Reader reader(database);
  for (const RunRange& run : TRY(runs_of(database, exhibit))) {
    const std::string order = TRY(open_date_order(reader, run.id));
    const Assertions assertions = TRY(Assertions::of(zone, date_order, order));
    TRY(insert_events(database, run, assertions));
  }
  return {};
}

}  // namespace

Result<Assertions> Assertions::of(const std::optional<std::string>& zone,
                                  const std::optional<std::string>& date_order,
                                  std::string_view chosen_order) {
  Assertions out;
  if (zone) out.zone = TRY(Zone::find(*zone));
  if (!date_order) return out;
  if (*date_order != "day-month" && *date_order != "month-day")
    return fail(ErrorCode::usage, *date_order, "a date order is day-month or month-day");
  if (!chosen_order.empty())
    out.reading = is_day_first(*date_order) == is_day_first(chosen_order) ? 0 : 1;
  return out;
}

std::vector<EventRow> events_of(const MessageTimes& times, const Assertions& assertions) {
  std::vector<EventRow> out;
  const bool open = times.wall && times.wall_other;
  for (const int reading : {0, 1}) {
    if (open && assertions.reading && *assertions.reading != reading) continue;
    if (const auto event = event_of(times, reading, assertions)) out.push_back(*event);
  }
  return out;
}

Result<std::string> open_date_order(const casefile::Reader& reader, std::int64_t run) {
  std::string order;
  TRY(reader.records(run, model::Kind::reading, [&](const model::Record& record) -> Result<bool> {
    const model::Field* subject = record.find(model::Key::subject);
    const model::Field* verdict = record.find(model::Key::verdict);
    const model::Field* value = record.find(model::Key::value);
    if (subject == nullptr || verdict == nullptr || value == nullptr) return true;
    if (subject->text != "date-order" || verdict->text != "undecided") return true;
    order = value->text;
    return false;
  }));
  return order;
}

Status rebuild_events(const casefile::Database& database, std::int64_t exhibit) {
  TRY(database.execute("SAVEPOINT rebuild_events"));
  const Status status = derive_again(database, exhibit);
  if (!status) {
    // The first error is the one to report.
    (void)database.execute("ROLLBACK TO rebuild_events; RELEASE rebuild_events");
    return status;
  }
  return database.execute("RELEASE rebuild_events");
}

}  // namespace forensics::timeline
