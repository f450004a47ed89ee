#include "casefile/reader.hpp"

namespace forensics::casefile {
namespace {

// As read_message() takes it. The sender is one look-up by row number; what belongs to the run or
// to the conversation is not joined but looked up once.
constexpr std::string_view kColumns =
    "m.id, m.conversation, m.number, m.run, m.position, m.sender, p.name, p.phone, m.type, m.flags,"
    " m.wall, m.wall_other, m.zone_offset, m.precision, m.basis, m.start, m.length, m.text, m.data,"
    " m.input, p.account, coalesce(p.owner, 0)";

constexpr std::string_view kOneMessage =
    "SELECT m.id, m.conversation, m.number, m.run, m.position, m.sender, p.name, p.phone, m.type,"
    " m.flags, m.wall, m.wall_other, m.zone_offset, m.precision, m.basis, m.start, m.length, "
    "m.text,"
    " m.data, m.input, p.account, coalesce(p.owner, 0) FROM message m LEFT JOIN participant p ON "
    "p.id = m.sender WHERE m.id = ?1";

constexpr std::string_view kSenders = "(SELECT id FROM participant WHERE name = ?3 OR phone = ?3)";

constexpr std::string_view kRunsOfExhibit =
    "FROM run r JOIN artifact a ON a.id = r.artifact WHERE a.exhibit = ?5)";

// Bounds what is remembered of runs and conversations, whatever a case holds.
constexpr std::size_t kRemembered = 65'536;

// `+` before a column keeps SQLite from choosing that column's index, and so from sorting what the
// wanted order already gives: by number within one conversation, by id otherwise. A full-text match
// comes in order of id, whatever else is asked for.
std::string message_query(const MessageFilter& filter) {
  const bool by_match = !filter.match.empty();
  const bool by_number = filter.conversation && !by_match;
  const bool by_id = !by_match && !by_number;
  const std::string_view id = by_id ? "m.id" : "+m.id";
  const std::string_view sender = by_id ? "m.sender" : "+m.sender";
  std::string sql = "SELECT ";
  sql.append(kColumns).append(by_match ? " FROM search s CROSS JOIN message m ON m.id = s.rowid"
                                       : " FROM message m");
  sql += " LEFT JOIN participant p ON p.id = m.sender";
  // One lower bound, not two: SQLite would seek to the first and filter by the second.
  sql.append(" WHERE ").append(by_match ? "s.rowid" : id);
  if (filter.exhibit)
    sql.append(" > max(?1, coalesce((SELECT min(r.first_message) - 1 ")
        .append(kRunsOfExhibit)
        .append(", 0))");
  else
    sql.append(" > ?1");
  if (by_match) sql += " AND search MATCH ?12";
  if (filter.conversation) sql += " AND m.conversation = ?2";
  if (by_number) {
    sql +=
        " AND m.number > coalesce("
        "(SELECT number FROM message WHERE id = ?1 AND conversation = ?2), 0)";
  }
  if (filter.participant) sql.append(" AND ").append(sender).append(" = ?4");
  if (filter.sender) {
    sql.append(" AND ").append(id).append(" IN (SELECT id FROM message WHERE sender IN ");
    sql.append(kSenders).append(")");
  }
  if (filter.exhibit) sql.append(" AND m.run IN (SELECT r.id ").append(kRunsOfExhibit);
  if (filter.type) sql += " AND m.type = ?6";
  if (filter.from || filter.to) {
    sql.append(" AND ").append(id).append(" IN (SELECT message FROM event WHERE TRUE");
    if (filter.from) sql += " AND at >= ?7";
    if (filter.to) sql += " AND at < ?8";
    sql += ")";
  }
  sql += by_match ? " ORDER BY s.rowid" : by_number ? " ORDER BY m.number" : " ORDER BY m.id";
  return sql + " LIMIT ?9";
}

std::string timeline_query(const EventFilter& filter) {
  std::string sql = "SELECT e.at, e.reading, ";
  sql.append(kColumns);
  sql +=
      " FROM event e CROSS JOIN message m ON m.id = e.message"
      " LEFT JOIN participant p ON p.id = m.sender WHERE TRUE";
  if (filter.after) sql += " AND (e.at, e.message, e.reading) > (?1, ?10, ?11)";
  if (filter.from) sql += " AND e.at >= ?7";
  if (filter.to) sql += " AND e.at < ?8";
  if (filter.sender) sql += " AND (p.name = ?3 OR p.phone = ?3)";
  if (filter.conversation) sql += " AND m.conversation = ?2";
  if (filter.exhibit) sql.append(" AND m.run IN (SELECT r.id ").append(kRunsOfExhibit);
  return sql + " ORDER BY e.at, e.message, e.reading LIMIT ?9";
}

// What both lists have in common; a parameter that the SQL does not name is ignored.
void bind_common(Statement& rows, std::optional<std::int64_t> conversation,
                 const std::optional<std::string>& sender, std::optional<std::int64_t> exhibit,
                 std::optional<std::int64_t> from, std::optional<std::int64_t> to,
                 std::int64_t limit) {
  if (conversation) rows.bind(2, *conversation);
  if (sender) rows.bind_text(3, *sender);
  if (exhibit) rows.bind(5, *exhibit);
  if (from) rows.bind(7, *from);
  if (to) rows.bind(8, *to);
  rows.bind(9, limit > 0 ? limit : std::int64_t{-1});
}

void assign(std::optional<std::string>& out, const Statement& row, int column) {
  if (row.is_null(column)) {
    out.reset();
    return;
  }
  if (!out) out.emplace();
  out->assign(row.text(column));
}

Result<model::Record> decoded(ByteView bytes, std::string_view what) {
  model::Record record;
  if (!model::decode(bytes, record))
    return fail(ErrorCode::corrupt, std::string(what),
                "the stored record cannot be decoded; rebuild the case database");
  return record;
}

}  // namespace

Result<const Reader::RunFacts*> Reader::facts_of(std::int64_t run) const {
  if (const auto found = runs_.find(run); found != runs_.end()) return &found->second;
  Statement& row =
      *TRY(lookup("SELECT a.exhibit, r.plugin, r.version, x.reference FROM run r JOIN artifact a"
                  " ON a.id = r.artifact JOIN exhibit x ON x.id = a.exhibit WHERE r.id = ?1"));
  row.bind(1, run);
  RunFacts facts;
  if (TRY(row.step())) {
    facts.exhibit_id = row.integer(0);
    facts.plugin = row.text(1);
    facts.plugin_version = row.text(2);
    facts.exhibit = row.text(3);
  }
  row.reset();
  facts.inputs = TRY(inputs(run));
  if (runs_.size() >= kRemembered) runs_.clear();
  return &runs_.emplace(run, std::move(facts)).first->second;
}

Result<const std::string*> Reader::platform_of(std::int64_t conversation) const {
  if (const auto found = platforms_.find(conversation); found != platforms_.end())
    return &found->second;
  Statement& row = *TRY(lookup("SELECT platform FROM conversation WHERE id = ?1"));
  row.bind(1, conversation);
  std::string platform;
  if (TRY(row.step())) platform = row.text(0);
  row.reset();
  if (platforms_.size() >= kRemembered) platforms_.clear();
  return &platforms_.emplace(conversation, std::move(platform)).first->second;
}

// Assigns every member, so that one Message can serve a whole list without new allocations.
Status Reader::read_message(const Statement& row, int first, Message& out) const {
  int column = first;
  out.id = row.integer(column++);
  out.conversation = row.integer(column++);
  out.number = row.integer(column++);
  out.run = row.integer(column++);
  out.position = row.integer(column++);
  out.sender = row.maybe_integer(column++);
  assign(out.sender_name, row, column++);
  assign(out.sender_phone, row, column++);
  out.type = static_cast<MessageType>(row.integer(column++));
  out.flags = static_cast<std::uint32_t>(row.integer(column++));
  out.wall = row.maybe_integer(column++);
  out.wall_other = row.maybe_integer(column++);
  const std::optional<std::int64_t> offset = row.maybe_integer(column++);
  out.zone_offset = offset ? std::optional(static_cast<std::int32_t>(*offset)) : std::nullopt;
  out.precision = static_cast<model::Precision>(row.integer(column++));
  out.basis = static_cast<model::TimeBasis>(row.integer(column++));
  out.start = row.integer(column++);
  out.length = row.integer(column++);
  assign(out.text, row, column++);
  out.data.assign(row.blob(column++));
  out.input = static_cast<std::uint8_t>(row.integer(column++));
  assign(out.sender_account, row, column++);
  out.sender_is_owner = row.integer(column++) != 0;

  const RunFacts& facts = *TRY(facts_of(out.run));
  out.exhibit_id = facts.exhibit_id;
  out.plugin = facts.plugin;
  out.plugin_version = facts.plugin_version;
  out.exhibit = facts.exhibit;
  out.artifact = 0;
  out.path.clear();
  out.sha256 = {};
  for (const RunInput& each : facts.inputs) {
    if (each.input != out.input) continue;
    out.artifact = each.artifact;
    out.path = each.path;
    out.sha256 = each.sha256;
  }
  out.platform = *TRY(platform_of(out.conversation));
  return {};
}

Status Reader::messages(const MessageFilter& filter, const Each<Message>& each) const {
  Statement rows = TRY(database_.prepare(message_query(filter)));
  rows.bind(1, filter.after);
  if (filter.participant) rows.bind(4, *filter.participant);
  if (filter.type) rows.bind(6, static_cast<std::int64_t>(*filter.type));
  if (!filter.match.empty()) rows.bind_text(12, filter.match);
  bind_common(rows, filter.conversation, filter.sender, filter.exhibit, filter.from, filter.to,
              filter.limit);
  Message message;
  while (TRY(rows.step())) {
    TRY(read_message(rows, 0, message));
    if (!TRY(each(message))) break;
  }
  return {};
}

Result<std::optional<Message>> Reader::message(std::int64_t id) const {
  Statement& row = *TRY(lookup(kOneMessage));
  row.bind(1, id);
  std::optional<Message> out;
  if (TRY(row.step())) TRY(read_message(row, 0, out.emplace()));
  row.reset();
  return out;
}

Result<std::optional<Message>> Reader::message(std::int64_t conversation,
                                               std::int64_t number) const {
  Statement& row = *TRY(lookup("SELECT id FROM message WHERE conversation = ?1 AND number = ?2"));
  row.bind(1, conversation).bind(2, number);
  std::optional<std::int64_t> id;
  if (TRY(row.step())) id = row.integer(0);
  row.reset();
  if (!id) return std::optional<Message>();
  return message(*id);
}

Result<std::vector<Attachment>> Reader::attachments(std::int64_t message) const {
  Statement& rows =
      *TRY(lookup("SELECT t.name, t.state, t.artifact, a.sha256, a.path, coalesce(a.size, 0)"
                  " FROM attachment t LEFT JOIN artifact a ON a.id = t.artifact"
                  " WHERE t.message = ?1 ORDER BY t.id"));
  rows.bind(1, message);
  std::vector<Attachment> out;
  while (TRY(rows.step())) {
    Attachment& attachment = out.emplace_back();
    assign(attachment.name, rows, 0);
    attachment.state = rows.text(1);
    attachment.artifact = rows.maybe_integer(2);
    attachment.sha256 = digest_from_bytes(rows.blob(3));
    attachment.path = rows.blob(4);
    attachment.size = rows.integer(5);
  }
  return out;
}

Result<std::vector<model::Record>> Reader::records_of(std::int64_t message) const {
  Statement& rows =
      *TRY(lookup("SELECT data FROM record WHERE message = ?1 ORDER BY run, position"));
  rows.bind(1, message);
  std::vector<model::Record> out;
  while (TRY(rows.step())) {
    auto record = decoded(rows.blob(0), "record of message " + std::to_string(message));
    if (!record) {
      rows.reset();
      return tl::unexpected(std::move(record.error()));
    }
    out.push_back(std::move(*record));
  }
  return out;
}

Status Reader::records(std::optional<std::int64_t> run, model::Kind kind,
                       const Each<model::Record>& each) const {
  std::string sql = "SELECT data, run, position FROM record WHERE kind = ?1";
  if (run) sql += " AND run = ?2";
  Statement rows = TRY(database_.prepare(sql + " ORDER BY run, position"));
  rows.bind(1, static_cast<std::int64_t>(kind));
  if (run) rows.bind(2, *run);
  while (TRY(rows.step())) {
    const model::Record record =
        TRY(decoded(rows.blob(0), "record " + std::to_string(rows.integer(2)) + " of run " +
                                      std::to_string(rows.integer(1))));
    if (!TRY(each(record))) break;
  }
  return {};
}

Result<model::Record> Reader::record(const Message& message) {
  model::Record record =
      TRY(decoded(message.data, message_id(message.conversation, message.number)));
  if (!message.text) return record;
  for (model::Field& field : record.fields) {
    if (field.key != model::Key::text) continue;
    field.text = *message.text;
    break;
  }
  return record;
}

Status Reader::timeline(const EventFilter& filter, const Each<Event>& each) const {
  Statement rows = TRY(database_.prepare(timeline_query(filter)));
  if (filter.after) {
    rows.bind(1, filter.after->at).bind(10, filter.after->message.id);
    rows.bind(11, std::int64_t{filter.after->reading});
  }
  bind_common(rows, filter.conversation, filter.sender, filter.exhibit, filter.from, filter.to,
              filter.limit);
  Event event;
  while (TRY(rows.step())) {
    event.at = rows.integer(0);
    event.reading = static_cast<int>(rows.integer(1));
    TRY(read_message(rows, 2, event.message));
    if (!TRY(each(event))) break;
  }
  return {};
}

}  // namespace forensics::casefile
