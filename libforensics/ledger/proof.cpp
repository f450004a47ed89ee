#include "ledger/proof.hpp"

#include <algorithm>
#include <charconv>

#include "base/files.hpp"
#include "ledger/genesis.hpp"
#include "ledger/head.hpp"
#include "ledger/lines.hpp"
#include "ledger/log_keys.hpp"
#include "ledger/note.hpp"
#include "ledger/proof_path.hpp"

namespace forensics::ledger {
namespace {

constexpr std::string_view kProof = "forensics-proof/1";
constexpr std::string_view kConsistency = "forensics-consistency/1";
constexpr std::string_view kTlogProof = "c2sp.org/tlog-proof@v1";
constexpr std::size_t kMaxDigits = 18;

tl::unexpected<Error> malformed(std::string what) {
  return fail(ErrorCode::corrupt, "proof", std::move(what));
}

Result<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (status != std::errc{} || text.size() > kMaxDigits || std::to_string(number) != text)
    return malformed("not a number: " + std::string(text.substr(0, kMaxDigits)));
  return number;
}

Result<Digest> hash_of(std::string_view text) {
  const auto bytes = from_base64(text);
  const auto digest = bytes ? digest_from_bytes(*bytes) : std::nullopt;
  if (!digest) return malformed("not base64 of a hash");
  return *digest;
}

// Takes the file apart line by line.
class Lines {
 public:
  explicit Lines(ByteView file) : rest_(file) {}

  bool next_is(std::string_view start) const { return rest_.starts_with(start); }
  ByteView rest() const { return rest_; }

  Result<ByteView> take() {
    const std::size_t end = rest_.find('\n');
    if (end == rest_.npos) return malformed("a line is missing, or has no end");
    const ByteView line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }

  // What follows `keyword` and a space.
  Result<ByteView> take(std::string_view keyword) {
    ByteView line = TRY(take());
    if (!line.starts_with(keyword) || line.substr(keyword.size(), 1) != " ")
      return malformed("a line '" + std::string(keyword) + "' is expected");
    line.remove_prefix(keyword.size() + 1);
    return line;
  }

  Status take_exactly(std::string_view text) {
    if (TRY(take()) == text) return {};
    return malformed("a line '" + std::string(text) + "' is expected");
  }

  Result<PublicKey> take_key() {
    const auto raw = from_base64(TRY(take("key")));
    if (!raw) return malformed("the key is not base64");
    return PublicKey::from_bytes(*raw);
  }

  Result<std::vector<Digest>> take_path() {
    std::vector<Digest> path;
    while (next_is("path ")) TRY(add(path, TRY(take("path"))));
    return path;
  }

  // Hashes up to an empty line, which goes with them.
  Result<std::vector<Digest>> take_bare_path() {
    std::vector<Digest> path;
    for (;;) {
      const ByteView line = TRY(take());
      if (line.empty()) return path;
      TRY(add(path, line));
    }
  }

 private:
  static Status add(std::vector<Digest>& path, ByteView text) {
    if (path.size() == kMaxPath) return malformed("too many hashes");
    path.push_back(TRY(hash_of(text)));
    return {};
  }

  ByteView rest_;
};

std::string key_line(const PublicKey& key) {
  return "key " + to_base64(key.bytes()) + '\n';
}

std::string path_lines(std::string_view keyword, const std::vector<Digest>& path) {
  std::string out;
  for (const Digest& hash : path) out.append(keyword).append(to_base64(view(hash))).append("\n");
  return out;
}

// Calls `each` with the first `size` lines of a ledger, and compares their root.
template <typename Each>
Status for_entries(const Layout& layout, const Checkpoint& checkpoint, Each each) {
  LineReader lines = TRY(LineReader::of_file(layout.entries()));
  Tree tree;
  while (tree.size() < checkpoint.size) {
    const auto line = TRY(lines.next());
    if (!line || line->end != Line::End::newline) break;
    const Digest leaf = leaf_hash(line->bytes);
    each(tree.size(), line->bytes, leaf);
    tree.append(leaf);
  }
  if (tree.size() == checkpoint.size && tree.root() == checkpoint.root) return {};
  return fail(ErrorCode::integrity, layout.entries(),
              "the entries are not those that the checkpoint of size " +
                  std::to_string(checkpoint.size) + " signs: run `forensics verify`");
}

Result<std::string> checkpoint_bytes(const Layout& layout, std::uint64_t size) {
  return read_file(layout.checkpoints() + '/' + checkpoint_file_name(size), kMaxNote);
}

class Checker {
 public:
  explicit Checker(const ProofOptions& options) : options_(options) {}

  ProofCheck run(ByteView file) {
    if (file.starts_with(std::string(kConsistency) + '\n'))
      check_consistency(ConsistencyProof::parse(file));
    else
      check_inclusion(Proof::parse(file));
    if (out_.findings.empty() && !out_.key_confirmed && !checkpoint_confirmed_)
      out_.findings.push_back(
          {"KEY-UNCONFIRMED", Severity::warning, "key",
           "nothing from outside confirms this key: anybody could have made this file"});
    return std::move(out_);
  }

