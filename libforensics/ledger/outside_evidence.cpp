#include "ledger/outside_evidence.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "ledger/note.hpp"

namespace forensics::ledger {
namespace {

constexpr std::uint64_t kMaxNumber = 999'999;

std::uint64_t limit_of(const EvidenceKind& kind) {
  return &kind == &kTokens ? kMaxToken : kMaxNote;
}

std::string where_of(const EvidenceKind& kind, const std::string& name) {
  return std::string(kind.folder) + '/' + name;
}

}  // namespace

std::string evidence_file_name(const EvidenceKind& kind, std::uint64_t size, std::uint64_t number) {
  return padded_number(size) + '-' + std::to_string(number) + std::string(kind.extension);
}

std::optional<std::uint64_t> evidence_size_of(const EvidenceKind& kind, std::string_view name) {
  const std::size_t dash = name.find('-');
  if (dash == name.npos || name.size() > 64) return std::nullopt;
  const auto size = parse_padded_number(name.substr(0, dash));
  std::uint64_t number = 0;
  for (const char c : name.substr(dash + 1)) {
    if (c < '0' || c > '9' || number > kMaxNumber) break;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  // Writing it again tells whether it was written so.
  if (!size || number == 0 || number > kMaxNumber ||
      evidence_file_name(kind, *size, number) != name)
    return std::nullopt;
  return size;
}

void OutsideEvidence::find(std::string_view code, Severity severity, std::string where,
                           std::string message) {
  verdict_.add({std::string(code), severity, std::move(where), std::move(message)});
}

void OutsideEvidence::list(const EvidenceKind& kind, std::set<std::string>& names) {
  auto listed = source_.names(kind.place);
  if (!listed)
    return find("EXTRA", Severity::warning, std::string(kind.folder),
                "cannot be listed: " + listed.error().message);
  for (std::string& name : *listed) {
    if (evidence_size_of(kind, name))
      names.insert(std::move(name));
    else
      find("EXTRA", Severity::warning, where_of(kind, name),
           "not the name of a file that belongs here");
  }
}

std::vector<OutsideEvidence::Statement> OutsideEvidence::begin(std::string_view origin) {
  list(kTokens, token_names_);
  list(kCosignatures, cosignature_names_);
  std::vector<Statement> statements;
  if (options_.witnesses.empty()) return statements;
  for (const std::string& name : cosignature_names_) open_cosignature(name, origin, statements);
  return statements;
}

void OutsideEvidence::open_cosignature(const std::string& name, std::string_view origin,
                                       std::vector<Statement>& statements) {
  const auto wrong = [&](std::string what) {
    opened_.insert(name);
    find(kCosignatures.code, Severity::failure, where_of(kCosignatures, name), std::move(what));
  };
  const auto bytes = source_.read(kCosignatures.place, name, kMaxNote);
  if (!bytes) return wrong(bytes.error().message);
  const auto note = parse_note(*bytes);
  if (!note) return wrong(note.error().message);
  const auto checkpoint = Checkpoint::parse(note->text);
  if (!checkpoint) return wrong(checkpoint.error().message);
  if (checkpoint->origin != origin) return wrong("it is of " + checkpoint->origin);
  if (checkpoint->size != evidence_size_of(kCosignatures, name))
    return wrong("it states the size " + std::to_string(checkpoint->size));
  bool good = false;
  for (const Witness& witness : options_.witnesses) {
    const CosignatureCheck check = check_cosignature(*note, witness);
    if (check.state == SignatureState::bad)
      return wrong("the cosignature of " + witness.name + " does not verify");
    if (check.state == SignatureState::absent) continue;
    good = true;
    cosigners_.insert(witness.verifier_key());
  }
  if (!good) return;
  opened_.insert(name);
  statements.push_back({where_of(kCosignatures, name), checkpoint->size, checkpoint->root});
}

void OutsideEvidence::take(std::uint64_t seq, const Entry& entry) {
  const std::string_view named = entry.body.text("kind");
  const EvidenceKind* kind = named == kTokens.name         ? &kTokens
                             : named == kCosignatures.name ? &kCosignatures
                                                           : nullptr;
  if (kind == nullptr) return;
  const std::int64_t size = entry.body.integer("size");
  const std::string_view file = entry.body.text("file");
  const auto sha256 = ledger_digest(entry.body.text("sha256"));
  const std::string folder = std::string(kind->folder) + '/';
  const bool named_so = file.starts_with(folder) && size > 0 &&
                        evidence_size_of(*kind, file.substr(folder.size())) ==
                            std::optional(static_cast<std::uint64_t>(size));
  if (!named_so || !sha256 || static_cast<std::uint64_t>(size) > seq)
    return find("ENTRY", Severity::failure, "ledger entry " + std::to_string(seq),
                "the outside evidence that it names is malformed");
  recorded(*kind)[std::string(file.substr(folder.size()))].push_back({seq, *sha256});
}

// The first entry that names exactly these bytes.
std::optional<std::uint64_t> OutsideEvidence::compare(const EvidenceKind& kind,
                                                      const std::string& where, ByteView bytes,
                                                      const std::vector<Recorded>& recorded) {
  std::optional<std::uint64_t> first;
  const Digest digest = Sha256::of(bytes);
  for (const Recorded& entry : recorded) {
    if (entry.sha256 == digest)
      first = std::min(first.value_or(entry.seq), entry.seq);
    else
      find(kind.code, Severity::failure, where,
           "it is not the file that ledger entry " + std::to_string(entry.seq) + " speaks of");
  }
  return first;
}

void OutsideEvidence::check_token(const std::string& where, ByteView bytes, std::uint64_t size,
                                  std::optional<std::uint64_t> recorded, bool valid_checkpoint) {
  const auto wrong = [&](std::string what) {
    find(kTokens.code, Severity::failure, where, std::move(what));
  };
  const auto checkpoint =
      source_.read(Source::Folder::checkpoints, checkpoint_file_name(size), kMaxNote);
  if (!checkpoint) return wrong("its checkpoint cannot be read");
  const auto token = Token::parse(bytes);
  if (!token) return wrong(token.error().message);
  if (!token->covers(*checkpoint)) return wrong("it is not of the checkpoint of this size");
  if (const Status good = token->check_signature(*options_.authorities); !good)
    return wrong("its signature is not good: " + good.error().message);
  ++verdict_.tokens;
  if (valid_checkpoint) verdict_.stamps.push_back({size, token->time(), recorded});
}

void OutsideEvidence::check_folder(const EvidenceKind& kind, const std::set<std::string>& there,
                                   const std::map<std::uint64_t, bool>& checkpoints) {
  const bool is_token = &kind == &kTokens;
  const Files& files = recorded(kind);
  for (const std::string& name : there) {
    const std::string where = where_of(kind, name);
    const std::uint64_t size = *evidence_size_of(kind, name);
    const auto entries = files.find(name);
    const bool named = entries != files.end();
    const auto checkpoint = checkpoints.find(size);
    if (!named) find("EXTRA", Severity::warning, where, "no entry speaks of it");
    const bool orphan = is_token && checkpoint == checkpoints.end();
    if (orphan) find(kind.code, Severity::failure, where, "there is no checkpoint of this size");
    const bool check = is_token && !orphan && options_.authorities;
    if (!(is_token ? check : opened_.contains(name)))
      ++(is_token ? verdict_.unchecked_tokens : verdict_.unchecked_cosignatures);
    if (!named && !check) continue;
    const auto bytes = source_.read(kind.place, name, limit_of(kind));
    if (!bytes) {
      find(kind.code, Severity::failure, where, bytes.error().message);
      continue;
    }
    const auto first = named ? compare(kind, where, *bytes, entries->second) : std::nullopt;
    if (check) check_token(where, *bytes, size, first, checkpoint->second);
  }
  for (const auto& [name, entries] : files)
    if (!there.contains(name))
      find(kind.missing, Severity::warning, where_of(kind, name),
           "ledger entry " + std::to_string(entries.front().seq) + " speaks of it, and it is gone");
}

void OutsideEvidence::finish(const std::map<std::uint64_t, bool>& checkpoints, bool tokens_wanted) {
  check_folder(kTokens, token_names_, checkpoints);
  check_folder(kCosignatures, cosignature_names_, checkpoints);
  if (token_names_.empty() && (tokens_wanted || options_.authorities))
    find(kTokens.missing, Severity::warning, "tokens", "there is no time-stamp token");
  for (const Witness& witness : options_.witnesses)
    if (!cosigners_.contains(witness.verifier_key()))
      find(kCosignatures.missing, Severity::warning, "cosignatures",
           "the witness " + witness.name + " has cosigned nothing here");
}

}  // namespace forensics::ledger
