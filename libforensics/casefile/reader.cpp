#include "casefile/reader.hpp"

namespace forensics::casefile {
namespace {

constexpr std::string_view kArtifact =
    "SELECT id, exhibit, parent, member, depth, path, sha256, size, modified, modified_kind, "
    "status,"
    " coalesce(plugin, ''), records, covered, skipped, unexplained, error_code, error_where,"
    " error_message, seq, type, method, verified,"
    " CASE status WHEN 9 THEN (SELECT r.artifact FROM companion c JOIN run r ON r.id = c.run"
    " WHERE c.artifact = artifact.id ORDER BY c.run LIMIT 1) END FROM artifact";

constexpr std::string_view kRun =
    "SELECT id, artifact, plugin, version, options, level, ending, detail, plugin_sha256, root,"
    " stream, records, rejected, messages, seq, first_message FROM run";

constexpr std::string_view kConversation =
    "SELECT c.id, c.run, r.artifact, a.exhibit, c.platform, c.title, c.messages, c.first, c.last,"
    " a.path, x.reference, CASE WHEN coalesce(c.title, '') = '' THEN"
    " (SELECT group_concat(n, ', ') FROM (SELECT coalesce(name, phone, account) AS n FROM "
    "participant"
    " WHERE conversation = c.id AND owner = 0 AND n <> '' ORDER BY id LIMIT 4)) END"
    " FROM conversation c JOIN run r ON r.id = c.run"
    " JOIN artifact a ON a.id = r.artifact JOIN exhibit x ON x.id = a.exhibit";

constexpr std::string_view kParticipant =
    "SELECT id, conversation, name, phone, messages, first, last, account, owner FROM participant";

std::string joined(std::string_view select, std::string_view rest) {
  return std::string(select).append(rest);
}

std::optional<std::string> maybe_text(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return std::string(row.text(column));
}

Artifact read_artifact(const Statement& row) {
  Artifact out;
  out.id = row.integer(0);
  out.exhibit = row.integer(1);
  out.parent = row.maybe_integer(2);
  out.member = row.integer(3);
  out.depth = row.integer(4);
  out.path = row.blob(5);
  out.sha256 = digest_from_bytes(row.blob(6));
  out.size = row.integer(7);
  out.modified = row.maybe_integer(8);
  out.modified_kind = static_cast<int>(row.integer(9));
  out.status = static_cast<ArtifactStatus>(row.integer(10));
  out.plugin = row.text(11);
  out.records = row.integer(12);
  out.covered = row.integer(13);
  out.skipped = row.integer(14);
  out.unexplained = row.integer(15);
  if (!row.is_null(16)) {
    out.error_code = row.text(16);
    out.error = Error{error_code(out.error_code).value_or(ErrorCode::internal),
                      std::string(row.text(17)), std::string(row.text(18))};
  }
  out.seq = row.integer(19);
  out.type = row.text(20);
  out.method = maybe_text(row, 21);
  out.verified = row.is_null(22) || row.integer(22) != 0;
  out.read_with = row.maybe_integer(23);
  return out;
}

Run read_run(const Statement& row) {
  Run out;
  out.id = row.integer(0);
  out.artifact = row.integer(1);
  out.plugin = row.text(2);
  out.version = row.text(3);
  out.options = row.text(4);
  out.level = row.text(5);
  out.ending = row.text(6);
  out.detail = row.text(7);
  out.plugin_sha256 = digest_from_bytes(row.blob(8)).value_or(Digest{});
  out.root = digest_from_bytes(row.blob(9)).value_or(Digest{});
  out.stream = digest_from_bytes(row.blob(10)).value_or(Digest{});
  out.records = row.integer(11);
  out.rejected = row.integer(12);
  out.messages = row.integer(13);
  out.seq = row.integer(14);
  out.first_message = row.maybe_integer(15);
  return out;
}

Conversation read_conversation(const Statement& row) {
  Conversation out;
  out.id = row.integer(0);
  out.run = row.integer(1);
  out.artifact = row.integer(2);
  out.exhibit = row.integer(3);
  out.platform = row.text(4);
  out.title = maybe_text(row, 5);
  out.messages = row.integer(6);
  out.first = row.maybe_integer(7);
  out.last = row.maybe_integer(8);
  out.path = row.blob(9);
  out.reference = row.text(10);
  out.others = row.text(11);
  return out;
}

Participant read_participant(const Statement& row) {
  Participant out;
  out.id = row.integer(0);
  out.conversation = row.integer(1);
  out.name = maybe_text(row, 2);
  out.phone = maybe_text(row, 3);
  out.messages = row.integer(4);
  out.first = row.maybe_integer(5);
  out.last = row.maybe_integer(6);
  out.account = maybe_text(row, 7);
  out.owner = row.integer(8) != 0;
  return out;
}

Exhibit read_exhibit(const Statement& row) {
  Exhibit out;
  out.id = row.integer(0);
  out.reference = row.text(1);
  out.source = row.blob(2);
  out.custodian = row.text(3);
  out.note = row.text(4);
  out.zone = maybe_text(row, 5);
  out.date_order = maybe_text(row, 6);
  out.closed = row.integer(7) != 0;
  out.seq = row.integer(8);
  out.artifacts = row.integer(9);
  out.bytes = row.integer(10);
  out.errors = row.integer(11);
  out.unexplained = row.integer(12);
  out.messages = row.integer(13);
  return out;
}

// Runs through the rows of a bound statement.
template <typename T, typename Read>
Status each_row(Statement& statement, Read read, const Each<T>& each) {
  while (TRY(statement.step())) {
    const T value = read(statement);
    if (!TRY(each(value))) break;
  }
  statement.reset();
  return {};
}

template <typename T, typename Read>
Result<std::vector<T>> all_rows(Statement& statement, Read read) {
  std::vector<T> out;
  while (TRY(statement.step())) out.push_back(read(statement));
  return out;
}

template <typename T, typename Read>
Result<std::optional<T>> one_row(Statement& statement, Read read) {
  std::optional<T> out;
  if (TRY(statement.step())) out = read(statement);
  statement.reset();
  return out;
}

}  // namespace

Result<Statement*> Reader::lookup(std::string_view sql) const {
  auto found = lookups_.find(sql);
  if (found == lookups_.end()) found = lookups_.emplace(sql, TRY(database_.prepare(sql))).first;
  return &found->second;
}

Result<Totals> Reader::totals() const {
  // Messages are counted by their runs: counting the rows would read a whole index.
  Statement row = TRY(database_.prepare(
      "SELECT (SELECT count(*) FROM exhibit), count(*), total(size) FILTER (WHERE depth = 0),"
      " count(*) FILTER (WHERE status = 5), count(error_code), total(unexplained),"
      " count(*) FILTER (WHERE status <= 1),"
      " (SELECT count(*) FROM conversation), (SELECT count(*) FROM participant),"
      " (SELECT total(messages) FROM run), (SELECT total(rejected) FROM run),"
      " (SELECT count(*) FROM attachment),"
      " (SELECT count(*) FROM attachment WHERE state = 'missing') FROM artifact"));
  Totals out;
  if (!TRY(row.step())) return out;
  out.exhibits = row.integer(0);
  out.artifacts = row.integer(1);
  out.bytes = row.integer(2);
  out.unrecognised = row.integer(3);
  out.errors = row.integer(4);
  out.unexplained_bytes = row.integer(5);
  out.pending = row.integer(6);
  out.conversations = row.integer(7);
  out.participants = row.integer(8);
  out.messages = row.integer(9);
  out.rejected = row.integer(10);
  out.attachments = row.integer(11);
  out.attachments_missing = row.integer(12);
  return out;
}

Result<std::vector<Exhibit>> Reader::exhibits() const {
  Statement rows = TRY(database_.prepare(
      "SELECT x.id, x.reference, x.source, x.custodian, x.note, x.zone, x.date_order, x.closed,"
      " x.seq, count(a.id), total(a.size) FILTER (WHERE a.depth = 0), count(a.error_code),"
      " total(a.unexplained), (SELECT total(r.messages) FROM artifact b JOIN run r"
      " ON r.artifact = b.id WHERE b.exhibit = x.id)"
      " FROM exhibit x LEFT JOIN artifact a ON a.exhibit = x.id GROUP BY x.id ORDER BY x.id"));
  return all_rows<Exhibit>(rows, read_exhibit);
}

Result<std::optional<Artifact>> Reader::artifact(std::int64_t id) const {
  static const std::string kSql = joined(kArtifact, " WHERE id = ?1");
  Statement& row = *TRY(lookup(kSql));
  row.bind(1, id);
  return one_row<Artifact>(row, read_artifact);
}

Status Reader::artifacts(std::optional<std::int64_t> exhibit, std::optional<ArtifactStatus> status,
                         const Each<Artifact>& each) const {
  std::string sql = joined(kArtifact, " WHERE TRUE");
  if (exhibit) sql += " AND +exhibit = ?1";  // `+`: in order of id, not by the index on path
  if (status) sql += " AND +status = ?2";
  Statement rows = TRY(database_.prepare(sql + " ORDER BY id"));
  if (exhibit) rows.bind(1, *exhibit);
  if (status) rows.bind(2, static_cast<std::int64_t>(*status));
  return each_row<Artifact>(rows, read_artifact, each);
}

Result<std::vector<Run>> Reader::runs(std::int64_t artifact) const {
  static const std::string kSql = joined(kRun, " WHERE artifact = ?1 ORDER BY id");
  Statement& rows = *TRY(lookup(kSql));
  rows.bind(1, artifact);
  return all_rows<Run>(rows, read_run);
}

Result<std::optional<Run>> Reader::run(std::int64_t id) const {
  static const std::string kSql = joined(kRun, " WHERE id = ?1");
  Statement& row = *TRY(lookup(kSql));
  row.bind(1, id);
  return one_row<Run>(row, read_run);
}

Result<std::vector<RunInput>> Reader::inputs(std::int64_t run) const {
  Statement& rows = *TRY(
      lookup("SELECT 0 AS input, a.id, a.path, a.sha256 FROM run r JOIN artifact a"
             " ON a.id = r.artifact WHERE r.id = ?1"
             " UNION ALL SELECT c.input, a.id, a.path, a.sha256 FROM companion c JOIN artifact a"
             " ON a.id = c.artifact WHERE c.run = ?1 ORDER BY input"));
  rows.bind(1, run);
  return all_rows<RunInput>(rows, [](const Statement& row) {
    return RunInput{static_cast<std::uint8_t>(row.integer(0)), row.integer(1),
                    std::string(row.blob(2)), digest_from_bytes(row.blob(3)).value_or(Digest{})};
  });
}

Result<std::vector<std::pair<std::string, int>>> Reader::probes(std::int64_t artifact) const {
  Statement& rows = *TRY(
      lookup("SELECT plugin, score FROM probe WHERE artifact = ?1 ORDER BY score DESC, plugin"));
  rows.bind(1, artifact);
  return all_rows<std::pair<std::string, int>>(rows, [](const Statement& row) {
    return std::pair(std::string(row.text(0)), static_cast<int>(row.integer(1)));
  });
}

Status Reader::skips(std::int64_t run, const Each<SkipRow>& each) const {
  Statement rows =
      TRY(database_.prepare("SELECT run, start, length, code, why, input FROM skip WHERE run = ?1 "
                            "ORDER BY input, start"));
  rows.bind(1, run);
  return each_row<SkipRow>(
      rows,
      [](const Statement& row) {
        return SkipRow{row.integer(0),           row.integer(1),
                       row.integer(2),           std::string(row.text(3)),
                       std::string(row.text(4)), static_cast<std::uint8_t>(row.integer(5))};
      },
      each);
}

Status Reader::gaps(std::int64_t run, const Each<GapRow>& each) const {
  Statement rows = TRY(database_.prepare(
      "SELECT run, start, length, input FROM gap WHERE run = ?1 ORDER BY input, start"));
  rows.bind(1, run);
  return each_row<GapRow>(
      rows,
      [](const Statement& row) {
        return GapRow{row.integer(0), row.integer(1), row.integer(2),
                      static_cast<std::uint8_t>(row.integer(3))};
      },
      each);
}

Status Reader::notes(std::int64_t run, const Each<NoteRow>& each) const {
  Statement rows =
      TRY(database_.prepare("SELECT run, start, length, input, severity, code, message FROM note "
                            "WHERE run = ?1 ORDER BY id"));
  rows.bind(1, run);
  return each_row<NoteRow>(
      rows,
      [](const Statement& row) {
        return NoteRow{row.integer(0),
                       row.integer(1),
                       row.integer(2),
                       static_cast<std::uint8_t>(row.integer(3)),
                       static_cast<int>(row.integer(4)),
                       std::string(row.text(5)),
                       std::string(row.text(6))};
      },
      each);
}

Status Reader::conversations(std::optional<std::int64_t> exhibit,
                             const Each<Conversation>& each) const {
  std::string sql(kConversation);
  if (exhibit) sql += " WHERE +a.exhibit = ?1";
  Statement rows = TRY(database_.prepare(sql + " ORDER BY c.id"));
  if (exhibit) rows.bind(1, *exhibit);
  return each_row<Conversation>(rows, read_conversation, each);
}

Result<std::optional<Conversation>> Reader::conversation(std::int64_t id) const {
  static const std::string kSql = joined(kConversation, " WHERE c.id = ?1");
  Statement& row = *TRY(lookup(kSql));
  row.bind(1, id);
  return one_row<Conversation>(row, read_conversation);
}

Result<std::vector<Participant>> Reader::participants(std::int64_t conversation) const {
  static const std::string kSql = joined(kParticipant, " WHERE conversation = ?1 ORDER BY id");
  Statement& rows = *TRY(lookup(kSql));
  rows.bind(1, conversation);
  return all_rows<Participant>(rows, read_participant);
}

Result<std::optional<Participant>> Reader::participant(std::int64_t conversation,
                                                       std::int64_t ref) const {
  static const std::string kSql = joined(kParticipant, " WHERE conversation = ?1 AND ref = ?2");
  Statement& row = *TRY(lookup(kSql));
  row.bind(1, conversation).bind(2, ref);
  return one_row<Participant>(row, read_participant);
}

Status Reader::all_participants(const Each<Participant>& each) const {
  Statement rows = TRY(database_.prepare(joined(kParticipant, " ORDER BY id")));
  return each_row<Participant>(rows, read_participant, each);
}

}  // namespace forensics::casefile
