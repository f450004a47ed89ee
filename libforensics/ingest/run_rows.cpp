#include "ingest/run_rows.hpp"

#include "ingest/acquisition.hpp"

namespace forensics::ingest {

Status insert_run(const casefile::Database& database, std::int64_t id, std::int64_t artifact,
                  const Derivation& derivation, const RunWriter& writer, std::uint64_t seq) {
  const Derivation::Run& run = *derivation.run;
  const std::string detail = legible(run.outcome.detail);
  casefile::Statement insert = TRY(database.prepare(
      "INSERT INTO run (id, artifact, plugin, version, plugin_sha256, options, level, ending,"
      " detail, records, rejected, root, stream, first_message, messages, seq)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  return insert.bind(1, id)
      .bind(2, artifact)
      .bind_text(3, run.plugin.id)
      .bind_text(4, run.plugin.version)
      .bind_blob(5, view(run.plugin.sha256))
      .bind_text(6, run.options)
      .bind_text(7, plugin::name_of(run.outcome.isolation.level))
      .bind_text(8, derivation.ending)
      .bind_text(9, detail)
      .bind(10, static_cast<std::int64_t>(run.outcome.records))
      .bind(11, static_cast<std::int64_t>(run.outcome.rejected))
      .bind_blob(12, view(run.records.root))
      .bind_blob(13, view(run.outcome.stream))
      .bind(14, writer.first_message())
      .bind(15, writer.messages())
      .bind(16, static_cast<std::int64_t>(seq))
      .run();
}

Status restate_run(const casefile::Database& database, const ledger::Entry& entry) {
  const Json& plugin = *entry.body.find("plugin");
  const Json* verdict = entry.body.find("verdict");
  const Json* isolation = entry.body.find("isolation");
  const Json* records = entry.body.find("records");
  const auto digest = digest_from_hex(plugin.text("sha256"));
  const auto stream = digest_from_hex(entry.body.text("stream_hmac"));
  if (verdict == nullptr || isolation == nullptr || records == nullptr || !digest || !stream)
    return fail(ErrorCode::corrupt, "ledger entry " + std::to_string(entry.seq),
                "it does not say what ran and how");
  casefile::Statement update = TRY(database.prepare(
      "UPDATE run SET version = ?, plugin_sha256 = ?, level = ?, ending = ?, detail = ?,"
      " rejected = ?, records = ?, stream = ? WHERE seq = ?"));
  return update.bind_text(1, plugin.text("version"))
      .bind_blob(2, view(*digest))
      .bind_text(3, isolation->text("level"))
      .bind_text(4, verdict->text("status"))
      .bind_text(5, verdict->text("detail"))
      .bind(6, entry.body.integer("rejected"))
      .bind(7, records->integer("count"))
      .bind_blob(8, view(*stream))
      .bind(9, static_cast<std::int64_t>(entry.seq))
      .run();
}

Status restore_error(const casefile::Database& database, const casefile::Artifact& before) {
  casefile::Statement update = TRY(database.prepare(
      "UPDATE artifact SET error_code = ?, error_where = ?, error_message = ? WHERE id = ?"));
  update.bind(4, before.id);
  if (before.error)
    update.bind_text(1, before.error_code)
        .bind_text(2, before.error->where)
        .bind_text(3, before.error->message);
  else
    update.bind_null(1).bind_null(2).bind_null(3);
  return update.run();
}

}  // namespace forensics::ingest
