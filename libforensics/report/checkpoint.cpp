#include "report/checkpoint.hpp"

#include <fmt/format.h>

namespace forensics::report {
namespace {

// How many entries there are up to the last one that changed what a report can show. What follows,
// the report's own entry among it, must not change the report: made twice, it has the same bytes.
Result<std::uint64_t> entries_about_evidence(const std::string& root) {
  namespace type = ledger::entry_type;
  ledger::Reader reader = TRY(ledger::Reader::open(root));
  std::uint64_t count = 0;
  while (const auto entry = TRY(reader.next())) {
    if (entry->type != type::kSessionOpen && entry->type != type::kSessionClose &&
        entry->type != type::kReport && entry->type != type::kVerify &&
        entry->type != type::kExport && entry->type != type::kAnchorIn &&
        entry->type != type::kKeyRotate)
      count = entry->seq + 1;
  }
  return count;
}

Status read_into(LedgerState& state, const casefile::OpenCase& open) {
  const ledger::Layout layout(open.paths.root);
  const ledger::Identity identity = TRY(ledger::read_identity(layout));
  if (identity.case_uuid != open.facts.uuid)
    return fail(ErrorCode::integrity, layout.entries(),
                "the ledger belongs to another case: " + identity.case_uuid);
  const std::uint64_t size = TRY(ledger::first_checkpoint_size_over(
      layout.checkpoints(), TRY(entries_about_evidence(layout.root))));
  const ledger::LogKeys keys = TRY(ledger::LogKeys::read(layout, identity));
  const ledger::PublicKey& key = keys.at(size);
  state.key_id = fmt::format("{:08x}", ledger::key_id(identity.origin, key));
  state.fingerprint = key.fingerprint();
  state.public_key = key.pem();
  state.checkpoint = ledger::checkpoint_of_size(layout.checkpoints(), size, identity.origin, key);
  if (!state.checkpoint) return tl::unexpected(state.checkpoint.error());
  state.note = TRY(
      read_file(layout.checkpoints() + "/" + ledger::checkpoint_file_name(state.checkpoint->size),
                ledger::kMaxNote));
  return {};
}

}  // namespace

LedgerState read_ledger_state(const casefile::OpenCase& open) {
  LedgerState state;
  if (auto read = read_into(state, open); !read)
    state.checkpoint = tl::unexpected(std::move(read.error()));
  return state;
}

Html anchor_line(const LedgerState& state) {
  Html out;
  if (!state.checkpoint) return out << "<strong class=bad>No verified ledger checkpoint</strong>";
  return out << "Ledger <code>" << Text(state.checkpoint->origin) << "</code> · "
             << Grouped{static_cast<std::int64_t>(state.checkpoint->size)}
             << " entries · root <code>" << Text(to_hex(view(state.checkpoint->root)).substr(0, 16))
             << "…</code> · key <code>" << Text(state.key_id) << "</code>";
}

}  // namespace forensics::report
