#include "ingest/session.hpp"

#include "casefile/create.hpp"
#include "casefile/handed_over.hpp"
#include "casefile/schema.hpp"
#include "ingest/apply.hpp"

#ifndef FORENSICS_VERSION
#error "the build defines FORENSICS_VERSION"
#endif

namespace forensics::ingest {
namespace {

using casefile::Database;
using casefile::Statement;

// When a transaction of derivations ends: what is in it by then is what a crash costs.
constexpr std::size_t kGathered = 256;
constexpr std::chrono::milliseconds kGatheredFor{200};
constexpr std::uint64_t kLong = std::uint64_t{1} << 20;  // bytes of an input

Result<std::uint64_t> applied_count(const Database& database) {
  Statement select = TRY(database.prepare("SELECT value FROM meta WHERE key = 'applied'"));
  if (!TRY(select.step()))
    return fail(ErrorCode::corrupt, database.path(), "the case database has lost its own state");
  return static_cast<std::uint64_t>(select.integer(0));
}

}  // namespace

Session::Session(casefile::CasePaths paths, Options options)
    : paths_(std::move(paths)), options_(std::move(options)), objects_(*options_.files, paths_) {}

Result<std::unique_ptr<Session>> Session::open(const std::string& root, Options options) {
  std::unique_ptr<Session> session(new Session(casefile::CasePaths{root}, std::move(options)));
  session->facts_ = TRY(casefile::read_facts(session->paths_));
  TRY(casefile::require_stated(session->paths_, session->facts_));
  TRY(casefile::require_own_folders(session->paths_));
  session->lock_ = TRY(casefile::WriterLock::take(session->paths_, session->options_.purpose));
  TRY(session->objects_.clean());

  ledger::Session who;
  who.id = casefile::new_uuid();
  who.actor = session->options_.actor.empty() ? session->facts_.examiner : session->options_.actor;
  who.tool = "forensics " FORENSICS_VERSION;
  session->salts_ = TRY(ledger::SaltKey::load(ledger::Layout(root).salt_key()));
  const ledger::Writer::Extent extent = TRY(ledger::Writer::survey(root));
  if (extent.case_uuid != session->facts_.uuid)
    return fail(ErrorCode::integrity, session->paths_.facts(),
                "the ledger in this folder belongs to another case (" + extent.case_uuid + ")");

  const std::string& other = session->options_.database;
  session->database_ =
      TRY(casefile::open_or_create_database(other.empty() ? session->paths_.database() : other));
  TRY(casefile::prepare_for_writing(session->database_));
  // Before the ledger is opened for writing: what nobody signed and nobody can apply is moved aside
  // by that, instead of being signed.
  const auto unfit = TRY(session->catch_up(extent));
  session->ledger_ = TRY(
      ledger::Writer::open(*session->options_.files, root, session->options_.clock, who, unfit));
  return session;
}

Result<std::optional<std::uint64_t>> Session::catch_up(const ledger::Writer::Extent& ledger) {
  const std::uint64_t applied = TRY(applied_count(database_));
  if (applied > ledger.entries)
    return fail(ErrorCode::integrity, database_.path(),
                "the case database knows " + std::to_string(applied) +
                    " ledger entries, but the ledger has only " + std::to_string(ledger.entries) +
                    ": one of the two was replaced; run 'forensics verify'");
  if (applied == ledger.entries) return std::nullopt;
  ledger::Reader reader = TRY(ledger::Reader::open(paths_.root, applied));
  std::optional<std::uint64_t> unfit;
  TRY(database_.execute("BEGIN IMMEDIATE"));
  for (std::uint64_t seq = applied; seq < ledger.entries && !unfit; ++seq) {
    const auto entry = TRY(reader.next());
    if (!entry) break;
    if (entry->type == ledger::entry_type::kDerive && !options_.rederive)
      return fail(ErrorCode::busy, paths_.root,
                  "an interrupted run has to be completed first: forensics ingest CASE");
    TRY(database_.execute("SAVEPOINT entry"));
    const Status fits = entry->type == ledger::entry_type::kDerive
                            ? options_.rederive(*this, *entry)
                            : apply(database_, seq, entry->type, entry->body);
    if (!fits) {
      if (seq < ledger.signed_entries || fits.error().code != ErrorCode::integrity)
        return tl::unexpected(fits.error());
      unfit = seq;
      TRY(database_.execute("ROLLBACK TO entry; RELEASE entry"));
      continue;
    }
    TRY(set_applied(seq + 1));
    TRY(database_.execute("RELEASE entry"));
    // A run can take hours: whoever is stopped in the next one need not do this one again.
    if (entry->type == ledger::entry_type::kDerive)
      TRY(database_.execute("COMMIT; BEGIN IMMEDIATE"));
  }
  TRY(database_.execute("COMMIT"));
  return unfit;
}

Status Session::set_applied(std::uint64_t count) {
  Statement update = TRY(database_.prepare("UPDATE meta SET value = ? WHERE key = 'applied'"));
  return update.bind(1, static_cast<std::int64_t>(count)).run();
}

// A command that ends before it has anything to say leaves no trace in the ledger.
Status Session::begin_session() {
  if (has_begun_) return {};
  has_begun_ = true;
  Json body = Json::object();
  body["purpose"] = options_.purpose;
  TRY(enter(ledger::entry_type::kSessionOpen, std::move(body)));
  return {};
}

Result<std::uint64_t> Session::enter(std::string_view type, Json body) {
  TRY(begin_session());
  const std::uint64_t seq = TRY(ledger_->append(type, body));
  pending_.push_back({seq, std::string(type), std::move(body)});
  return seq;
}

Status Session::flush() {
  TRY(objects_.publish());
  if (pending_.empty()) return in_transaction_ ? commit() : ledger_->commit();
  // The rows are tried before the entries are written: an entry that could not be applied would
  // stop every later session at the same place.
  TRY(open_transaction());
  TRY(apply_pending());
  return commit();
}

Status Session::apply_pending() {
  for (const Pending& pending : pending_)
    TRY(apply(database_, pending.seq, pending.type, pending.body));
  pending_.clear();
  return {};
}

Status Session::open_transaction() {
  if (in_transaction_) return {};
  TRY(database_.execute("BEGIN IMMEDIATE"));
  in_transaction_ = true;
  opened_ = std::chrono::steady_clock::now();
  return {};
}

Status Session::commit() {
  if (!pending_.empty())
    return fail(ErrorCode::internal, paths_.root,
                "entries would reach the disk without their rows");
  TRY(ledger_->commit());
  TRY(set_applied(ledger_->size()));
  TRY(database_.execute("COMMIT"));
  in_transaction_ = false;
  derivations_ = 0;
  return {};
}

bool Session::is_due() const {
  return derivations_ >= kGathered || std::chrono::steady_clock::now() - opened_ >= kGatheredFor;
}

Status Session::begin(std::uint64_t size) {
  TRY(begin_session());
  if (!pending_.empty()) TRY(flush());
  // What is done already does not wait for what will take long.
  if (in_transaction_ && (is_due() || size >= kLong)) TRY(commit());
  TRY(open_transaction());
  size_before_ = ledger_->size();
  return database_.execute("SAVEPOINT derivation");
}

Status Session::derived(Json body) {
  TRY(ledger_->append(ledger::entry_type::kDerive, std::move(body)));
  TRY(database_.execute("RELEASE derivation"));
  ++derivations_;
  return is_due() ? commit() : Status();
}

Status Session::enter_now(std::string_view type, Json body) {
  const std::uint64_t seq = TRY(ledger_->append(type, body));
  return apply(database_, seq, type, body);
}

Status Session::abandon() {
  if (ledger_->size() != size_before_)
    return fail(ErrorCode::internal, paths_.root, "the ledger has entries of what is abandoned");
  return database_.execute("ROLLBACK TO derivation; RELEASE derivation");
}

Status Session::close(Json facts) {
  TRY(enter(ledger::entry_type::kSessionClose, std::move(facts)));
  TRY(flush());
  TRY(ledger_->checkpoint());
  return casefile::settle(database_);
}

}  // namespace forensics::ingest
