#include "casefile/case.hpp"

#include <sqlite3.h>

#include "casefile/handed_over.hpp"
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

struct Stated {
  std::string_view name;
  std::string CaseFacts::*value;
};
constexpr Stated kStated[] = {
    {"agency", &CaseFacts::agency},     {"authority", &CaseFacts::authority},
    {"case_uuid", &CaseFacts::uuid},    {"created", &CaseFacts::created},
    {"examiner", &CaseFacts::examiner}, {"number", &CaseFacts::number},
    {"title", &CaseFacts::title},
};

}  // namespace

CaseFacts as_stated(CaseFacts facts, const ledger::Entry& genesis) {
  for (const Stated& each : kStated)
    if (genesis.body.find(each.name) != nullptr)
      facts.*each.value = std::string(genesis.body.text(each.name));
  return facts;
}

Status require_stated(const CasePaths& paths, const CaseFacts& facts) {
  const ledger::Layout layout(paths.root);
  if (!exists(layout.entries())) return {};
  const CaseFacts stated = as_stated(facts, TRY(ledger::read_genesis(layout)));
  for (const Stated& each : kStated)
    if (facts.*each.value != stated.*each.value)
      return fail(ErrorCode::integrity, paths.facts(),
                  std::string(each.name) + " is '" + legible(facts.*each.value) + "' here and '" +
                      legible(stated.*each.value) +
                      "' in the signed first entry of the ledger: one of the two was replaced");
  return {};
}

namespace {

// Opens the database for a reader; the first statement that reads fixes the moment.
Result<Database> open_to_read(const std::string& path) {
  Database database = TRY(Database::open(path, Database::Mode::read));
  TRY(
      database.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                       "BEGIN; SELECT count(*) FROM sqlite_schema"));
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
  TRY(require_stated(open.paths, open.facts));
  const std::string path = open.paths.database();
  TRY(require_plain_database(path));
  auto database = open_to_read(path);
  if (!database && database.error().code == ErrorCode::output && roll_back(path))
    database = open_to_read(path);
  open.database = TRY(std::move(database));
  TRY(require_current(open.database));
  TRY(require_own_schema(open.database));
  return open;
}

}  // namespace forensics::casefile
