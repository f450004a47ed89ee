#include "ledger/log_keys.hpp"

#include <algorithm>

#include "ledger/lines.hpp"
#include "ledger/merkle.hpp"

namespace forensics::ledger {
namespace {

Result<Note> read_note(const Layout& layout, std::uint64_t size) {
  return parse_note(
      TRY(read_file(layout.checkpoints() + '/' + checkpoint_file_name(size), kMaxNote)));
}

// The key that an entry hands over to; nullopt where it is of another type. The cheap test first:
// a line in canonical form that is such an entry contains these bytes.
Result<std::optional<PublicKey>> next_key(ByteView line) {
  if (line.find(R"("type":"key_rotate")") == ByteView::npos) return std::nullopt;
  const Entry entry = TRY(parse_entry(line));
  if (entry.type != entry_type::kKeyRotate) return std::nullopt;
  return std::optional(TRY(key_of(entry.body.find("new_key"))));
}

}  // namespace

bool hands_over(const Note& note, std::string_view origin, const PublicKey& from,
                const PublicKey& to) {
  return from != to && check_signature(note, origin, from) == SignatureState::good &&
         check_signature(note, origin, to) == SignatureState::good;
}

const PublicKey& LogKeys::at(std::uint64_t size) const {
  const auto next = std::find_if(keys_.begin() + 1, keys_.end(),
                                 [size](const Since& since) { return since.size > size; });
  return std::prev(next)->key;
}

Result<LogKeys> LogKeys::read(const Layout& layout, const Identity& identity) {
  LogKeys keys(identity.key);
  const std::uint64_t newest = TRY(newest_checkpoint_size(layout.checkpoints()));
  const auto note = read_note(layout, newest);
  // Whoever opens this checkpoint says what is wrong with it.
  if (!note) return keys;
  const auto by_the_case =
      std::count_if(note->signatures.begin(), note->signatures.end(),
                    [&](const NoteSignature& line) { return line.name == identity.origin; });
  if (by_the_case == 1 &&
      check_signature(*note, identity.origin, identity.key) == SignatureState::good)
    return keys;

  LineReader lines = TRY(LineReader::of_file(layout.entries()));
  Tree tree;
  while (tree.size() < newest) {
    const auto line = TRY(lines.next());
    if (!line || line->end != Line::End::newline) break;
    tree.append(leaf_hash(line->bytes));
    const auto next = next_key(line->bytes);
    if (next && !*next) continue;
    const auto refuse = [&](const std::string& why) {
      return fail(ErrorCode::integrity, "ledger entry " + std::to_string(tree.size() - 1),
                  "this change of keys does not hold: " + why);
    };
    if (!next) return refuse(next.error().message);
    const auto checkpoint =
        checkpoint_of_size(layout.checkpoints(), tree.size(), identity.origin, keys.current());
    if (!checkpoint) return refuse(checkpoint.error().message);
    if (checkpoint->root != tree.root()) return refuse("its checkpoint states another root");
    if (!hands_over(TRY(read_note(layout, tree.size())), identity.origin, keys.current(), **next))
      return refuse("not both keys have signed its checkpoint");
    keys.hand_over(tree.size(), **next);
  }
  return keys;
}

}  // namespace forensics::ledger
