#include "ledger/verify.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "base/sha256.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/genesis.hpp"
#include "ledger/keys.hpp"
#include "ledger/lines.hpp"
#include "ledger/log_keys.hpp"
#include "ledger/merkle.hpp"
#include "ledger/note.hpp"
#include "ledger/outside_evidence.hpp"
#include "ledger/record_files.hpp"
#include "ledger/recovery.hpp"
#include "ledger/strangers.hpp"

namespace forensics::ledger {
namespace {

struct DigestHash {
  std::size_t operator()(const Digest& digest) const {
    std::size_t hash = 0;
    std::memcpy(&hash, digest.data(), sizeof hash);
    return hash;
  }
};

std::string entry_name(std::uint64_t seq) {
  return "ledger entry " + std::to_string(seq);
}

// A statement about the root at one size, checked when the tree has that size.
struct RootClaim {
  enum class By { checkpoint, anchor, witness };

  std::uint64_t size = 0;
  Digest root{};
  std::string where;
  By by = By::checkpoint;
  Note note = {};  // of a checkpoint, with the lines that bear the name of the case
  std::uint64_t named_size = 0;

  std::string code(const char* of_checkpoint) const {
    return by == By::checkpoint ? of_checkpoint : by == By::anchor ? "ANCHOR" : "WITNESS";
  }
};

class Verifier {
 public:
  Verifier(Source& source, const VerifyOptions& options)
      : source_(source),
        options_(options),
        outside_(source, options, verdict_),
        recoveries_(source, verdict_),
        record_files_(source) {}

  Result<Verdict> run() {
    TRY(read_genesis());
    TRY(read_checkpoints());
    for (const Anchor& anchor : options_.anchors)
      claims_.push_back({anchor.size, anchor.root, "anchor at size " + std::to_string(anchor.size),
                         RootClaim::By::anchor});
    for (OutsideEvidence::Statement& seen : outside_.begin(identity_ ? identity_->origin : ""))
      claims_.push_back({seen.size, seen.root, std::move(seen.name), RootClaim::By::witness});
    for (const std::string& name : record_files_.list())
      warning("EXTRA", name, "not the name of a file of records");
    std::stable_sort(claims_.begin(), claims_.end(),
                     [](const RootClaim& a, const RootClaim& b) { return a.size < b.size; });
    TRY(read_entries());
    finish_claims();
    outside_.finish(checkpoint_files_, identity_ && identity_->wants_tokens);
    recoveries_.finish();
    find_extra_objects();
    find_strangers(source_, verdict_);
    for (const std::uint64_t seq : record_files_.rest())
      warning("EXTRA", "records/" + record_file_name(seq), "there is no entry that it could be of");
    return std::move(verdict_);
  }

 private:
  void find(std::string code, Severity severity, std::string where, std::string message) {
    verdict_.add({std::move(code), severity, std::move(where), std::move(message)});
  }
  void failure(std::string code, std::string where, std::string message) {
    find(std::move(code), Severity::failure, std::move(where), std::move(message));
  }
  void warning(std::string code, std::string where, std::string message) {
    find(std::move(code), Severity::warning, std::move(where), std::move(message));
  }

  LineReader lines() {
    return LineReader([this](std::uint64_t offset, std::uint64_t length) {
      return source_.read_ledger(offset, length);
    });
  }

  // Entry 0 is read ahead of the others: it names the key that the checkpoints need.
  Status read_genesis() {
    LineReader reader = lines();
    const auto line = TRY(reader.next());
    auto identity = [&]() -> Result<Identity> {
      if (!line || line->end != Line::End::newline)
        return fail(ErrorCode::corrupt, "", "there is no whole first line");
      return identity_of(TRY(parse_entry(line->bytes)));
    }();
    if (!identity) {
      if (identity.error().code == ErrorCode::newer) return tl::unexpected(identity.error());
      failure(
          "KEY", entry_name(0),
          identity.error().message + "; without the key that it names no signature can be checked");
      return {};
    }
    identity_ = std::move(*identity);
    keys_.emplace(identity_->key);
    verdict_.origin = identity_->origin;
    verdict_.key_fingerprint = identity_->key.fingerprint();
    if (!options_.key_fingerprint) return {};
    verdict_.key_confirmed = same_fingerprint(*options_.key_fingerprint, verdict_.key_fingerprint);
    if (!verdict_.key_confirmed)
      failure("KEY", entry_name(0),
              "it names the key " + verdict_.key_fingerprint + ", not the expected one");
    return {};
  }

