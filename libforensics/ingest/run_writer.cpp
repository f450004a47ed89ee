#include "ingest/run_writer.hpp"

#include <algorithm>

#include "casefile/same_message.hpp"
#include "ingest/attachment_links.hpp"
#include "search/index.hpp"

namespace forensics::ingest {
namespace {

using casefile::MessageType;
using model::Key;
using model::Kind;
using model::Record;

// Beyond these a run's skips and notes are counted and not listed one by one: a hostile or broken
// plugin must not fill the case with remarks.
constexpr std::uint64_t kMaxSkips = 100'000;
constexpr std::uint64_t kMaxNotes = 10'000;

std::string_view text_of(const Record& record, Key key) {
  const model::Field* field = record.find(key);
  return field != nullptr ? std::string_view(field->text) : std::string_view();
}

bool flag(const Record& record, Key key) {
  const model::Field* field = record.find(key);
  return field != nullptr && field->number != 0;
}

std::uint32_t flags_of(const Record& record) {
  std::uint32_t flags = 0;
  if (flag(record, Key::edited)) flags |= casefile::kEdited;
  if (flag(record, Key::deleted)) flags |= casefile::kDeleted;
  if (flag(record, Key::view_once)) flags |= casefile::kViewOnce;
  if (flag(record, Key::forwarded)) flags |= casefile::kForwarded;
  const std::string_view direction = text_of(record, Key::direction);
  if (direction == "in") flags |= casefile::kIncoming;
  if (direction == "out") flags |= casefile::kOutgoing;
  if (record.find(Key::recovered) != nullptr) flags |= casefile::kRecovered;
  if (flag(record, Key::starred)) flags |= casefile::kStarred;
  return flags;
}

timeline::MessageTimes times_of(const Record& record) {
  timeline::MessageTimes times;
  const model::Field* sent = record.find(Key::sent);
  if (sent == nullptr || sent->time.precision == model::Precision::none) return times;
  times.wall = sent->time.wall;
  times.precision = sent->time.precision;
  times.basis = sent->time.basis;
  if (times.basis == model::TimeBasis::epoch || times.basis == model::TimeBasis::offset ||
      times.basis == model::TimeBasis::standard_offset)
    times.zone_offset = sent->time.offset;
  if (const model::Field* other = record.find(Key::sent_other)) times.wall_other = other->time.wall;
  return times;
}

std::optional<std::int64_t> mark_of(std::string_view platform, const Record& record) {
  const std::string_view id = text_of(record, Key::source_id);
  return id.empty() ? std::nullopt : std::optional(casefile::message_mark(platform, id));
}

template <typename Thread>
void count(Thread& thread, std::optional<std::int64_t> wall) {
  ++thread.messages;
  if (!wall) return;
  thread.first = thread.first ? std::min(*thread.first, *wall) : *wall;
  thread.last = thread.last ? std::max(*thread.last, *wall) : *wall;
}

}  // namespace

RunWriter::RunWriter(const casefile::Database& database, ledger::SaltKey& salts, Source source)
    : database_(database),
      source_(std::move(source)),
      leaves_(salts, std::string(view(source_.artifact.sha256.value_or(Digest{})))) {}

Result<std::unique_ptr<RunWriter>> RunWriter::begin(const casefile::Database& database,
                                                    ledger::SaltKey& salts, Source source) {
  std::unique_ptr<RunWriter> writer(new RunWriter(database, salts, std::move(source)));
  TRY(writer->prepare());
  return writer;
}

Status RunWriter::prepare() {
  insert_conversation_ = TRY(database_.prepare(
      "INSERT INTO conversation (run, ref, platform, title) VALUES (?, ?, ?, ?)"));
  insert_participant_ = TRY(
      database_.prepare("INSERT INTO participant (conversation, ref, name, phone, account, owner)"
                        " VALUES (?, ?, ?, ?, ?, ?)"));
  insert_message_ = TRY(database_.prepare(
      "INSERT INTO message (id, conversation, number, run, position, sender, type, flags, wall,"
      " wall_other, zone_offset, precision, basis, start, length, text, data, input, mark)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  insert_text_ = TRY(database_.prepare("INSERT INTO search (rowid, text) VALUES (?, ?)"));
  insert_event_ =
      TRY(database_.prepare("INSERT INTO event (at, message, reading) VALUES (?, ?, ?)"));
  insert_attachment_ =
      TRY(database_.prepare("INSERT INTO attachment (message, name, state, path, digest)"
                            " VALUES (?, ?, ?, ?, ?)"));
  insert_record_ = TRY(database_.prepare(
      "INSERT INTO record (run, position, kind, message, data) VALUES (?, ?, ?, ?, ?)"));
  insert_skip_ = TRY(database_.prepare(
      // Of two at one place the longer says what both say: the bytes explained stay the same.
      "INSERT INTO skip (run, input, start, length, code, why) VALUES (?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (run, input, start) DO UPDATE SET length = excluded.length, code = "
      "excluded.code,"
      " why = excluded.why WHERE excluded.length > length"));
  insert_note_ =
      TRY(database_.prepare("INSERT INTO note (run, severity, input, start, length, code, message)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?)"));
  casefile::Statement last = TRY(database_.prepare("SELECT coalesce(max(id), 0) FROM message"));
  TRY(last.step());
  next_message_ = last.integer(0) + 1;
  return {};
}

Status RunWriter::record(const Record& record) {
  ++position_;
  leaves_.add(record);
  switch (record.kind) {
    case Kind::message: return message(record);
    case Kind::conversation: TRY(conversation(record)); break;
    case Kind::participant: TRY(participant(record)); break;
    case Kind::attachment: TRY(attachment(record)); break;
    default: break;
  }
  return keep(record);
}

Status RunWriter::conversation(const Record& record) {
  insert_conversation_.bind(1, source_.run)
      .bind(2, record.ref)
      .bind_text(3, text_of(record, Key::platform));
  if (record.find(Key::title) != nullptr)
    insert_conversation_.bind_text(4, text_of(record, Key::title));
  else
    insert_conversation_.bind_null(4);
  TRY(insert_conversation_.run());
  Thread& thread = threads_[record.ref];
  thread.id = database_.last_row();
  thread.platform = text_of(record, Key::platform);
  return {};
}

Status RunWriter::participant(const Record& record) {
  insert_participant_.bind(1, threads_[record.find(Key::conversation)->number].id)
      .bind(2, record.ref);
  insert_participant_.bind(6, std::int64_t{flag(record, Key::owner) ? 1 : 0});
  for (const auto& [at, key] :
       {std::pair{3, Key::name}, std::pair{4, Key::phone}, std::pair{5, Key::account}}) {
    if (record.find(key) != nullptr)
      insert_participant_.bind_text(at, text_of(record, key));
    else
      insert_participant_.bind_null(at);
  }
  TRY(insert_participant_.run());
  people_[record.ref].id = database_.last_row();
  return {};
}

Status RunWriter::message(const Record& record) {
  Thread& thread = threads_[record.find(Key::conversation)->number];
  const model::Field* sender = record.find(Key::sender);
  Person* person = sender != nullptr ? &people_[sender->number] : nullptr;
  const std::int64_t id = next_message_++;
  if (!first_message_) first_message_ = id;
  if (record.ref != 0) rows_.add(record.ref, id);
  ++messages_;

  const timeline::MessageTimes times = times_of(record);
  count(thread, times.wall);
  if (person != nullptr) count(*person, times.wall);

  const model::Field* text = record.find(Key::text);
  // The text has a column of its own; in the encoding its value is left empty.
  data_.clear();
  model::encode_without(record, Key::text, data_);
  const MessageType type =
      casefile::message_type(text_of(record, Key::type)).value_or(MessageType::other);
  insert_message_.bind(1, id)
      .bind(2, thread.id)
      .bind(3, thread.messages)
      .bind(4, source_.run)
      .bind(5, position_)
      .bind(6, person != nullptr ? std::optional(person->id) : std::nullopt)
      .bind(7, static_cast<std::int64_t>(type))
      .bind(8, std::int64_t{flags_of(record)})
      .bind(9, times.wall)
      .bind(10, times.wall_other)
      .bind(11, times.zone_offset ? std::optional<std::int64_t>(*times.zone_offset) : std::nullopt)
      .bind(12, static_cast<std::int64_t>(times.precision))
      .bind(13, static_cast<std::int64_t>(times.basis))
      .bind(14, static_cast<std::int64_t>(record.extent.offset))
      .bind(15, static_cast<std::int64_t>(record.extent.length))
      .bind_blob(17, data_)
      .bind(18, std::int64_t{record.extent.input})
      .bind(19, mark_of(thread.platform, record));
  if (text != nullptr)
    insert_message_.bind_text(16, text->text);
  else
    insert_message_.bind_null(16);
  TRY(insert_message_.run());

  if (text != nullptr && !text->text.empty()) {
    folded_.clear();
    search::fold_into(text->text, folded_);
    TRY(insert_text_.bind(1, id).bind_text(2, folded_).run());
  }
  return add_events(id, times);
}

Status RunWriter::add_events(std::int64_t id, const timeline::MessageTimes& times) {
  // As the source states it; what an examiner asserted about the exhibit is applied after the run.
  static const timeline::Assertions kNone;
  for (const timeline::EventRow& event : timeline::events_of(times, kNone))
    TRY(insert_event_.bind(1, event.at).bind(2, id).bind(3, std::int64_t{event.reading}).run());
  return {};
}

// The row of the message that a record belongs to.
std::optional<std::int64_t> RunWriter::owner(const Record& record) const {
  const model::Field* message = record.find(Key::message);
  return message != nullptr ? rows_.find(message->number) : std::nullopt;
}

Status RunWriter::attachment(const Record& record) {
  const auto message = owner(record);
  if (!message) return {};
  insert_attachment_.bind(1, *message).bind_text(3, text_of(record, Key::state));
  if (record.find(Key::name) != nullptr)
    insert_attachment_.bind_text(2, text_of(record, Key::name));
  else
    insert_attachment_.bind_null(2);
  if (record.find(Key::path) != nullptr)
    insert_attachment_.bind_text(4, text_of(record, Key::path));
  else
    insert_attachment_.bind_null(4);
  const auto digest = digest_from_hex(text_of(record, Key::sha256));
  if (digest)
    insert_attachment_.bind_blob(5, view(*digest));
  else
    insert_attachment_.bind_null(5);
  return insert_attachment_.run();
}

Status RunWriter::keep(const Record& record) {
  data_.clear();
  model::encode(record, data_);
  return insert_record_.bind(1, source_.run)
      .bind(2, position_)
      .bind(3, static_cast<std::int64_t>(record.kind))
      .bind(4, owner(record))
      .bind_blob(5, data_)
      .run();
}

Status RunWriter::skip(const plugin::Skip& skip) {
  if (++skips_ > kMaxSkips) return {};
  return insert_skip_.bind(1, source_.run)
      .bind(2, std::int64_t{skip.span.input})
      .bind(3, static_cast<std::int64_t>(skip.span.offset))
      .bind(4, static_cast<std::int64_t>(skip.span.length))
      .bind_text(5, skip.code)
      .bind_text(6, skip.why)
      .run();
}

Status RunWriter::note(const plugin::Note& note) {
  if (++notes_ > kMaxNotes) return {};
  return insert_note_.bind(1, source_.run)
      .bind(2, std::int64_t{note.severity})
      .bind(3, std::int64_t{note.span.input})
      .bind(4, static_cast<std::int64_t>(note.span.offset))
      .bind(5, static_cast<std::int64_t>(note.span.length))
      .bind_text(6, note.code)
      .bind_text(7, note.message)
      .run();
}

Status RunWriter::finish(const plugin::Outcome& outcome) {
  for (const auto& [limit, seen, what] :
       {std::tuple{kMaxSkips, skips_, "skipped parts"}, std::tuple{kMaxNotes, notes_, "notes"}}) {
    if (seen <= limit) continue;
    notes_ = 0;
    TRY(note({2,
              {},
              "list-shortened",
              std::to_string(seen - limit) + " more " + what + " are counted and not listed"}));
  }
  casefile::Statement insert_gap =
      TRY(database_.prepare("INSERT INTO gap (run, input, start, length) VALUES (?, ?, ?, ?)"));
  for (const model::Span& span : outcome.unexplained)
    TRY(insert_gap.bind(1, source_.run)
            .bind(2, std::int64_t{span.input})
            .bind(3, static_cast<std::int64_t>(span.offset))
            .bind(4, static_cast<std::int64_t>(span.length))
            .run());
  TRY(write_totals("conversation", threads_));
  TRY(write_totals("participant", people_));
  return {};
}

template <typename Threads>
Status RunWriter::write_totals(std::string_view table, const Threads& threads) {
  casefile::Statement update = TRY(database_.prepare(
      "UPDATE " + std::string(table) + " SET messages = ?, first = ?, last = ? WHERE id = ?"));
  for (const auto& [ref, thread] : threads)
    TRY(update.bind(1, thread.messages)
            .bind(2, thread.first)
            .bind(3, thread.last)
            .bind(4, thread.id)
            .run());
  return {};
}

Status RunWriter::link_attachments() {
  if (!first_message_) return {};
  const AttachmentLinks links(database_, source_.artifact);
  return links.settle(*first_message_);
}

}  // namespace forensics::ingest
