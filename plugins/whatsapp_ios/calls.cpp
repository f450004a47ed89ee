#include "calls.hpp"

#include <optional>
#include <vector>

#include "words.hpp"

namespace whatsapp_ios {
namespace {

constexpr char kRule[] = "whatsapp.ios.call";
constexpr std::size_t kMostParticipants = 1024;  // that one call record names

}  // namespace

Calls::Columns::Columns(const sqlite::Table* table)
    : view(table),
      rowid(view["Z_PK"]),
      date(view["ZDATE"]),
      duration(view["ZDURATION"]),
      outcome(view["ZOUTCOME"]),
      creator(view["ZGROUPCALLCREATORUSERJIDSTRING"]),
      group(view["ZGROUPJIDSTRING"]),
      id(view["ZCALLIDSTRING"]),
      aggregate(view["Z1CALLEVENTS"]) {
  view.ignore({"Z_ENT", "Z_OPT"});
}

Calls::Calls(sqlite::Fields& fields, People& people, Chats& chats, std::int64_t& messages)
    : fields_(fields),
      people_(people),
      chats_(chats),
      messages_(messages),
      columns_(fields.db().table("ZWACDCALLEVENT")),
      aggregates_(fields.db().table("ZWAAGGREGATECALLEVENT")),
      incoming_(aggregates_["ZINCOMING"]),
      missed_(aggregates_["ZMISSED"]),
      video_(aggregates_["ZVIDEO"]),
      first_date_(aggregates_["ZFIRSTDATE"]),
      participants_(fields.db().table("ZWACDCALLEVENTPARTICIPANT")),
      participant_jid_(participants_["ZJIDSTRING"]),
      participant_call_(participants_["Z1PARTICIPANTS"]) {
  aggregates_.ignore({"Z_PK", "Z_ENT", "Z_OPT"});
  participants_.ignore({"Z_ENT", "Z_OPT"});
  participants_.keys({"Z1PARTICIPANTS"});
  if (aggregates_.there()) aggregate_rows_ = sqlite::Seeker(fields.db(), &aggregates_.table());
  if (participants_.there() && participant_call_ >= 0)
    participants_of_ = sqlite::Lookup(fields.db(), participants_, participant_call_);
}

void Calls::read() {
  choose_join();
  if (columns_.view.there())
    fields_.db().for_each_row(columns_.view.table(), [&](const sqlite::Row& row) {
      call(columns_, sqlite::RowView(columns_.view, row), nullptr);
      return true;
    });
  leftovers();
  joinable();
}

void Calls::recovered(const sqlite::Recovered& found) {
  const Columns columns(found.table);
  call(columns, sqlite::RowView(columns.view, *found.row), &found);
}

// Participants state a number of their call. That it is its row id follows from how the framework
// names such columns; where the rows themselves speak for the aggregate, they are believed.
void Calls::choose_join() {
  if (!columns_.view.there() || participants_of_.empty()) return;
  std::uint64_t by_rowid = 0;
  std::uint64_t by_aggregate = 0;
  fields_.db().for_each_row(columns_.view.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView view(columns_.view, row);
    if (row.rowid && participants_of_.first(*row.rowid) != nullptr) ++by_rowid;
    const auto aggregate = view.integer(columns_.aggregate);
    if (aggregate && participants_of_.first(*aggregate) != nullptr) ++by_aggregate;
    return true;
  });
  by_rowid_ = by_rowid >= by_aggregate;
}

std::int64_t Calls::joined_by(const Columns& columns, const sqlite::RowView& row) const {
  if (by_rowid_) return row.row().rowid.value_or(0);
  return row.integer(columns.aggregate).value_or(0);
}