  Status read_checkpoints() {
    for (const std::string& name : TRY(source_.names(Source::Folder::checkpoints)))
      read_checkpoint(name);
    return {};
  }

  void read_checkpoint(const std::string& name) {
    const std::string where = "checkpoint " + name;
    const auto named_size = checkpoint_size_of(name);
    if (!named_size) return warning("EXTRA", where, "not the name of a checkpoint");
    checkpoint_files_.emplace(*named_size, false);
    const auto bytes = source_.read(Source::Folder::checkpoints, name, kMaxNote);
    if (!bytes) return failure("SIG", where, bytes.error().message);
    auto note = parse_note(*bytes);
    if (!note) return failure("SIG", where, note.error().message);
    const auto checkpoint = Checkpoint::parse(note->text);
    if (!checkpoint) return failure("SIG", where, checkpoint.error().message);
    if (!identity_) return;
    if (checkpoint->origin != identity_->origin)
      return failure("ORIGIN", where, "it belongs to " + checkpoint->origin);
    if (checkpoint->size != *named_size)
      failure("NAME", where, "it states the size " + std::to_string(checkpoint->size));
    std::erase_if(note->signatures,
                  [this](const NoteSignature& line) { return line.name != identity_->origin; });
    covered_ = std::max(covered_, checkpoint->size);
    claims_.push_back({checkpoint->size, checkpoint->root, where, RootClaim::By::checkpoint,
                       std::move(*note), *named_size});
  }

  Status read_entries() {
    check_claims();
    LineReader reader = lines();
    while (const auto line = TRY(reader.next())) {
      const std::uint64_t seq = tree_.size();
      if (line->end == Line::End::torn) {
        warning("TORN", entry_name(seq), "the last line has no end: an append was interrupted");
        break;
      }
      if (line->end == Line::End::overlong) {
        failure("CANON", entry_name(seq), "longer than 1 MiB; nothing after it was read");
        break;
      }
      TRY(check_line(seq, line->bytes));
      prev_ = leaf_hash(line->bytes);
      tree_.append(prev_);
      check_claims();
      settle_key_change(seq);
    }
    verdict_.entries = tree_.size();
    verdict_.root = tree_.root();
    return {};
  }

  Status check_line(std::uint64_t seq, ByteView line) {
    is_acquire_.push_back(false);
    auto json = parse_line(line);
    if (!json) {
      failure("CANON", entry_name(seq), json.error().message);
      return {};
    }
    const auto entry = entry_of(std::move(*json));
    if (!entry) {
      if (entry.error().code == ErrorCode::newer) return tl::unexpected(entry.error());
      failure("ENTRY", entry_name(seq), entry.error().message);
      return {};
    }
    if (entry->seq != seq)
      failure("SEQ", entry_name(seq), "it has the number " + std::to_string(entry->seq));
    if (entry->prev != prev_)
      failure("CHAIN", entry_name(seq), "it does not name the hash of the entry before");
    if (entry->time < time_)
      warning("CLOCK", entry_name(seq),
              "its time " + entry->time + " is before that of the entry before, " + time_);
    time_ = entry->time;
    if (options_.entry) options_.entry(*entry);
    check_body(seq, *entry);
    return {};
  }

  void check_body(std::uint64_t seq, const Entry& entry) {
    if (entry.type == entry_type::kGenesis && seq != 0)
      failure("ENTRY", entry_name(seq), "a second genesis");
    if (entry.type == entry_type::kKeyRotate) begin_key_change(seq, entry);
    if (entry.type == entry_type::kAnchorIn) outside_.take(seq, entry);
    if (entry.type == entry_type::kRecovery) recoveries_.take(seq, entry);
    if (const Json* parent = entry.body.find("parent")) check_parent(seq, *parent);
    if (const Json* object = entry.body.find("object")) check_object(seq, *object);
    if (const Json* records = entry.body.find("records")) check_records(seq, entry, *records);
    is_acquire_.back() = entry.type == entry_type::kAcquire;
  }

