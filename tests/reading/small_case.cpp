#include "reading/small_case.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "casefile/schema.hpp"
#include "model/record.hpp"

namespace forensics::test {
namespace {

// 1'710'000'000'000 ms is 2024-03-09T16:00:00 on the wall clock.
constexpr const char* kRows = R"sql(
INSERT INTO exhibit VALUES
  (1, 'EX001', '/evidence/a.zip', 'K. Berhe', '', NULL, NULL, 1, 2),
  (2, 'EX002', '/evidence/b.zip', '', 'second phone', 'Africa/Tripoli', NULL, 1, 5);
INSERT INTO artifact (id, exhibit, parent, member, depth, path, name, sha256, size, type,
    modified, modified_kind, status, plugin, records, covered, skipped, unexplained,
    error_code, error_where, error_message, seq) VALUES
  (1, 1, NULL, 0, 0, 'a.zip', 'a.zip', zeroblob(32), 5000, 'application/zip', NULL, 0, 4, NULL, 0, 0, 0, 0,
   NULL, NULL, NULL, 2),
  (2, 1, 1, 0, 1, 'a.zip/_chat.txt', '_chat.txt', zeroblob(32), 9000, 'text/plain', NULL, 0, 2, 'org.example.chat',
   12, 8990, 3, 7, NULL, NULL, NULL, 3),
  (3, 1, 1, 1, 1, 'a.zip/photo.jpg', 'photo.jpg', zeroblob(32), 100, 'image/jpeg', 1710000000000, 2, 5, NULL, 0, 0, 0, 0,
   NULL, NULL, NULL, 3),
  (4, 2, NULL, 0, 0, 'b.txt', 'b.txt', zeroblob(32), 700, 'text/plain', NULL, 0, 3, 'org.example.chat', 3, 600, 0, 100,
   'truncated', 'b.txt at byte 600', 'the last message has no end', 6);
INSERT INTO run VALUES
  (1, 2, 'org.example.chat', '1.2.0', zeroblob(32), '{}', 'L3', 'complete', '', 12, 1,
   zeroblob(32), zeroblob(32), 1, 8, 4),
  (2, 4, 'org.example.chat', '1.2.0', zeroblob(32), '{}', 'L2', 'truncated', 'ends early', 4, 0,
   zeroblob(32), zeroblob(32), 9, 3, 7);
INSERT INTO probe VALUES (2, 'org.example.chat', 90), (2, 'org.example.mail', 10),
  (2, 'org.example.also', 10);
INSERT INTO skip VALUES (1, 0, 0, 3, 'byte-order-mark', 'UTF-8 signature at the start of the file');
INSERT INTO gap VALUES (1, 0, 8000, 5), (1, 0, 8100, 2);
INSERT INTO note VALUES (1, 1, 2, 0, 8000, 5, 'unknown-line', 'no template fits');
INSERT INTO conversation VALUES
  (1, 1, 1, 'whatsapp', 'Harbour', 5, 1710000000000, 1710000240000),
  (2, 1, 2, 'whatsapp', NULL, 3, 1710000060000, 1710086400000),
  (3, 2, 1, 'telegram', 'Harbour', 3, 1710000030000, 1710000090000);
INSERT INTO participant (id, conversation, ref, name, phone, messages, first, last) VALUES
  (1, 1, 1, 'Kidane', NULL, 2, 1710000000000, 1710000120000),
  (2, 1, 2, NULL, '+39 06 5550 0101', 2, 1710000060000, 1710000180000),
  (3, 2, 3, 'Kidane', NULL, 2, 1710000060000, 1710086400000),
  (4, 3, 1, 'Selam', '+39 06 5550 0101', 3, 1710000030000, 1710000090000);
)sql";

struct Row {
  int id, conversation, number, run, sender, type;
  std::int64_t wall;  // 0: none
  const char* text;   // nullptr: none
};

// clang-format off
constexpr Row kMessages[] = {
    {1, 1, 1, 1, 1, 1, 1710000000000, "The boat leaves at four"},
    {2, 1, 2, 1, 2, 1, 1710000060000, "قَارِب كبير"},
    {3, 1, 3, 1, 1, 2, 1710000120000, nullptr},
    {4, 1, 4, 1, 2, 1, 1710000180000, "call ٠٦٣ now"},
    {5, 1, 5, 1, 0, 9, 0, "Messages are end-to-end encrypted"},
    {6, 2, 1, 1, 3, 1, 1710000060000, "boat?"},
    {7, 2, 2, 1, 3, 1, 1710086400000, "ጀልባ ነገ"},
    {8, 2, 3, 1, 0, 9, 1710086400000, "Missed call"},
    {9, 3, 1, 2, 4, 1, 1710000030000, "The BOAT leaves at four"},
    {10, 3, 2, 2, 4, 1, 1710000060000, "ok"},
    {11, 3, 3, 2, 4, 1, 1710000090000, "лодка в порту"},
};
// clang-format on

void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().text());
}

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return std::move(*result);
}

