#include "case_fixture.hpp"

#include <date/date.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/sha256.hpp"
#include "casefile/schema.hpp"
#include "ledger/ledger.hpp"

namespace forensics::test {
namespace {

constexpr const char* kUuid = "00000000-0000-4000-8000-000000000417";
constexpr const char* kTime = "2024-04-02T09:00:00.000Z";

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

void put_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

model::Field text_field(model::Key key, std::string text) {
  model::Field field;
  field.key = key;
  field.rule = "test";
  field.text = std::move(text);
  return field;
}

}  // namespace

std::int64_t wall(int year, unsigned month, unsigned day, int hour, int minute) {
  const date::sys_days days = date::year{year} / date::month{month} / date::day{day};
  return days.time_since_epoch().count() * std::int64_t{86'400'000} + hour * 3'600'000 +
         minute * 60'000;
}

model::Record record(model::Kind kind,
                     const std::vector<std::pair<model::Key, std::string>>& texts) {
  model::Record out;
  out.kind = kind;
  for (const auto& [key, text] : texts) out.fields.push_back(text_field(key, text));
  return out;
}

CaseFixture::CaseFixture() {
  std::string pattern = testing::TempDir() + "report-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
  folder_ = pattern;
  std::filesystem::create_directories(root() + "/objects");
  casefile::CaseFacts facts;
  facts.uuid = kUuid;
  facts.number = "2024/0417";
  facts.title = "Harbour";
  facts.examiner = "R. Examiner";
  facts.agency = "Example Agency";
  facts.created = "2024-04-02T09:00:00Z";
  facts.version = "forensics 0.1.0";
  put_file(root() + "/case.json", casefile::serialise(facts));
  ledger::Genesis genesis{kUuid, facts.number, facts.examiner, facts.agency, "forensics 0.1.0"};
  ledger::Secrets secrets{must(ledger::SigningKey::from_seed(std::string(32, 'k'))),
                          std::string(32, 's')};
  must(ledger::create(
      Files::system(), root(), genesis, [] { return std::string(kTime); }, secrets));
  database_ = must(casefile::Database::open(root() + "/case.db", casefile::Database::Mode::create));
  must(casefile::create_schema(database_));
}

CaseFixture::~CaseFixture() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void CaseFixture::sql(const std::string& statements) {
  must(database_.execute(statements));
}

std::int64_t CaseFixture::exhibit(const std::string& reference) {
  auto insert =
      must(database_.prepare("INSERT INTO exhibit (reference, source, custodian, note, closed, seq)"
                             " VALUES (?1, ?2, 'K. Custodian', '', 1, 1)"));
  insert.bind_text(1, reference).bind_blob(2, "phone-a.zip");
  must(insert.run());
  return database_.last_row();
}

std::int64_t CaseFixture::artifact(std::int64_t exhibit, const std::string& path,
                                   const std::string& bytes, casefile::ArtifactStatus status) {
  const Digest digest = Sha256::of(bytes);
  const std::string object = casefile::object_path({root()}, digest);
  std::filesystem::create_directories(std::filesystem::path(object).parent_path());
  put_file(object, bytes);
  auto insert = must(database_.prepare(
      "INSERT INTO artifact (exhibit, member, depth, path, name, sha256, size, type, modified_kind,"
      " status, seq) VALUES (?1, 0, 0, ?2, ?6, ?3, ?4, 'text/plain', 0, ?5, 2)"));
  const std::string name = path.substr(path.find_last_of('/') + 1);
  insert.bind(1, exhibit).bind_blob(2, path).bind_blob(3, view(digest));
  insert.bind(4, static_cast<std::int64_t>(bytes.size()))
      .bind(5, static_cast<std::int64_t>(status));
  insert.bind_blob(6, name);
  must(insert.run());
  return database_.last_row();
}

std::string CaseFixture::object_path(std::int64_t artifact) const {
  auto select = must(database_.prepare("SELECT sha256 FROM artifact WHERE id = ?1"));
  select.bind(1, artifact);
  must(select.step());
  return casefile::object_path({root()}, *digest_from_bytes(select.blob(0)));
}

std::int64_t CaseFixture::chat(std::int64_t exhibit, const std::string& path,
                               const std::optional<std::string>& title,
                               const std::vector<Said>& said, const std::string& level) {
  struct Line {
    std::uint64_t start, text, end;
  };
  std::string source;
  std::vector<Line> lines;
  for (const Said& one : said) {
    Line line{source.size(), 0, 0};
    source += one.stamp + " - ";
    if (!one.sender.empty()) source += one.sender + ": ";
    line.text = source.size();
    source += one.text.value_or("") + "\n";
    line.end = source.size();
    lines.push_back(line);
  }
  const std::int64_t file = artifact(exhibit, path, source, casefile::ArtifactStatus::parsed);
  const auto count = static_cast<std::int64_t>(said.size());
  sql("UPDATE artifact SET plugin = 'org.libforensics.whatsapp-text', covered = size WHERE id = " +
      std::to_string(file));

  auto run = must(database_.prepare(
      "INSERT INTO run (artifact, plugin, version, plugin_sha256, options, level, ending, detail,"
      " records, rejected, root, stream, messages, seq) VALUES (?1,"
      " 'org.libforensics.whatsapp-text', '0.1.0', zeroblob(32), '{}', ?2, 'complete', '', ?3, 0,"
      " zeroblob(32), zeroblob(32), ?3, 3)"));
  run.bind(1, file).bind_text(2, level).bind(3, count);
  must(run.run());
  const std::int64_t run_id = database_.last_row();

  auto conversation = must(database_.prepare(
      "INSERT INTO conversation (run, ref, platform, title, messages, first, last)"
      " VALUES (?1, 1, 'whatsapp', ?2, ?3, ?4, ?5)"));
  conversation.bind(1, run_id).bind(3, count);
  title ? conversation.bind_text(2, *title) : conversation.bind_null(2);
  conversation.bind(4, said.empty() ? std::nullopt : said.front().wall);
  conversation.bind(5, said.empty() ? std::nullopt : said.back().wall);
  must(conversation.run());
  const std::int64_t conversation_id = database_.last_row();

  sql("BEGIN");
  std::map<std::string, std::int64_t> senders;
  auto message = must(database_.prepare(
      "INSERT INTO message (conversation, number, run, position, sender, type, flags, wall,"
      " wall_other, zone_offset, precision, basis, start, length, text, data)"
      " VALUES (?1, ?2, ?3, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"));
  auto event = must(database_.prepare("INSERT INTO event VALUES (?1, ?2, ?3)"));
  auto attachment = must(database_.prepare(
      "INSERT INTO attachment (message, name, state, artifact) VALUES (?1, ?2, ?3, ?4)"));
  auto extra = must(database_.prepare("INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5)"));
  std::int64_t position = count;
  for (std::size_t at = 0; at < said.size(); ++at) {
    const Said& one = said[at];
    const Line& line = lines[at];
    std::optional<std::int64_t> sender;
    if (!one.sender.empty()) {
      auto [known, fresh] = senders.emplace(one.sender, 0);
      if (fresh) {
        auto insert = must(database_.prepare(
            "INSERT INTO participant (conversation, ref, name) VALUES (?1, ?2, ?3)"));
        insert.bind(1, conversation_id).bind(2, static_cast<std::int64_t>(senders.size()));
        insert.bind_text(3, one.sender);
        must(insert.run());
        known->second = database_.last_row();
      }
      sender = known->second;
    }
    model::Record stored;
    stored.kind = model::Kind::message;
    stored.extent = {line.start, line.end - line.start, model::Codec::none};
    model::Field sent;
    sent.key = model::Key::sent;
    sent.rule = "whatsapp.header";
    sent.span = {line.start, one.stamp.size(), model::Codec::none};
    if (one.wall) sent.time = {*one.wall, 0, model::Precision::minute, model::TimeBasis::unknown};
    stored.fields.push_back(sent);
    if (one.text) {
      model::Field text;
      text.key = model::Key::text;
      text.basis = model::Basis::decoded;
      text.span = {line.text, one.text->size(), model::Codec::utf8_lines};
      stored.fields.push_back(text);
    }
    std::string data;
    model::encode(stored, data);
    message.bind(1, conversation_id).bind(2, static_cast<std::int64_t>(at + 1)).bind(3, run_id);
    message.bind(4, sender).bind(5, static_cast<std::int64_t>(one.type));
    message.bind(6, static_cast<std::int64_t>(one.flags)).bind(7, one.wall).bind(8, one.wall_other);
    message.bind(9, one.offset ? std::optional<std::int64_t>(*one.offset) : std::nullopt);
    message.bind(10, static_cast<std::int64_t>(one.wall ? model::Precision::minute
                                                        : model::Precision::none));
    message.bind(11, static_cast<std::int64_t>(one.offset ? model::TimeBasis::offset
                                                          : model::TimeBasis::unknown));
    message.bind(12, static_cast<std::int64_t>(line.start));
    message.bind(13, static_cast<std::int64_t>(line.end - line.start));
    one.text ? message.bind_text(14, *one.text) : message.bind_null(14);
    message.bind_blob(15, data);
    must(message.run());
    const std::int64_t id = database_.last_row();
    const std::int64_t shift = one.offset.value_or(0) * std::int64_t{1000};
    if (one.wall) must(event.bind(1, *one.wall - shift).bind(2, id).bind(3, std::int64_t{0}).run());
    if (one.wall_other)
      must(event.bind(1, *one.wall_other - shift).bind(2, id).bind(3, std::int64_t{1}).run());
    for (const Said::File& named : one.files) {
      attachment.bind(1, id).bind_text(2, named.name).bind_text(3, named.state);
      attachment.bind(4, named.artifact);
      must(attachment.run());
    }
    for (const model::Record& one_extra : one.records) {
      std::string bytes;
      model::encode(one_extra, bytes);
      extra.bind(1, run_id).bind(2, ++position);
      extra.bind(3, static_cast<std::int64_t>(one_extra.kind)).bind(4, id).bind_blob(5, bytes);
      must(extra.run());
    }
  }
  sql("COMMIT; UPDATE participant SET messages = (SELECT count(*) FROM message"
      " WHERE sender = participant.id) WHERE conversation = " +
      std::to_string(conversation_id));
  return conversation_id;
}

}  // namespace forensics::test
