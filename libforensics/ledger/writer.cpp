#include <set>

#include "base/sha256.hpp"
#include "ledger/ledger.hpp"
#include "ledger/recovery.hpp"

namespace forensics::ledger {
namespace {

constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;
constexpr std::string_view kUnfinished = ".tmp";

tl::unexpected<Error> broken(std::uint64_t seq, std::string what) {
  return fail(ErrorCode::integrity, "ledger entry " + std::to_string(seq),
              std::move(what) +
                  ". The signed part of the ledger is damaged or was changed: nothing has been "
                  "written; run verify, and restore the case from a copy");
}

// Calls `use` with a file's bytes from `offset` on, in pieces.
template <typename Use>
Status for_pieces(const std::string& path, std::uint64_t offset, Use use) {
  const Descriptor file = TRY(open_read(path));
  for (;;) {
    const std::string piece = TRY(read_at(file, offset, kPiece));
    if (piece.empty()) return {};
    TRY(use(piece));
    offset += piece.size();
  }
}

struct FileFacts {
  std::uint64_t size = 0;
  Digest sha256{};
};

Result<FileFacts> facts_of(const std::string& path, std::uint64_t offset) {
  FileFacts facts;
  Sha256 hash;
  TRY(for_pieces(path, offset, [&](ByteView piece) -> Status {
    hash.update(piece);
    facts.size += piece.size();
    return {};
  }));
  facts.sha256 = hash.finish();
  return facts;
}

// Copies the ledger from `offset` on to recovery/ and cuts it off there. Killed at any point, the
// next attempt does the same again.
Result<std::uint64_t> move_tail(Files& files, const Layout& layout, std::uint64_t offset) {
  const FileFacts facts = TRY(facts_of(layout.entries(), offset));
  // A file of this name is written once: the same bytes at the same place are the same file.
  const std::string path = layout.recovery() + '/' + recovery_file_name(offset, facts.sha256);
  const std::string temporary = path + ".tmp";
  if (exists(temporary)) TRY(files.remove(temporary));
  {
    const Descriptor copy = TRY(files.create(temporary, 0600));
    TRY(for_pieces(layout.entries(), offset,
                   [&](ByteView piece) { return files.write(copy, piece, temporary); }));
    TRY(files.sync(copy, temporary));
  }
  TRY(files.rename(temporary, path));
  TRY(files.sync_directory(layout.recovery()));
  TRY(files.truncate(layout.entries(), offset));
  const Descriptor rest = TRY(files.open_append(layout.entries()));
  TRY(files.sync(rest, layout.entries()));
  return facts.size;
}

// Removes what a writer that died was about to rename. Nothing speaks of it.
Status remove_unfinished(Files& files, const std::string& folder) {
  for (const std::string& name : TRY(list_directory(folder)))
    if (name.ends_with(kUnfinished)) TRY(files.remove(folder + '/' + name));
  return {};
}

// The name of the file that a `recovery` entry accounts for, if `line` is one.
std::optional<std::string> recovered_file(ByteView line) {
  if (line.find(R"("type":"recovery")") == ByteView::npos) return std::nullopt;
  const auto entry = parse_entry(line);
  if (!entry || entry->type != entry_type::kRecovery) return std::nullopt;
  const std::string_view file = entry->body.text("file");
  return file.empty() ? std::nullopt : std::optional(std::string(file));
}

// Makes the next key the key of the case. Safe to repeat, and to be killed in.
Status take_next_key(Files& files, const Layout& layout, const PublicKey& next) {
  TRY(write_atomically(files, layout.public_key(), next.pem(), 0644));
  TRY(files.rename(layout.next_key(), layout.signing_key()));
  return files.sync_directory(layout.keys());
}

// The private key that belongs to `wanted`; a change of keys that was killed is completed.
Result<SigningKey> load_key(Files& files, const Layout& layout, const PublicKey& wanted) {
  SigningKey key = TRY(SigningKey::load(layout.signing_key()));
  const bool next_is_there = exists(layout.next_key());
  if (key.public_key() == wanted) {
    if (next_is_there) TRY(files.remove(layout.next_key()));  // that change did not happen
    return key;
  }
  if (next_is_there) {
    SigningKey next = TRY(SigningKey::load(layout.next_key()));
    if (next.public_key() == wanted) {
      TRY(take_next_key(files, layout, wanted));
      return next;
    }
  }
  return fail(ErrorCode::integrity, layout.signing_key(),
              "this is not the key that the ledger names");
}

}  // namespace

struct Writer::Tail {
  explicit Tail(Head newest) : head(std::move(newest)) {}