 private:
  void failure(const char* code, std::string where, std::string message) {
    out_.findings.push_back({code, Severity::failure, std::move(where), std::move(message)});
  }

  void check_key(const PublicKey& key) {
    out_.key_fingerprint = key.fingerprint();
    if (!options_.key_fingerprint) return;
    out_.key_confirmed = same_fingerprint(*options_.key_fingerprint, out_.key_fingerprint);
    if (!out_.key_confirmed)
      failure("KEY", "key",
              "its fingerprint is " + out_.key_fingerprint + ", not the expected one");
  }

  void check_checkpoint(const std::string& bytes, const PublicKey& key) {
    const auto note = parse_note(bytes);
    if (!note) return failure("SIG", "checkpoint", note.error().message);
    auto checkpoint = Checkpoint::parse(note->text);
    if (!checkpoint) return failure("SIG", "checkpoint", checkpoint.error().message);
    if (check_signature(*note, checkpoint->origin, key) != SignatureState::good)
      failure("SIG", "checkpoint", "it is not signed by the key in this file");
    out_.checkpoint = std::move(*checkpoint);
    compare_anchors(out_.checkpoint->size, out_.checkpoint->root);
    checkpoint_confirmed_ = out_.anchors > 0;
  }

  void compare_anchors(std::uint64_t size, const Digest& root) {
    for (const Anchor& anchor : options_.anchors) {
      if (anchor.size != size) continue;
      if (anchor.root == root)
        ++out_.anchors;
      else
        failure("ANCHOR", "size " + std::to_string(size), "the anchor has another root");
    }
  }

  void check_inclusion(Result<Proof> proof) {
    if (!proof) return failure("PROOF", "", proof.error().message);
    check_key(proof->key);
    check_checkpoint(proof->checkpoint, proof->key);
    check_entry(*proof);
    if (out_.checkpoint &&
        !verify_inclusion(leaf_hash(proof->entry), proof->index, out_.checkpoint->size, proof->path,
                          out_.checkpoint->root))
      failure("PROOF", "entry", "the hashes do not lead from it to the root of the checkpoint");
    if (proof->record) check_record(*proof->record);
    out_.record = std::move(proof->record);
  }

  void check_entry(const Proof& proof) {
    auto json = parse_line(proof.entry);
    if (!json) return failure("CANON", "entry", json.error().message);
    auto entry = entry_of(std::move(*json));
    if (!entry) return failure("ENTRY", "entry", entry.error().message);
    if (entry->seq != proof.index)
      failure("SEQ", "entry", "it has the number " + std::to_string(entry->seq));
    if (proof.index == 0)
      check_genesis(*entry, proof.key);
    else if (entry->type == entry_type::kGenesis)
      failure("ENTRY", "entry", "a second genesis");
    out_.entry = std::move(*entry);
  }

  void check_genesis(const Entry& entry, const PublicKey& key) {
    const auto identity = identity_of(entry);
    if (!identity) return failure("ENTRY", "entry", identity.error().message);
    if (identity->key != key) failure("KEY", "entry", "it names another key than the one here");
    if (out_.checkpoint && identity->origin != out_.checkpoint->origin)
      failure("ORIGIN", "entry", "it belongs to " + identity->origin);
  }

  void check_record(const Proof::Record& record) {
    const Json* records = out_.entry ? out_.entry->body.find("records") : nullptr;
    const auto summary = records != nullptr ? RecordSummary::from(*records) : std::nullopt;
    if (!summary) return failure("PROOF", "record", "the entry has no record tree");
    if (!verify_inclusion(leaf_hash(record.line), record.index, summary->count, record.path,
                          summary->root))
      failure("PROOF", "record", "the hashes do not lead from it to the root in the entry");
  }

  void check_consistency(const Result<ConsistencyProof>& proof) {
    if (!proof) return failure("PROOF", "", proof.error().message);
    out_.old_size = proof->old_size;
    check_key(proof->key);
    check_checkpoint(proof->checkpoint, proof->key);
    if (!out_.checkpoint) return;
    if (proof->old_size != out_.checkpoint->size) compare_anchors(proof->old_size, proof->old_root);
    if (!verify_consistency(proof->old_size, proof->old_root, out_.checkpoint->size,
                            out_.checkpoint->root, proof->path))
      failure("PROOF", "", "the hashes do not lead from the old root to that of the checkpoint");
  }

  const ProofOptions& options_;
  ProofCheck out_;
  bool checkpoint_confirmed_ = false;  // by an anchor of its size
};

}  // namespace

std::string Proof::encode() const {
  std::string out = std::string(kProof) + '\n' + key_line(key);
  if (record) {
    out += "record " + std::to_string(record->index) + ' ' + record->line + '\n';
    out += path_lines("path ", record->path);
  }
  out += "entry " + entry + '\n' + std::string(kTlogProof) + "\nindex " + std::to_string(index);
  return out + '\n' + path_lines("", path) + '\n' + checkpoint;
}

