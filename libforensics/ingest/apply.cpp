#include "ingest/apply.hpp"

#include "casefile/reader.hpp"
#include "ledger/entry.hpp"
#include "timeline/events.hpp"

namespace forensics::ingest {
namespace {

using casefile::ArtifactStatus;
using casefile::Database;
using casefile::Statement;

// A name of the evidence: text where it is UTF-8, else base64 under `<key>_b64`.
std::string evidence_bytes(const Json& body, std::string_view key) {
  const std::string encoded(body.text(std::string(key) + "_b64"));
  if (encoded.empty()) return std::string(body.text(key));
  return from_base64(encoded).value_or("");
}

std::string last_component(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

Status apply_exhibit(const Database& database, std::uint64_t seq, const Json& body) {
  Statement insert = TRY(
      database.prepare("INSERT INTO exhibit (id, reference, source, custodian, note, closed, seq)"
                       " VALUES (?, ?, ?, ?, ?, 0, ?)"));
  const std::string source = evidence_bytes(body, "source");
  return insert.bind(1, body.integer("exhibit"))
      .bind_text(2, body.text("reference"))
      .bind_blob(3, source)
      .bind_text(4, body.text("custodian"))
      .bind_text(5, body.text("note"))
      .bind(6, static_cast<std::int64_t>(seq))
      .run();
}

Status apply_close(const Database& database, const Json& body) {
  Statement update = TRY(database.prepare("UPDATE exhibit SET closed = 1 WHERE id = ?"));
  return update.bind(1, body.integer("exhibit")).run();
}

ArtifactStatus initial_status(std::string_view status) {
  if (status == "unreadable") return ArtifactStatus::unreadable;
  if (status == "special") return ArtifactStatus::special;
  return ArtifactStatus::stored;
}

Status apply_acquire(const Database& database, std::uint64_t seq, const Json& body) {
  const std::int64_t id = TRY(artifact_number(body.text("artifact")));
  const std::string path = evidence_bytes(body, "path");
  const std::string name = last_component(path);
  Statement insert = TRY(database.prepare(
      "INSERT INTO artifact (id, exhibit, parent, member, depth, path, name, sha256, size, type,"
      " modified, modified_kind, status, error_code, error_where, error_message, seq, method,"
      " verified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  std::optional<Digest> digest;
  std::int64_t size = 0;
  if (const Json* object = body.find("object")) {
    digest = digest_from_hex(object->text("sha256"));
    size = object->integer("size");
  }
  std::optional<std::int64_t> parent;
  if (body.find("container") != nullptr) parent = TRY(artifact_number(body.text("container")));
  std::optional<std::int64_t> modified;
  std::int64_t modified_kind = 0;
  if (const Json* stated = body.find("modified")) {
    modified = stated->integer("ms");
    modified_kind = stated->text("kind") == "utc" ? 1 : 2;
  }
  insert.bind(1, id)
      .bind(2, body.integer("exhibit"))
      .bind(3, parent)
      .bind(4, body.integer("member"))
      .bind(5, body.integer("depth"))
      .bind_blob(6, path)
      .bind_blob(7, name)
      .bind(9, size)
      .bind_text(10, body.text("media_type"))
      .bind(11, modified)
      .bind(12, modified_kind)
      .bind(13, static_cast<std::int64_t>(initial_status(body.text("status"))))
      .bind(17, static_cast<std::int64_t>(seq));
  const Json* verified = body.find("verified");
  if (verified != nullptr && verified->as_bool() != nullptr)
    insert.bind_text(18, body.text("method")).bind(19, std::int64_t{*verified->as_bool() ? 1 : 0});
  else
    insert.bind_null(18).bind_null(19);
  if (digest)
    insert.bind_blob(8, view(*digest));
  else
    insert.bind_null(8);
  if (const Json* error = body.find("error")) {
    insert.bind_text(14, error->text("code"))
        .bind_text(15, error->text("where"))
        .bind_text(16, error->text("message"));
  } else {
    insert.bind_null(14).bind_null(15).bind_null(16);
  }
  return insert.run();
}

Status apply_assertion(const Database& database, const Json& body) {
  Statement update = TRY(database.prepare(
      "UPDATE exhibit SET zone = coalesce(?, zone), date_order = coalesce(?, date_order)"
      " WHERE id = ?"));
  const auto bind_stated = [&](int at, std::string_view key) {
    if (body.find(key) != nullptr)
      update.bind_text(at, body.text(key));
    else
      update.bind_null(at);
  };
  bind_stated(1, "zone");
  bind_stated(2, "date_order");
  TRY(update.bind(3, body.integer("exhibit")).run());
  return timeline::rebuild_events(database, body.integer("exhibit"));
}

}  // namespace

Result<std::int64_t> artifact_number(std::string_view text) {
  const auto citation = casefile::parse_citation(text);
  if (!citation || citation->what != casefile::Citation::What::artifact)
    return fail(ErrorCode::integrity, "ledger",
                "'" + std::string(text) + "' is no artifact number");
  return citation->id;
}

Status apply(const Database& database, std::uint64_t seq, std::string_view type, const Json& body) {
  if (type == ledger::entry_type::kExhibit) return apply_exhibit(database, seq, body);
  if (type == ledger::entry_type::kExhibitClose) return apply_close(database, body);
  if (type == ledger::entry_type::kAcquire) return apply_acquire(database, seq, body);
  if (type == ledger::entry_type::kAssert) return apply_assertion(database, body);
  return {};
}

}  // namespace forensics::ingest