void Calls::call(const Columns& columns, const sqlite::RowView& row,
                 const sqlite::Recovered* found) {
  const sqlite::Encoding encoding = fields_.encoding();
  const std::string creator = row.text(columns.creator, encoding);
  std::string with = row.text(columns.group, encoding);
  const std::int64_t number = joined_by(columns, row);
  bool creator_takes_part = false;
  if (found == nullptr)
    participants_of_.each(number, [&](const sqlite::RowView& other) {
      const std::string jid = other.text(participant_jid_, encoding);
      if (with.empty()) with = jid;
      creator_takes_part |= !creator.empty() && jid == creator;
    });
  if (with.empty()) with = creator;
  Chat* chat = with.empty() ? nullptr : chats_.find_jid(with);
  if (chat == nullptr) chat = &chats_.missing(std::nullopt, with, row);

  std::vector<std::int64_t> people;
  if (found == nullptr)
    participants_of_.each(number, [&](const sqlite::RowView& other) {
      const std::string jid = other.text(participant_jid_, encoding);
      if (!jid.empty() && people.size() < kMostParticipants)
        people.push_back(people_.of(chat->ref, {jid, &other, participant_jid_, {}}));
      fields_.joined(other);
    });

  std::optional<sqlite::RowView> aggregate;
  if (const auto id = row.integer(columns.aggregate); id && aggregates_.there() && found == nullptr)
    if (const sqlite::Row* other = aggregate_rows_.find(*id))
      aggregate.emplace(aggregates_, *other);
  std::string_view direction;
  if (aggregate && aggregate->value(incoming_) != nullptr)
    direction = aggregate->is_set(incoming_) ? "in" : "out";
  else if (!creator.empty())
    direction = creator_takes_part ? "in" : "out";
  const auto outcome = row.integer(columns.outcome);

  std::int64_t sender = 0;
  if (direction == "in" && is_jid(creator) && !is_group(creator))
    sender = people_.of(chat->ref, {creator, &row, columns.creator, {}});
  else if (direction == "in" && people.size() == 1)
    sender = people.front();
  else if (direction == "out")
    sender = people_.owner(chat->ref, row, -1);
  const std::int64_t message = ++messages_;
  fields_.start(FX_KIND_MESSAGE, message, row);
  fields_.ref("conversation", chat->ref, row, -1);
  if (sender != 0) fields_.ref("sender", sender, row, -1);
  fields_.time("sent", row, columns.date, sqlite::Clock::cocoa);
  fields_.word("type", "call", "whatsapp.ios.table", row, -1);
  if (!direction.empty()) fields_.word("direction", direction, kRule, row, columns.creator);
  fields_.text("source_id", row, columns.id);
  if (found != nullptr) fields_.recovered(*found);
  fields_.emit();

  fields_.start(FX_KIND_CALL, 0, row);
  fields_.ref("message", message, row, -1);
  if (aggregate && aggregate->value(video_) != nullptr)
    fields_.word("type", aggregate->is_set(video_) ? "video" : "voice", kRule, *aggregate, video_);
  const std::string_view state = outcome ? state_of_outcome(*outcome) : std::string_view();
  if (!state.empty()) fields_.word("state", state, kRule, row, columns.outcome);
  if (outcome)
    fields_.word("code", fields_.keep("outcome=" + std::to_string(*outcome)), "whatsapp.ios.code",
                 row, columns.outcome);
  if (outcome && state.empty())
    fields_.extra_word("unknown", "outcome", kRule, row, columns.outcome);
  if (const auto seconds = row.real(columns.duration); seconds && *seconds >= 0 && *seconds < 1e9) {
    if (row.integer(columns.duration))
      fields_.number("duration", row, columns.duration);
    else
      fields_.number("duration", static_cast<std::int64_t>(*seconds), "whatsapp.ios.whole-seconds",
                     row, columns.duration);
  }
  if (!direction.empty()) fields_.word("direction", direction, kRule, row, columns.creator);
  for (const std::int64_t who : people)
    if (who != 0) fields_.ref("participant", who, row, -1);
  fields_.text("source_id", row, columns.id);
  fields_.extra("creator", row, columns.creator);
  fields_.extra("group", row, columns.group);
  fields_.rest(row);
  if (aggregate) {
    if (aggregate->is_set(missed_)) fields_.extra("missed", *aggregate, missed_);
    fields_.extra("first_date", *aggregate, first_date_);
    fields_.rest(*aggregate);
    fields_.joined(*aggregate);
  }
  if (found != nullptr) fields_.recovered(*found);
  fields_.emit();
}