  Head head;
  Tree tree;  // over the valid entries
  Digest last_leaf{};
  std::uint64_t end = 0;            // where the valid entries end
  bool bytes_follow = false;        // and something else follows
  std::set<std::string> accounted;  // files in recovery/ that the ledger speaks of
};

Writer::Writer(Files& files, Layout layout, Clock clock, Session session, SigningKey key, Tail tail)
    : files_(&files),
      layout_(std::move(layout)),
      clock_(std::move(clock)),
      session_(std::move(session)),
      key_(std::move(key)),
      identity_(std::move(tail.head.identity)),
      checkpoint_(std::move(tail.head.checkpoint)),
      tree_(tail.tree),
      last_leaf_(tail.last_leaf) {
  recovered_.unsigned_entries = tree_.size() - checkpoint_.size;
}

Result<Writer::Tail> Writer::scan(const Layout& layout, std::optional<std::uint64_t> unfit) {
  Tail tail(TRY(read_head(layout)));
  const Checkpoint& checkpoint = tail.head.checkpoint;

  LineReader lines = TRY(LineReader::of_file(layout.entries()));
  while (const auto line = TRY(lines.next())) {
    const std::uint64_t seq = tail.tree.size();
    const bool covered = seq < checkpoint.size;
    if (line->end != Line::End::newline) {
      if (covered) return broken(seq, "the line has no end");
      tail.bytes_follow = true;
      break;
    }
    if (!covered) {
      const auto entry = parse_entry(line->bytes);
      if (!entry && entry.error().code == ErrorCode::newer) return tl::unexpected(entry.error());
      // A change of keys without its checkpoint did not happen.
      if (!entry || entry->seq != seq || entry->prev != tail.last_leaf ||
          entry->type == entry_type::kKeyRotate || (unfit && seq >= *unfit)) {
        tail.bytes_follow = true;
        break;
      }
    }
    if (auto file = recovered_file(line->bytes)) tail.accounted.insert(std::move(*file));
    tail.last_leaf = leaf_hash(line->bytes);
    tail.tree.append(tail.last_leaf);
    tail.end = line->offset + line->bytes.size() + 1;
    if (tail.tree.size() == checkpoint.size && tail.tree.root() != checkpoint.root)
      return broken(seq, "up to here the entries do not have the root that the checkpoint signs");
  }
  if (tail.tree.size() < checkpoint.size)
    return broken(tail.tree.size(), "it is missing, and a checkpoint covers " +
                                        std::to_string(checkpoint.size) + " entries");
  return tail;
}

Result<Writer::Extent> Writer::survey(const std::string& case_folder) {
  const Tail tail = TRY(scan(Layout(case_folder), std::nullopt));
  return Extent{tail.head.identity.case_uuid, tail.head.checkpoint.size, tail.tree.size()};
}

Result<Writer> Writer::open(Files& files, const std::string& case_folder, Clock clock,
                            Session session, std::optional<std::uint64_t> unfit) {
  const Layout layout(case_folder);
  Tail tail = TRY(scan(layout, unfit));
  SigningKey key = TRY(load_key(files, layout, tail.head.keys.current()));
  // Empty folders get lost when a case is packed and sent.
  if (!exists(layout.recovery())) TRY(files.make_directory(layout.recovery()));
  for (const std::string& folder :
       {layout.checkpoints(), layout.recovery(), layout.tokens(), layout.cosignatures()})
    if (exists(folder)) TRY(remove_unfinished(files, folder));
  std::uint64_t moved = 0;
  if (tail.bytes_follow) moved = TRY(move_tail(files, layout, tail.end));

  Writer writer(files, layout, std::move(clock), std::move(session), std::move(key), tail);
  writer.recovered_.moved_bytes = moved;
  writer.file_ = TRY(files.open_append(layout.entries()));
  writer.written_ = tail.end;
  TRY(writer.record_recovery(tail));
  return writer;
}

Status Writer::record_recovery(const Tail& tail) {
  const std::uint64_t before = size();
  if (recovered_.unsigned_entries > 0) {
    Json body = Json::object();
    body["kind"] = kTailUnsigned;
    body["first_seq"] = checkpoint_.size;
    body["count"] = recovered_.unsigned_entries;
    TRY(append(entry_type::kRecovery, std::move(body)));
  }
  // All files there, not only today's: an earlier attempt may have died before its entry was
  // written. What does not hold the bytes that its name states was never moved here by a writer:
  // the verifier shows it.
  for (const std::string& name : TRY(list_directory(layout_.recovery()))) {
    const auto named = recovery_digest_of(name);
    if (!named || tail.accounted.contains(name)) continue;
    const auto facts = facts_of(layout_.recovery() + '/' + name, 0);
    if (!facts || facts->sha256 != *named) continue;
    Json body = Json::object();
    body["kind"] = kTailMoved;
    body["file"] = name;
    body["sha256"] = to_hex(view(facts->sha256));
    body["size"] = facts->size;
    TRY(append(entry_type::kRecovery, std::move(body)));
  }
  if (size() == before) return {};
  TRY(checkpoint());
  return {};
}

Result<std::uint64_t> Writer::append(std::string_view type, Json body) {
  if (type == entry_type::kGenesis || type == entry_type::kKeyRotate)
    return fail(ErrorCode::usage, "new ledger entry " + std::to_string(size()),
                std::string(type) + ": not a type of entry that can be appended");
  return add(type, std::move(body));
}

Result<std::uint64_t> Writer::add(std::string_view type, Json body) {
  if (failure_) return tl::unexpected(*failure_);
  const std::uint64_t seq = size();
  Entry entry{seq,           last_leaf_, std::string(type), clock_(), session_.actor, session_.id,
              session_.tool, Json(),     std::move(body)};
  const auto refuse = [&](std::string why) {
    return fail(ErrorCode::usage,
                "new ledger entry " + std::to_string(seq) + " (" + entry.type + ')',
                std::move(why));
  };
  if (!is_entry_type(entry.type)) return refuse("not a type of entry that can be appended");
  if (!is_entry_time(entry.time)) return refuse("the clock gave no RFC 3339 time");
  if (entry.body.as_object() == nullptr) return refuse("the body is no object");
  const Json json = entry.json();
  if (const Status fits = check_profile(json); !fits) return refuse(fits.error().message);
  const std::string line = json.dump();
  if (line.size() > kMaxLine) return refuse("the entry has more than 1 MiB");

  last_leaf_ = leaf_hash(line);
  tree_.append(last_leaf_);
  pending_.append(line).append("\n");
  return seq;
}

Status Writer::commit() {
  if (failure_) return tl::unexpected(*failure_);
  if (pending_.empty()) return {};
  // Two chains in one file could never be told apart again.
  if (TRY(size_of(file_)) != written_) {
    failure_ = Error{ErrorCode::integrity, layout_.entries(),
                     "another program has written to the ledger meanwhile, lock or no lock: "
                     "nothing was added to it"};
    return tl::unexpected(*failure_);
  }
  written_ += pending_.size();
  Status done = files_->write(file_, pending_, layout_.entries());
  if (done) done = files_->sync_data(file_, layout_.entries());
  if (!done) {
    failure_ = done.error();
    return done;
  }
  pending_.clear();
  return {};
}

Result<Checkpoint> Writer::checkpoint() {
  TRY(commit());
  if (checkpoint_.size == size()) return checkpoint_;
  Checkpoint next{identity_.origin, size(), root()};
  Note note = sign_note(next.text(), next.origin, key_);
  TRY(publish(std::move(note), std::move(next)));
  return checkpoint_;
}

Status Writer::publish(Note note, Checkpoint checkpoint) {
  const std::string path = layout_.checkpoints() + '/' + checkpoint_file_name(checkpoint.size);
  if (Status done = write_atomically(*files_, path, note.encode(), 0644); !done) {
    failure_ = done.error();
    return done;
  }
  checkpoint_ = std::move(checkpoint);
  return {};
}

Status Writer::change_key(std::string_view reason, SigningKey next) {
  TRY(checkpoint());  // what came before is signed by the old key alone
  TRY(next.store(*files_, layout_.next_key()));
  Json body = Json::object();
  body["new_key"] = key_json(next.public_key());
  if (!reason.empty()) body["reason"] = reason;
  TRY(add(entry_type::kKeyRotate, std::move(body)));
  TRY(commit());
  Checkpoint handover{identity_.origin, size(), root()};
  Note note = sign_note(handover.text(), handover.origin, key_);
  note.signatures.push_back(sign_note(note.text, handover.origin, next).signatures.front());
  TRY(publish(std::move(note), std::move(handover)));
  if (Status done = take_next_key(*files_, layout_, next.public_key()); !done) {
    failure_ = done.error();
    return done;
  }
  key_ = std::move(next);
  return {};
}

}  // namespace forensics::ledger