Result<Proof> Proof::parse(ByteView file) {
  if (file.size() > kMaxProof) return malformed("too long");
  Lines lines(file);
  Proof proof;
  TRY(lines.take_exactly(kProof));
  proof.key = TRY(lines.take_key());
  if (lines.next_is("record ")) {
    const ByteView record = TRY(lines.take("record"));
    const std::size_t space = record.find(' ');
    if (space == record.npos) return malformed("a record has an index and a line");
    proof.record = Record{};
    proof.record->index = TRY(number_of(record.substr(0, space)));
    proof.record->line = record.substr(space + 1);
    if (is_redacted(proof.record->line)) return malformed("the record is redacted");
    proof.record->path = TRY(lines.take_path());
  }
  proof.entry = TRY(lines.take("entry"));
  TRY(lines.take_exactly(kTlogProof));
  proof.index = TRY(number_of(TRY(lines.take("index"))));
  proof.path = TRY(lines.take_bare_path());
  proof.checkpoint = lines.rest();
  return proof;
}

std::string ConsistencyProof::encode() const {
  return std::string(kConsistency) + '\n' + key_line(key) + "old " + std::to_string(old_size) +
         ' ' + to_base64(view(old_root)) + '\n' + path_lines("path ", path) + '\n' + checkpoint;
}

Result<ConsistencyProof> ConsistencyProof::parse(ByteView file) {
  if (file.size() > kMaxProof) return malformed("too long");
  Lines lines(file);
  ConsistencyProof proof;
  TRY(lines.take_exactly(kConsistency));
  proof.key = TRY(lines.take_key());
  const ByteView old = TRY(lines.take("old"));
  const std::size_t space = old.find(' ');
  if (space == old.npos) return malformed("an old tree has a size and a root");
  proof.old_size = TRY(number_of(old.substr(0, space)));
  proof.old_root = TRY(hash_of(old.substr(space + 1)));
  proof.path = TRY(lines.take_path());
  TRY(lines.take_exactly(""));
  proof.checkpoint = lines.rest();
  return proof;
}

Result<Proof> prove_entry(const std::string& case_folder, std::uint64_t seq) {
  const Layout layout(case_folder);
  const Head head = TRY(read_head(layout));
  if (seq >= head.checkpoint.size)
    return fail(ErrorCode::usage, "entry " + std::to_string(seq),
                "no checkpoint covers such an entry; the newest covers " +
                    std::to_string(head.checkpoint.size));
  // Entry 0 names the first key: it is proven by a checkpoint that this one signed.
  const bool by_first_key = seq == 0 && head.keys.changes() > 0;
  Proof proof;
  proof.key = by_first_key ? head.keys.at(1) : head.keys.current();
  const Checkpoint checkpoint =
      by_first_key
          ? TRY(checkpoint_of_size(layout.checkpoints(), 1, head.identity.origin, proof.key))
          : head.checkpoint;
  proof.index = seq;
  PathCollector path = PathCollector::inclusion(seq, checkpoint.size);
  TRY(for_entries(layout, checkpoint, [&](std::uint64_t number, ByteView line, const Digest& leaf) {
    if (number == seq) proof.entry = line;
    path.append(leaf);
  }));
  proof.path = path.hashes();
  proof.checkpoint = TRY(checkpoint_bytes(layout, checkpoint.size));
  return proof;
}

Result<ConsistencyProof> prove_consistency(const std::string& case_folder, std::uint64_t old_size,
                                           std::optional<std::uint64_t> new_size) {
  const Layout layout(case_folder);
  const Head head = TRY(read_head(layout));
  const std::uint64_t size = new_size.value_or(head.checkpoint.size);
  if (old_size == 0 || old_size > size || size > head.checkpoint.size)
    return fail(
        ErrorCode::usage, std::to_string(old_size) + " to " + std::to_string(size),
        "sizes go from 1 up to " + std::to_string(head.checkpoint.size) + ", the older one first");
  ConsistencyProof proof;
  proof.key = head.keys.at(size);
  proof.old_size = old_size;
  const Checkpoint checkpoint =
      TRY(checkpoint_of_size(layout.checkpoints(), size, head.identity.origin, proof.key));
  PathCollector path = PathCollector::consistency(old_size, size);
  Tree old_tree;
  TRY(for_entries(layout, checkpoint, [&](std::uint64_t number, ByteView, const Digest& leaf) {
    if (number < old_size) old_tree.append(leaf);
    path.append(leaf);
  }));
  proof.old_root = old_tree.root();
  proof.path = path.hashes();
  proof.checkpoint = TRY(checkpoint_bytes(layout, size));
  return proof;
}

bool ProofCheck::fits() const {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& finding) { return finding.severity == Severity::failure; });
}

ProofCheck check_proof(ByteView file, const ProofOptions& options) {
  return Checker(options).run(file);
}

}  // namespace forensics::ledger
