#pragma once
// The append-only history of a case: making it, adding to it, reading it.
//
//   TRY(create(files, folder, genesis, system_time));
//   Writer writer = TRY(Writer::open(files, folder, system_time, session));
//   TRY(writer.append(entry_type::kExhibit, std::move(body)));
//   TRY(writer.commit());      // on disk
//   TRY(writer.checkpoint());  // signed: from here on nothing before it can be lost unnoticed
//
// One Writer at a time: the caller holds the lock of the case. Readers are welcome at any time.
// Threads: one object, one thread.
//
// What is lost if the process dies: before commit() the appended entries; during it, those whose
// lines are not whole; after it nothing, but entries past the last checkpoint are unsigned, and the
// next open() says so in the ledger.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/entry.hpp"
#include "ledger/genesis.hpp"
#include "ledger/head.hpp"
#include "ledger/keys.hpp"
#include "ledger/layout.hpp"
#include "ledger/lines.hpp"
#include "ledger/merkle.hpp"

namespace forensics::ledger {

using Clock = std::function<std::string()>;  // the time of an entry, as Entry::time wants it
std::string system_time();

struct Secrets {
  SigningKey log;
  std::string salt;  // 32 bytes
  static Secrets generate();
};

// Makes keys, ledger and first checkpoint in a case folder, and the folder where it is absent.
// Until the very last step there is no ledger, so that a creation that was killed can be repeated.
// ErrorCode::usage: there is a ledger already, or the genesis is not as specified.
Status create(Files& files, const std::string& case_folder, const Genesis& genesis,
              const Clock& clock, const Secrets& secrets = Secrets::generate());

// Who acts; goes into every entry.
struct Session {
  std::string id;
  std::string actor;
  std::string tool;
};

class Writer {
 public:
  // What open() found behind the last checkpoint, and wrote into the ledger as `recovery` entries.
  struct Recovered {
    std::uint64_t unsigned_entries = 0;  // valid, kept
    std::uint64_t moved_bytes = 0;       // not valid, moved to ledger/recovery/
  };

  // What open() would keep.
  struct Extent {
    std::string case_uuid;
    std::uint64_t signed_entries = 0;  // that the newest checkpoint covers
    std::uint64_t entries = 0;         // and those behind it that are valid
  };
  static Result<Extent> survey(const std::string& case_folder);

  // Reads the whole ledger once. What the newest checkpoint covers must be there, byte for byte, or
  // the error is ErrorCode::integrity and nothing is changed. What follows it is kept as far as it
  // is valid and stands before `unfit`, an entry that the caller cannot apply; the rest is moved
  // aside.
  static Result<Writer> open(Files& files, const std::string& case_folder, Clock clock,
                             Session session, std::optional<std::uint64_t> unfit = {});

  void set_session(Session session) { session_ = std::move(session); }

  // Adds an entry in memory and returns its sequence number; not a genesis, and no change of keys.
  // ErrorCode::usage: the type or the body is outside the ledger's JSON profile (see
  // check_profile), or the line is too long.
  Result<std::uint64_t> append(std::string_view type, Json body);

  // Brings every appended entry to disk, in one write. After a failure the state of the disk is
  // unknown: every later call fails with the same error, and open() sorts it out.
  Status commit();

  // Commits, signs size and root, and writes the checkpoint so that it is there wholly or not at
  // all. Without new entries since the last one, that is returned.
  Result<Checkpoint> checkpoint();

  // Another key signs from here on: a `key_rotate` entry and its checkpoint, signed by both. The
  // old private key is gone afterwards. Killed on the way, the change has happened or not, and
  // open() brings the files of keys/ in step.
  Status change_key(std::string_view reason, SigningKey next = SigningKey::generate());

  std::uint64_t size() const { return tree_.size(); }  // committed or not
  Digest root() const { return tree_.root(); }
  const Identity& identity() const { return identity_; }
  const std::string& case_uuid() const { return identity_.case_uuid; }
  PublicKey signing_key() const { return key_.public_key(); }
  const Checkpoint& last_checkpoint() const { return checkpoint_; }
  const Recovered& recovered() const { return recovered_; }

 private:
  struct Tail;
  Writer(Files& files, Layout layout, Clock clock, Session session, SigningKey key, Tail tail);
  static Result<Tail> scan(const Layout& layout, std::optional<std::uint64_t> unfit);
  Result<std::uint64_t> add(std::string_view type, Json body);
  Status publish(Note note, Checkpoint checkpoint);
  Status record_recovery(const Tail& tail);

  Files* files_;
  Layout layout_;
  Clock clock_;
  Session session_;
  SigningKey key_;
  Identity identity_;
  Checkpoint checkpoint_;
  Tree tree_;
  Digest last_leaf_{};
  Recovered recovered_;
  Descriptor file_;
  std::uint64_t written_ = 0;  // bytes of the file, as far as this writer knows
  std::string pending_;
  std::optional<Error> failure_;
};

class Reader {
 public:
  // Begins at entry `from`. Checks the newest checkpoint's signature, and each entry's number and
  // link to the one before; the roots are the verifier's affair.
  static Result<Reader> open(const std::string& case_folder, std::uint64_t from = 0);

  // The next entry; nullopt at the end. An entry that is not valid ends the ledger if no checkpoint
  // covers it (tail() then tells); otherwise it is ErrorCode::integrity.
  Result<std::optional<Entry>> next();

  // Bytes of the entry that next() returned last, without LF. Valid until the next call.
  ByteView line() const { return line_; }

  const Identity& identity() const { return identity_; }
  const Checkpoint& checkpoint() const {
    return checkpoint_;
  }  // entries from its size on: unsigned

  struct Tail {
    std::uint64_t offset = 0;  // in entries.jsonl
    std::string reason;
  };
  const std::optional<Tail>& tail() const { return tail_; }  // after next() returned nullopt

 private:
  Reader(LineReader lines, Identity identity, Checkpoint checkpoint)
      : lines_(std::move(lines)),
        identity_(std::move(identity)),
        checkpoint_(std::move(checkpoint)) {}
  Result<bool> next_line();  // false at the end
  // The ledger ends here, if no checkpoint says otherwise. Returns false.
  Result<bool> end_at(std::uint64_t offset, std::string why);

  LineReader lines_;
  Identity identity_;
  Checkpoint checkpoint_;
  std::uint64_t next_seq_ = 0;
  std::optional<Digest> prev_;  // unknown before the first entry that was read
  ByteView line_;
  std::uint64_t offset_ = 0;
  std::optional<Tail> tail_;
};

}  // namespace forensics::ledger
