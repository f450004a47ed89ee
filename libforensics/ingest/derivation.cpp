#include "ingest/derivation.hpp"

#include "ingest/acquisition.hpp"

namespace forensics::ingest {
namespace {

Json limits_json(const plugin::Limits& limits) {
  Json json = Json::object();
  json["cpu_seconds"] = limits.cpu_seconds;
  json["field_bytes"] = limits.field_bytes;
  json["idle_seconds"] = limits.idle_seconds;
  json["memory"] = limits.memory;
  json["output_bytes"] = limits.output_bytes;
  json["records"] = limits.records;
  json["wall_seconds"] = limits.wall_seconds;
  return json;
}

Json isolation_json(const plugin::Isolation& isolation) {
  Json json = Json::object();
  json["landlock_abi"] = isolation.landlock_abi;
  json["level"] = std::string(plugin::name_of(isolation.level));
  json["seccomp"] = isolation.seccomp;
  return json;
}

void take_natural(const Json& from, std::string_view key, std::uint64_t& value) {
  const std::int64_t stated = from.integer(key, -1);
  if (stated >= 0) value = static_cast<std::uint64_t>(stated);
}

void put_run(Json& body, const Derivation::Run& run) {
  Json& plugin = body["plugin"];
  plugin["abi"] = run.plugin.abi;
  plugin["carrier"] = run.plugin.carrier;
  plugin["id"] = run.plugin.id;
  plugin["sha256"] = to_hex(view(run.plugin.sha256));
  plugin["version"] = run.plugin.version;
  body["options"] = run.options;
  body["limits"] = limits_json(run.limits);
  body["isolation"] = isolation_json(run.outcome.isolation);
  body["records"] = run.records.json();
  body["stream_hmac"] = to_hex(view(run.outcome.stream));
  body["covered"] = run.outcome.covered;
  body["skipped"] = run.outcome.skipped;
  body["unexplained"] = run.outcome.unexplained_bytes;
  body["rejected"] = run.outcome.rejected;
  if (!run.children.is_null()) body["children"] = run.children;
  if (!run.keys.is_null()) body["keys"] = run.keys;
  if (!run.companions.is_null()) body["companions"] = run.companions;
}

}  // namespace

Json Derivation::body(const casefile::Artifact& artifact) const {
  Json body = Json::object();
  body["artifact"] = casefile::artifact_id(artifact.id);
  body["parent"] = artifact.seq;
  body["status"] = std::string(casefile::name_of(status));
  Json& verdict = body["verdict"];
  verdict["status"] = ending;
  if (!detail.empty()) verdict["detail"] = legible(detail);
  if (error) body["error"] = error_json(*error);
  if (status == casefile::ArtifactStatus::container) body["members"] = members;
  if (isolation) body["isolation"] = isolation_json(*isolation);
  if (run) put_run(body, *run);
  if (read_with != 0) {
    body["read_with"] = casefile::artifact_id(read_with);
    body["covered"] = covered;
    body["skipped"] = skipped;
    body["unexplained"] = unexplained;
  }
  for (const std::string& each : trouble) body["trouble"].push_back(legible(each));
  if (!probes.empty()) {
    Json& list = body["probes"];
    for (const plugin::Score& score : probes) {
      Json item = Json::object();
      item["plugin"] = score.plugin;
      item["score"] = score.score;
      list.push_back(std::move(item));
    }
  }
  return body;
}

Result<Derivation> Derivation::from(const Json& body) {
  Derivation derivation;
  const auto status = casefile::artifact_status(body.text("status"));
  if (!status)
    return fail(ErrorCode::corrupt, "ledger",
                "'" + std::string(body.text("status")) + "' is no status of an artifact");
  derivation.status = *status;
  if (const Json* verdict = body.find("verdict")) {
    derivation.ending = verdict->text("status");
    derivation.detail = verdict->text("detail");
  }
  if (const Json* plugin = body.find("plugin")) derivation.plugin_id = plugin->text("id");
  if (const Json* records = body.find("records"))
    derivation.records = static_cast<std::uint64_t>(records->integer("count"));
  derivation.covered = static_cast<std::uint64_t>(body.integer("covered"));
  derivation.skipped = static_cast<std::uint64_t>(body.integer("skipped"));
  derivation.unexplained = static_cast<std::uint64_t>(body.integer("unexplained"));
  derivation.members = static_cast<std::uint64_t>(body.integer("members"));
  if (const Json* error = body.find("error"))
    derivation.error =
        Error{error_code(error->text("code")).value_or(ErrorCode::internal),
              std::string(error->text("where")), std::string(error->text("message"))};
  if (const Json* probes = body.find("probes"); probes != nullptr && probes->as_array() != nullptr)
    for (const Json& probe : *probes->as_array())
      derivation.probes.push_back(
          {std::string(probe.text("plugin")), static_cast<int>(probe.integer("score"))});
  return derivation;
}

plugin::Limits stated_limits(const Json& body) {
  plugin::Limits limits;
  const Json* stated = body.find("limits");
  if (stated == nullptr) return limits;
  take_natural(*stated, "cpu_seconds", limits.cpu_seconds);
  take_natural(*stated, "field_bytes", limits.field_bytes);
  take_natural(*stated, "idle_seconds", limits.idle_seconds);
  take_natural(*stated, "memory", limits.memory);
  take_natural(*stated, "output_bytes", limits.output_bytes);
  take_natural(*stated, "records", limits.records);
  take_natural(*stated, "wall_seconds", limits.wall_seconds);
  return limits;
}

Error error_of(const plugin::Outcome& outcome, const std::string& where) {
  using plugin::Ending;
  ErrorCode code = ErrorCode::plugin;
  switch (outcome.ending) {
    case Ending::truncated: code = ErrorCode::truncated; break;
    case Ending::corrupt: code = ErrorCode::corrupt; break;
    case Ending::encrypted: code = ErrorCode::encrypted; break;
    case Ending::limit: code = ErrorCode::limit; break;
    case Ending::cancelled: code = ErrorCode::cancelled; break;
    case Ending::not_mine: code = ErrorCode::unknown; break;
    default: break;
  }
  std::string message = outcome.detail;
  if (message.empty()) message = "ended as " + std::string(plugin::name_of(outcome.ending));
  return {code, where, message};
}

Status apply_derivation(const casefile::Database& database, std::int64_t artifact,
                        const Derivation& derivation) {
  casefile::Statement update = TRY(database.prepare(
      "UPDATE artifact SET status = ?, plugin = ?, records = ?, covered = ?, skipped = ?,"
      " unexplained = ?, error_code = coalesce(?, error_code),"
      " error_where = coalesce(?, error_where), error_message = coalesce(?, error_message)"
      " WHERE id = ?"));
  update.bind(1, static_cast<std::int64_t>(derivation.status)).bind(10, artifact);
  if (derivation.plugin_id.empty())
    update.bind_null(2);
  else
    update.bind_text(2, derivation.plugin_id);
  update.bind(3, static_cast<std::int64_t>(derivation.records))
      .bind(4, static_cast<std::int64_t>(derivation.covered))
      .bind(5, static_cast<std::int64_t>(derivation.skipped))
      .bind(6, static_cast<std::int64_t>(derivation.unexplained));
  // An error of the acquisition stays: a part that was read is still a part.
  std::string code, where, message;
  if (derivation.error) {
    code = name_of(derivation.error->code);
    where = legible(derivation.error->where);
    message = legible(derivation.error->message);
    update.bind_text(7, code).bind_text(8, where).bind_text(9, message);
  } else {
    update.bind_null(7).bind_null(8).bind_null(9);
  }
  TRY(update.run());
  casefile::Statement insert = TRY(
      database.prepare("INSERT OR REPLACE INTO probe (artifact, plugin, score) VALUES (?, ?, ?)"));
  for (const plugin::Score& score : derivation.probes)
    TRY(insert.bind(1, artifact)
            .bind_text(2, score.plugin)
            .bind(3, std::int64_t{score.score})
            .run());
  return {};
}

}  // namespace forensics::ingest
