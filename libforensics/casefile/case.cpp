#include "casefile/case.hpp"

#include <sqlite3.h>

#include "casefile/schema.hpp"

namespace forensics::casefile {

std::string object_path(const CasePaths& paths, const Digest& digest) {
  const std::string hex = to_hex(view(digest));
  return paths.objects() + "/" + hex.substr(0, 2) + "/" + hex;
}

std::string serialise(const CaseFacts& facts) {
  Json json = Json::object();
  json["agency"] = facts.agency;
  json["authority"] = facts.authority;
  json["case_uuid"] = facts.uuid;
  json["created"] = facts.created;
  json["examiner"] = facts.examiner;
  json["format"] = "forensics-case";
  json["number"] = facts.number;
  json["title"] = facts.title;
  json["tool"] = facts.version;
  json["version"] = kCaseVersion;
  return json.dump() + "\n";
}

Result<CaseFacts> read_facts(const CasePaths& paths) {
  if (!exists(paths.facts()))
    return fail(ErrorCode::not_found, paths.root,
                "this is no case folder (case.json is not there); make one with: forensics init");
  std::string text = TRY(read_file(paths.facts(), 1 << 20));
  if (text.ends_with('\n')) text.pop_back();
  auto json = Json::parse_canonical(text);
  if (!json || json->text("format") != "forensics-case")
    return fail(ErrorCode::corrupt, paths.facts(),
                json ? "this file is of another kind" : json.error().text());
  const std::int64_t version = json->integer("version");
  if (version > kCaseVersion)
    return fail(ErrorCode::newer, paths.root,
                "this case was made by a newer version (" + std::string(json->text("tool")) +
                    ", case format " + std::to_string(version) + "; this program knows up to " +
                    std::to_string(kCaseVersion) + "): use that version or a later one");
  CaseFacts facts;
  facts.uuid = json->text("case_uuid");
  facts.number = json->text("number");
  facts.title = json->text("title");
  facts.examiner = json->text("examiner");
  facts.agency = json->text("agency");
  facts.authority = json->text("authority");
  facts.created = json->text("created");
  facts.version = json->text("tool");
  return facts;
}

namespace {

// Opens the database for a reader; the first statement that reads fixes the moment.
Result<Database> open_to_read(const std::string& path) {
  Database database = TRY(Database::open(path, Database::Mode::read));
  TRY(database.execute("BEGIN; SELECT count(*) FROM sqlite_schema"));
  return database;
}

// A writer that was killed in the middle of a transaction may leave a journal that has to be rolled
// back before anybody can read, and a reader is not allowed to. SQLite does it under its own locks
// for whoever may write.
Status roll_back(const std::string& path) {
  const Database database = TRY(Database::open(path, Database::Mode::write));
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return database.execute("SELECT count(*) FROM sqlite_schema");
}

}  // namespace

Result<OpenCase> open_case(const std::string& root) {
  OpenCase open;
  open.paths.root = root;
  open.facts = TRY(read_facts(open.paths));
  const std::string path = open.paths.database();
  auto database = open_to_read(path);
  if (!database && database.error().code == ErrorCode::output && roll_back(path))
    database = open_to_read(path);
  open.database = TRY(std::move(database));
  TRY(require_current(open.database));
  return open;
}

}  // namespace forensics::casefile
