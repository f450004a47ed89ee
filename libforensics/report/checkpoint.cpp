#include "report/checkpoint.hpp"

#include <fmt/format.h>

namespace forensics::report {
namespace {

Status read_into(LedgerState& state, const casefile::OpenCase& open) {
  const ledger::Layout layout(open.paths.root);
  const ledger::Identity identity = TRY(ledger::read_identity(layout));
  if (identity.case_uuid != open.facts.uuid)
    return fail(ErrorCode::integrity, layout.entries(),
                "the ledger belongs to another case: " + identity.case_uuid);
  state.key_id = fmt::format("{:08x}", ledger::key_id(identity.origin, identity.key));
  state.fingerprint = identity.key.fingerprint();
  state.public_key = identity.key.pem();
  state.checkpoint = ledger::newest_checkpoint(layout.checkpoints(), identity.origin, identity.key);
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
