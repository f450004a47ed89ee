// The bare floor of `forensics ingest` for one source: SHA-256 of its bytes; where it is a
// database, a SELECT of every column of its messages; and the rows of an existing case (messages,
// their files, timeline, full text) inserted into an empty SQLite file with the same schema in one
// transaction. The rows are read into memory first; only the steps are timed.
//
//   ingest_floor CASE.DB SOURCE NEW.DB    prints seconds of hashing, of selecting and of inserting
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/sha256.hpp"
#include "casefile/create.hpp"
#include "casefile/schema.hpp"
#include "search/index.hpp"

namespace forensics {
namespace {

struct Message {
  std::int64_t numbers[17];
  bool null[17];
  std::string text, data, folded;
};
struct Event {
  std::int64_t at, message, reading;
};

constexpr int kNumbers = 17;  // the integer columns stand before text and data

Result<std::vector<Message>> load_messages(const casefile::Database& database) {
  auto select = TRY(database.prepare(
      "SELECT id, conversation, number, run, position, sender, type, flags, wall, wall_other,"
      " zone_offset, precision, basis, start, length, input, mark, text, data FROM message"
      " ORDER BY id"));
  std::vector<Message> rows;
  while (TRY(select.step())) {
    Message& row = rows.emplace_back();
    for (int i = 0; i < kNumbers; ++i) {
      row.null[i] = select.is_null(i);
      row.numbers[i] = select.integer(i);
    }
    row.text = select.text(kNumbers);
    row.data = select.blob(kNumbers + 1);
    search::fold_into(row.text, row.folded);
  }
  return rows;
}

Result<std::vector<Event>> load_events(const casefile::Database& database) {
  auto select = TRY(database.prepare("SELECT at, message, reading FROM event ORDER BY message"));
  std::vector<Event> rows;
  while (TRY(select.step()))
    rows.push_back({select.integer(0), select.integer(1), select.integer(2)});
  return rows;
}

Status insert(const casefile::Database& database, const std::vector<Message>& messages,
              const std::vector<Event>& events) {
  TRY(database.execute("BEGIN"));
  TRY(database.execute(std::string(casefile::message_schema())));
  auto message = TRY(database.prepare(
      "INSERT INTO message (id, conversation, number, run, position, sender, type, flags, wall,"
      " wall_other, zone_offset, precision, basis, start, length, input, mark, text, data)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  auto text = TRY(database.prepare("INSERT INTO search (rowid, text) VALUES (?, ?)"));
  auto event = TRY(database.prepare("INSERT INTO event VALUES (?, ?, ?)"));
  std::size_t next_event = 0;
  for (const Message& row : messages) {
    for (int i = 0; i < kNumbers; ++i) {
      if (row.null[i])
        message.bind_null(i + 1);
      else
        message.bind(i + 1, row.numbers[i]);
    }
    TRY(message.bind_text(kNumbers + 1, row.text).bind_blob(kNumbers + 2, row.data).run());
    if (!row.folded.empty()) TRY(text.bind(1, row.numbers[0]).bind_text(2, row.folded).run());
    for (; next_event < events.size() && events[next_event].message == row.numbers[0]; ++next_event)
      TRY(event.bind(1, events[next_event].at)
              .bind(2, events[next_event].message)
              .bind(3, events[next_event].reading)
              .run());
  }
  return database.execute("COMMIT");
}

Status hash_file(const std::string& path) {
  const Descriptor file = TRY(open_read(path));
  Sha256 hash;
  for (std::uint64_t offset = 0;;) {
    const std::string piece = TRY(read_at(file, offset, 1 << 20));
    if (piece.empty()) break;
    hash.update(piece);
    offset += piece.size();
  }
  hash.finish();
  return {};
}

// Every value of the messages of a WhatsApp database; false where it is none.
bool select_all(const std::string& path) {
  sqlite3* db = nullptr;
  sqlite3_stmt* rows = nullptr;
  bool is_one = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK;
  for (const char* table :
       {"SELECT * FROM message", "SELECT * FROM message_media", "SELECT * FROM message_quoted"}) {
    is_one = is_one && sqlite3_prepare_v2(db, table, -1, &rows, nullptr) == SQLITE_OK;
    while (is_one && sqlite3_step(rows) == SQLITE_ROW)
      for (int i = 0; i < sqlite3_column_count(rows); ++i)
        if (sqlite3_column_type(rows, i) == SQLITE_INTEGER)
          sqlite3_column_int64(rows, i);
        else
          sqlite3_column_text(rows, i);
    sqlite3_finalize(rows);
    rows = nullptr;
  }
  sqlite3_close(db);
  return is_one;
}

Status run(const std::string& case_database, const std::string& source, const std::string& target) {
  using Clock = std::chrono::steady_clock;
  const auto seconds = [](Clock::duration time) {
    return std::chrono::duration<double>(time).count();
  };
  const auto from = TRY(casefile::Database::open(case_database, casefile::Database::Mode::read));
  const auto messages = TRY(load_messages(from));
  const auto events = TRY(load_events(from));

  const auto start = Clock::now();
  TRY(hash_file(source));
  const auto hashed = Clock::now();
  select_all(source);
  const auto selected = Clock::now();
  const auto to = TRY(casefile::Database::open(target, casefile::Database::Mode::create));
  TRY(to.execute("PRAGMA page_size = 8192"));
  TRY(casefile::prepare_for_writing(to));
  TRY(insert(to, messages, events));
  const auto inserted = Clock::now();
  std::printf("{\"hash_s\":%.3f,\"select_s\":%.3f,\"insert_s\":%.3f,\"rows\":%zu}\n",
              seconds(hashed - start), seconds(selected - hashed), seconds(inserted - selected),
              messages.size());
  return {};
}

}  // namespace
}  // namespace forensics

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: ingest_floor CASE.DB SOURCE NEW.DB\n", stderr);
    return 2;
  }
  const auto done = forensics::run(argv[1], argv[2], argv[3]);
  if (!done) std::fprintf(stderr, "%s\n", done.error().text().c_str());
  return done ? 0 : 1;
}