  void check_parent(std::uint64_t seq, const Json& parent) {
    const std::int64_t* number = parent.as_int();
    if (number != nullptr && *number >= 0) {
      const auto target = static_cast<std::uint64_t>(*number);
      if (target < seq && is_acquire_[target]) return;
    }
    failure("PARENT", entry_name(seq), "its parent is no earlier entry that took in an artifact");
  }

  void check_object(std::uint64_t seq, const Json& object) {
    const auto digest = ledger_digest(object.text("sha256"));
    const std::int64_t size = object.integer("size", -1);
    if (!digest || size < 0) return failure("ENTRY", entry_name(seq), "its object is malformed");
    if (!options_.objects) return;
    const auto stated = static_cast<std::uint64_t>(size);
    const auto [known, is_new] = objects_.try_emplace(*digest, std::nullopt);
    if (is_new) known->second = read_object(seq, *digest);
    if (known->second && *known->second != stated)
      failure("OBJ-HASH", entry_name(seq),
              "object " + to_hex(view(*digest)) + " has " + std::to_string(*known->second) +
                  " bytes, not " + std::to_string(stated));
  }

  // Size of a sound object; nullopt where there is none, which is then reported.
  std::optional<std::uint64_t> read_object(std::uint64_t seq, const Digest& digest) {
    std::uint64_t size = 0;
    const Status read = source_.read_object(digest, [&](ByteView piece) {
      object_hash_.update(piece);
      size += piece.size();
    });
    const bool same = object_hash_.finish() == digest;
    const std::string name = "object " + to_hex(view(digest));
    if (!read) {
      failure("OBJ-MISSING", entry_name(seq), name + ": " + read.error().message);
      return std::nullopt;
    }
    if (!same) {
      failure("OBJ-HASH", entry_name(seq), name + " does not have this hash");
      return std::nullopt;
    }
    ++verdict_.objects;
    verdict_.object_bytes += size;
    return size;
  }

  void check_records(std::uint64_t seq, const Entry& entry, const Json& records) {
    const auto stated = RecordSummary::from(records);
    if (!stated) return failure("ENTRY", entry_name(seq), "its record tree is malformed");
    bool found = false;
    bool right = true;
    const auto compare = [&](const Result<std::optional<RecordSummary>>& stored) {
      if (stored && !*stored) return;
      found = true;
      if (stored && **stored == *stated) return;
      right = false;
      failure("RECORDS", entry_name(seq),
              stored ? "the stored records (" + std::to_string((*stored)->count) +
                           ") are not the " + std::to_string(stated->count) + " that were read"
                     : stored.error().text());
    };
    compare(record_files_.summary(seq));
    if (options_.records) compare(options_.records(entry));
    if (!found) ++verdict_.unchecked_record_trees;
    if (!found || !right) return;
    ++verdict_.record_trees;
    verdict_.records += stated->count;
  }

  void begin_key_change(std::uint64_t seq, const Entry& entry) {
    const auto next = key_of(entry.body.find("new_key"));
    if (!next) return failure("KEY", entry_name(seq), next.error().message);
    next_key_ = *next;
  }

  // Once the checkpoints of the size behind a `key_rotate` have been seen.
  void settle_key_change(std::uint64_t seq) {
    if (!next_key_) return;
    if (keys_ && handed_over_) {
      keys_->hand_over(tree_.size(), *next_key_);
      ++verdict_.key_changes;
    } else if (covered_ > seq) {
      failure("KEY", entry_name(seq),
              "a change of keys, and no valid checkpoint that both keys have signed");
    }
    next_key_.reset();
    handed_over_ = false;
  }

