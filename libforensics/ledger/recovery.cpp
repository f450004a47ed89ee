#include "ledger/recovery.hpp"

#include <algorithm>

#include "base/sha256.hpp"

namespace forensics::ledger {
namespace {

constexpr std::string_view kEnd = ".tail";
constexpr std::size_t kMaxDigits = 18;
constexpr std::size_t kHexDigits = 64;

std::string entry_name(std::uint64_t seq) {
  return "ledger entry " + std::to_string(seq);
}

bool is_number(std::string_view text) {
  const bool digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && !text.empty() && text.size() <= kMaxDigits && (text[0] != '0' || text == "0");
}

}  // namespace

std::string recovery_file_name(std::uint64_t offset, const Digest& sha256) {
  return std::to_string(offset) + '-' + to_hex(view(sha256)) + std::string(kEnd);
}

std::optional<Digest> recovery_digest_of(std::string_view name) {
  const std::size_t dash = name.find('-');
  if (dash == name.npos || !is_number(name.substr(0, dash)) || !name.ends_with(kEnd))
    return std::nullopt;
  name.remove_prefix(dash + 1);
  if (name.size() != kHexDigits + kEnd.size()) return std::nullopt;
  return ledger_digest(name.substr(0, kHexDigits));
}

void Recoveries::find(std::string code, Severity severity, std::string where, std::string message) {
  verdict_.add({std::move(code), severity, std::move(where), std::move(message)});
}

void Recoveries::take(std::uint64_t seq, const Entry& entry) {
  const std::string_view kind = entry.body.text("kind");
  if (kind == kTailUnsigned) return take_unsigned(seq, entry);
  if (kind == kTailMoved && !take_moved(seq, entry)) return;
  find("RECOVERY", Severity::note, entry_name(seq),
       "an interrupted append was cleared up here (" + std::string(kind) + ")");
}

void Recoveries::take_unsigned(std::uint64_t seq, const Entry& entry) {
  const std::int64_t first = entry.body.integer("first_seq");
  const std::int64_t count = entry.body.integer("count");
  // It stands right behind the entries that it speaks of.
  if (first < 1 || count < 1 ||
      static_cast<std::uint64_t>(first) + static_cast<std::uint64_t>(count) != seq)
    return find("ENTRY", Severity::failure, entry_name(seq),
                "the unsigned entries that it names are not those before it");
  find("UNSIGNED", Severity::warning, entry_name(seq),
       "entries " + std::to_string(first) + " to " + std::to_string(seq - 1) + " (" +
           std::to_string(count) +
           " of them) were not signed when they were found here: whoever could write this folder "
           "then could have written them");
}

bool Recoveries::take_moved(std::uint64_t seq, const Entry& entry) {
  const std::string name(entry.body.text("file"));
  const auto stated = ledger_digest(entry.body.text("sha256"));
  const std::int64_t size = entry.body.integer("size", -1);
  if (!stated || size < 0 || recovery_digest_of(name) != stated) {
    find("ENTRY", Severity::failure, entry_name(seq),
         "the bytes that it says were moved aside are named wrongly");
    return false;
  }
  moved_.insert({name, {seq, static_cast<std::uint64_t>(size)}});
  return true;
}

std::string Recoveries::trouble_with(const std::string& name, std::uint64_t size) const {
  Sha256 hash;
  std::uint64_t found = 0;
  const Status read = source_.read_pieces(Source::Folder::recovery, name, [&](ByteView piece) {
    hash.update(piece);
    found += piece.size();
  });
  if (!read) return read.error().message;
  return found == size && hash.finish() == recovery_digest_of(name) ? "" : "it holds other bytes";
}

void Recoveries::finish() {
  for (const auto& [name, moved] : moved_)
    if (const std::string wrong = trouble_with(name, moved.size); !wrong.empty())
      find("RECOVERY-LOST", Severity::failure, "recovery/" + name,
           "the bytes that " + entry_name(moved.seq) + " moved aside: " + wrong);
  const auto names = source_.names(Source::Folder::recovery);
  if (!names)
    return find("EXTRA", Severity::warning, "recovery",
                "cannot be listed: " + names.error().message);
  for (const std::string& name : *names)
    if (!moved_.contains(name))
      find("EXTRA", Severity::warning, "recovery/" + name, "no entry speaks of it");
}

}  // namespace forensics::ledger
