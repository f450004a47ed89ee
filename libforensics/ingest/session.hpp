#pragma once
// A case opened for writing. The ledger is the authority and the database its reflection: what
// happens is first an entry of the ledger, then rows that follow from it. A session keeps the two
// in step, and brings a database that is behind (after a crash, or missing altogether) up to date.
//
//   auto session = TRY(Session::open(root, {.purpose = "ingest", ...}));
//   TRY(session->enter(entry_type::kAcquire, body));   // any number
//   TRY(session->flush());                             // objects, then ledger, then database
//   TRY(session->close());                             // signed checkpoint
//
// What is lost if the process dies: whatever was entered since the last flush(), and derivations of
// the last fraction of a second, which the next run makes again. Between the ledger and the
// database a crash loses nothing: the next open() applies the entries again. After an error
// from any function the session is over; what it did not flush is gone.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "casefile/case.hpp"
#include "casefile/lock.hpp"
#include "casefile/object_store.hpp"
#include "ledger/ledger.hpp"
#include "ledger/record_tree.hpp"

namespace forensics::ingest {

class Session {
 public:
  // Derives again what a `derive` entry says, into the open transaction of the database. Called
  // while the database catches up with the ledger. ErrorCode::integrity where the result differs.
  using Rederive = std::function<Status(Session&, const ledger::Entry&)>;

  struct Options {
    std::string purpose;  // the command, e.g. "ingest"
    std::string actor;    // empty: the case's examiner
    Files* files = &Files::system();
    ledger::Clock clock = ledger::system_time;
    Rederive rederive;     // absent: a database that lacks a derivation is refused
    std::string database;  // keep this one in step; empty: the case's own
  };

  // ErrorCode::busy: another writer; ::integrity: the ledger is not what its checkpoint says.
  static Result<std::unique_ptr<Session>> open(const std::string& root, Options options);

  // Adds an entry, to be applied to the database by the next flush(). Returns its number.
  Result<std::uint64_t> enter(std::string_view type, Json body);
  Status flush();

  // Flushes, ends the session in the ledger and signs a checkpoint. `facts` goes into the entry.
  Status close(Json facts);

  // Around a derivation: derived() adds its entry to the ledger, abandon() takes its rows back.
  // Rows and entries reach the disk together, those of several small derivations at a time: a
  // folder of a hundred thousand photographs would otherwise wait for the disk twice for each.
  // `size` of what it reads, in bytes: before a long one the ones before it are committed.
  Status begin(std::uint64_t size);
  Status derived(Json body);
  Status abandon();

  // An entry that is written with the derivation under way: its row goes into the open transaction,
  // and derived() commits both.
  Status enter_now(std::string_view type, Json body);

  const casefile::CaseFacts& facts() const { return facts_; }
  const casefile::CasePaths& paths() const { return paths_; }
  casefile::Database& database() { return database_; }
  casefile::ObjectStore& objects() { return objects_; }
  ledger::Writer& ledger() { return *ledger_; }
  ledger::SaltKey& salts() { return *salts_; }

 private:
  Session(casefile::CasePaths paths, Options options);
  // Applies what the ledger holds. The number of the first entry that is not signed and cannot be
  // applied, if there is one; what stands before it has been.
  Result<std::optional<std::uint64_t>> catch_up(const ledger::Writer::Extent& ledger);
  Status begin_session();
  Status open_transaction();
  Status commit();  // ledger, then database
  bool is_due() const;
  Status apply_pending();
  Status set_applied(std::uint64_t count);

  casefile::CasePaths paths_;
  Options options_;
  casefile::CaseFacts facts_;
  std::optional<casefile::WriterLock> lock_;
  casefile::ObjectStore objects_;
  casefile::Database database_;
  std::optional<ledger::Writer> ledger_;
  std::optional<ledger::SaltKey> salts_;
  struct Pending {
    std::uint64_t seq;
    std::string type;
    Json body;
  };
  std::vector<Pending> pending_;
  bool has_begun_ = false;  // its `session_open` is entered
  bool in_transaction_ = false;
  std::size_t derivations_ = 0;    // in the open transaction
  std::uint64_t size_before_ = 0;  // of the ledger, when the derivation under way began
  std::chrono::steady_clock::time_point opened_;
};

}  // namespace forensics::ingest