  // Whether the key of the case has signed a checkpoint; what is wrong is reported.
  bool check_signature_of(const RootClaim& claim) {
    switch (check_signature(claim.note, identity_->origin, keys_->current())) {
      case SignatureState::good: return true;
      case SignatureState::absent:
        failure("SIG", claim.where, "it is not signed by the key of this case");
        return false;
      case SignatureState::bad:
        failure("SIG", claim.where, "its signature does not verify");
        return false;
    }
    return false;
  }

  void check_claims() {
    std::optional<Digest> root;
    for (; next_claim_ < claims_.size() && claims_[next_claim_].size == tree_.size();
         ++next_claim_) {
      const RootClaim& claim = claims_[next_claim_];
      if (!root) root = tree_.root();
      const bool is_signed = claim.by != RootClaim::By::checkpoint || check_signature_of(claim);
      if (claim.size == 0 || claim.root != *root) {
        failure(claim.code("ROOT"), claim.where,
                "the first " + std::to_string(claim.size) + " entries have another root");
        continue;
      }
      if (is_signed) accept(claim);
    }
  }

  void accept(const RootClaim& claim) {
    switch (claim.by) {
      case RootClaim::By::anchor: ++verdict_.anchors; return;
      case RootClaim::By::witness: ++verdict_.cosignatures; return;
      case RootClaim::By::checkpoint: break;
    }
    ++verdict_.checkpoints;
    verdict_.signed_entries = claim.size;
    if (claim.named_size == claim.size) checkpoint_files_[claim.size] = true;
    if (next_key_ && hands_over(claim.note, identity_->origin, keys_->current(), *next_key_))
      handed_over_ = true;
  }

  void finish_claims() {
    for (; next_claim_ < claims_.size(); ++next_claim_) {
      const RootClaim& claim = claims_[next_claim_];
      if (claim.by == RootClaim::By::checkpoint) check_signature_of(claim);
      failure(claim.code("TRUNC"), claim.where,
              "it covers " + std::to_string(claim.size) + " entries; the ledger has " +
                  std::to_string(tree_.size()));
    }
    if (keys_) verdict_.signing_key = keys_->current().fingerprint();
    if (verdict_.checkpoints == 0)
      failure("SIG", "checkpoints", "no valid checkpoint: nothing here is signed");
    if (verdict_.signed_entries < tree_.size())
      warning("TAIL", entry_name(verdict_.signed_entries),
              std::to_string(tree_.size() - verdict_.signed_entries) +
                  " entries from here on are covered by no valid checkpoint");
  }

  void find_extra_objects() {
    if (!options_.objects) return;
    const Status listed = source_.each_object([this](std::string_view name) {
      const auto digest = ledger_digest(name);
      if (!digest) return warning("EXTRA", "objects", "no object: " + std::string(name));
      if (!objects_.contains(*digest))
        warning("EXTRA", "objects", "no entry speaks of object " + std::string(name));
    });
    if (!listed) warning("EXTRA", "objects", "cannot be listed: " + listed.error().text());
  }

  Source& source_;
  const VerifyOptions& options_;
  Verdict verdict_;
  OutsideEvidence outside_;
  Recoveries recoveries_;
  RecordFiles record_files_;
  std::optional<Identity> identity_;
  std::optional<LogKeys> keys_;        // there where identity_ is
  std::optional<PublicKey> next_key_;  // of the entry just read
  bool handed_over_ = false;           // and its checkpoint is valid and signed by both
  std::map<std::uint64_t, bool> checkpoint_files_;  // by the size in the name: wholly valid
  std::uint64_t covered_ = 0;                       // the greatest size that a checkpoint states
  std::vector<RootClaim> claims_;                   // by size
  std::size_t next_claim_ = 0;
  Tree tree_;
  Digest prev_{};
  std::string time_;
  std::vector<bool> is_acquire_;  // by sequence number
  std::unordered_map<Digest, std::optional<std::uint64_t>, DigestHash> objects_;
  Sha256 object_hash_;
};

}  // namespace

Result<Verdict> verify(Source& source, const VerifyOptions& options) {
  return Verifier(source, options).run();
}

}  // namespace forensics::ledger