std::string record_of(const Row& row) {
  model::Record record;
  record.kind = model::Kind::message;
  record.extent = {static_cast<std::uint64_t>(row.id) * 100, 90, model::Codec::none};
  if (row.text != nullptr) {
    model::Field field;
    field.key = model::Key::text;
    field.basis = model::Basis::verbatim;
    field.span = {record.extent.offset + 20, 10, model::Codec::utf8};
    record.fields.push_back(field);
  }
  std::string bytes;
  model::encode(record, bytes);
  return bytes;
}

std::string poll_record() {
  model::Record record;
  record.kind = model::Kind::poll;
  model::Field question;
  question.key = model::Key::question;
  question.text = "Which quay?";
  record.fields.push_back(question);
  std::string bytes;
  model::encode(record, bytes);
  return bytes;
}

}  // namespace

SmallCase::SmallCase() {
  std::string name = (std::filesystem::temp_directory_path() / "small_case_XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
  database_ = std::make_unique<casefile::Database>(
      must(casefile::Database::open(folder_ + "/case.db", casefile::Database::Mode::create)));
  execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");  // nothing here must last
  must(casefile::create_schema(*database_));
  execute(kRows);
  auto insert = must(database_->prepare(
      "INSERT INTO message (id, conversation, number, run, position, sender, type, flags, wall,"
      " wall_other, zone_offset, precision, basis, start, length, text, data)"
      " VALUES (?1, ?2, ?3, ?4, ?1, ?5, ?6, 0, ?7, NULL, NULL, ?8, 0, ?9, 90, ?10, ?11)"));
  auto event = must(database_->prepare("INSERT INTO event VALUES (?1, ?2, 0)"));
  for (const Row& row : kMessages) {
    const std::string data = record_of(row);
    insert.bind(1, std::int64_t{row.id}).bind(2, std::int64_t{row.conversation});
    insert.bind(3, std::int64_t{row.number}).bind(4, std::int64_t{row.run});
    insert.bind(5, row.sender == 0 ? std::nullopt : std::optional<std::int64_t>(row.sender));
    insert.bind(6, std::int64_t{row.type});
    insert.bind(7, row.wall == 0 ? std::nullopt : std::optional<std::int64_t>(row.wall));
    insert.bind(8, std::int64_t{row.wall == 0 ? 0 : 2}).bind(9, std::int64_t{row.id} * 100);
    if (row.text != nullptr)
      insert.bind_text(10, row.text);
    else
      insert.bind_null(10);
    insert.bind_blob(11, data);
    must(insert.run());
    if (row.wall == 0) continue;
    event.bind(1, row.wall).bind(2, std::int64_t{row.id});
    must(event.run());
  }
  execute(
      "INSERT INTO attachment (id, message, name, state, artifact) VALUES (1, 3, 'photo.jpg', "
      "'present', 3),"
      " (2, 4, 'gone.opus', 'missing', NULL), (3, 6, NULL, 'omitted', NULL)");
  auto record = must(database_->prepare("INSERT INTO record VALUES (1, 100, 8, 6, ?1)"));
  const std::string poll = poll_record();
  record.bind_blob(1, poll);
  must(record.run());
}

SmallCase::~SmallCase() {
  database_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void SmallCase::execute(const std::string& sql) {
  must(database_->execute(sql));
}

std::string SmallCase::plan(const std::string& sql) {
  auto rows = must(database_->prepare("EXPLAIN QUERY PLAN " + sql));
  std::string out;
  while (must(rows.step())) out.append(rows.text(3)).append("\n");
  return out;
}

}  // namespace forensics::test