// Participants and aggregates of calls that are gone.
void Calls::leftovers() {
  if (participants_.there()) {
    sqlite::Lookup calls;
    if (columns_.view.there())
      calls = sqlite::Lookup(fields_.db(), columns_.view,
                             by_rowid_ ? columns_.rowid : columns_.aggregate);
    fields_.db().for_each_row(participants_.table(), [&](const sqlite::Row& row) {
      const sqlite::RowView view(participants_, row);
      const auto call = view.integer(participant_call_);
      if (call && columns_.view.there() && calls.first(*call) != nullptr) return true;
      fields_.start(FX_KIND_CONTACT, 0, view);
      fields_.word("platform", "whatsapp", "whatsapp.ios.database", view, -1);
      fields_.word("type", "call-participant", "whatsapp.ios.table", view, -1);
      fields_.text("account", view, participant_jid_);
      fields_.extra(view, participant_call_);
      fields_.extra_word("without",
                         "the call that this participant belongs to is not in the database", kRule,
                         view, -1);
      fields_.rest(view);
      fields_.emit();
      return true;
    });
  }
  if (!aggregates_.there()) return;
  sqlite::Lookup calls;
  if (columns_.view.there())
    calls = sqlite::Lookup(fields_.db(), columns_.view, columns_.aggregate);
  fields_.db().for_each_row(aggregates_.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView view(aggregates_, row);
    if (row.rowid && columns_.view.there() && calls.first(*row.rowid) != nullptr) return true;
    Chat& chat = chats_.missing(std::nullopt, "", view);
    fields_.start(FX_KIND_MESSAGE, ++messages_, view);
    fields_.ref("conversation", chat.ref, view, -1);
    fields_.time("sent", view, first_date_, sqlite::Clock::cocoa);
    fields_.word("type", "call", "whatsapp.ios.table", view, -1);
    fields_.emit();
    fields_.start(FX_KIND_CALL, 0, view);
    fields_.ref("message", messages_, view, -1);
    if (view.value(video_) != nullptr)
      fields_.word("type", view.is_set(video_) ? "video" : "voice", kRule, view, video_);
    if (view.is_set(missed_)) fields_.word("state", "missed", kRule, view, missed_);
    if (view.value(incoming_) != nullptr)
      fields_.word("direction", view.is_set(incoming_) ? "in" : "out", kRule, view, incoming_);
    fields_.extra_word("without", "the single calls of this entry are not in the database", kRule,
                       view, -1);
    fields_.rest(view);
    fields_.emit();
    return true;
  });
}

// Group calls that could still be joined.
void Calls::joinable() {
  sqlite::TableView view(fields_.db().table("ZWAJOINABLECALLEVENT"));
  if (!view.there()) return;
  const int from = view["ZFROMJIDSTRING"];
  const int date = view["ZDATE"];
  view.ignore({"Z_PK", "Z_ENT", "Z_OPT"});
  fields_.db().for_each_row(view.table(), [&](const sqlite::Row& row) {
    const sqlite::RowView one(view, row);
    const std::string jid = one.text(from, fields_.encoding());
    Chat* chat = jid.empty() ? nullptr : chats_.find_jid(jid);
    if (chat == nullptr) chat = &chats_.missing(std::nullopt, jid, one);
    const std::int64_t who =
        is_jid(jid) && !is_group(jid) ? people_.of(chat->ref, {jid, &one, from, {}}) : 0;
    fields_.start(FX_KIND_MESSAGE, ++messages_, one);
    fields_.ref("conversation", chat->ref, one, from);
    if (who != 0) fields_.ref("sender", who, one, from);
    fields_.time("sent", one, date, sqlite::Clock::cocoa);
    fields_.word("type", "call", "whatsapp.ios.table", one, -1);
    fields_.emit();
    fields_.start(FX_KIND_CALL, 0, one);
    fields_.ref("message", messages_, one, -1);
    fields_.word("state", "joinable", "whatsapp.ios.table", one, -1);
    if (who != 0) fields_.ref("participant", who, one, from);
    fields_.rest(one);
    fields_.emit();
    return true;
  });
}

}  // namespace whatsapp_ios
