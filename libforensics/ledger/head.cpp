#include "ledger/head.hpp"

#include "ledger/lines.hpp"

namespace forensics::ledger {

Result<Entry> read_genesis(const Layout& layout) {
  LineReader lines = TRY(LineReader::of_file(layout.entries()));
  const auto line = TRY(lines.next());
  if (!line || line->end != Line::End::newline)
    return fail(ErrorCode::integrity, layout.entries(), "the ledger has no entry 0");
  auto entry = parse_entry(line->bytes);
  if (!entry) {
    entry.error().where = layout.entries();
    if (entry.error().code != ErrorCode::newer) entry.error().code = ErrorCode::integrity;
    return tl::unexpected(entry.error());
  }
  return entry;
}

Result<Identity> read_identity(const Layout& layout) {
  auto identity = identity_of(TRY(read_genesis(layout)));
  if (!identity) identity.error().code = ErrorCode::integrity;
  return identity;
}

Result<Head> read_head(const Layout& layout) {
  Identity identity = TRY(read_identity(layout));
  LogKeys keys = TRY(LogKeys::read(layout, identity));
  Checkpoint checkpoint = TRY(checkpoint_of_size(layout.checkpoints(),
                                                 TRY(newest_checkpoint_size(layout.checkpoints())),
                                                 identity.origin, keys.current()));
  return Head{std::move(identity), std::move(keys), std::move(checkpoint)};
}

}  // namespace forensics::ledger
